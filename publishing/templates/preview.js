// In a preview: the page loads again when there is another version of it, and says what
// is wrong. Only a page that is looked at listens; a browser has few connections to one
// server.
/** @type {HTMLElement | null} */
const script = document.querySelector("script[data-version]");
const version = script?.dataset.version;
const page = location.pathname.slice(1);
/** @type {EventSource | undefined} */
let news;

function listen() {
  news?.close();
  if (document.hidden) return;
  news = new EventSource(`/_preview?${new URLSearchParams({ page })}`);
  news.addEventListener("message", ({ data }) => {
    const told = JSON.parse(data);
    if (told.version !== version) location.reload();
    else show(told.mistake);
  });
}

/** @param {string} mistake */
function show(mistake) {
  document.getElementById("preview-mistake")?.remove();
  if (!mistake) return;
  const box = document.createElement("pre");
  box.id = "preview-mistake";
  box.setAttribute("role", "alert");
  box.textContent = mistake;
  box.style.cssText =
    "position:fixed;inset:auto 0 0 0;z-index:99;max-height:50vh;overflow:auto;" +
    "margin:0;padding:1rem;white-space:pre-wrap;background:#fff;color:#7a0000;" +
    "border-top:4px solid #7a0000;font:14px/1.4 monospace";
  document.body.append(box);
}

document.addEventListener("visibilitychange", listen);
listen();
