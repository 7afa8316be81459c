// From a memory stick, or in a frame that is closed off, a page can't read its
// neighbours, so the search shows titles without a summary.
if (origin === "null") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// Search: a word's entry in the glossary comes first, the lists of columns and counts
// come last. The words of a name find it in any order, a hit on it says the name. A
// summary has no code and no letters of flags, and a space between the cells of a table.
// The mark of an entry in the glossary is empty: the summary is that of what it stands in.
const MORE_POINTS = { glossary: 3, "data-and-sources": -3, "how-to-use": -3 };
const NOT_IN_SUMMARIES =
  ".headerlink, script, style, svg, .doors, .cell_input, summary, sup, details.flag";
const SMALL = ["in", "of", "the", "for"];
const BLOCKS = "td, th, li, p, div, caption, figcaption, dt, dd, br, b, h1, h2, h3";
document.addEventListener("DOMContentLoaded", () => {
  if (typeof Search === "undefined") return; // every page but the search
  Scorer.score = ([page, , , , score]) => score + (MORE_POINTS[page] ?? 0);

  const perform = Search._performSearch;
  Search._performSearch = (query, ...words) => {
    const typed = query.trim().split(/[\s,]+/);
    const asTyped = (name) =>
      name.replace(
        /[^\s,]+/g,
        (word) => typed.find((each) => each.toLowerCase() === word) ?? word,
      );
    const asked = nameOf(query.trim().toLowerCase());
    return perform(asked, ...words).map(([page, title, anchor, ...rest]) => {
      const named = namesAt(page, anchor.slice(1), asked);
      return [page, [title, ...named.map(asTyped)].join(": "), anchor, ...rest];
    });
  };

  const searchTerms = Search.performTermsSearch;
  Search.performTermsSearch = (words, ...excluded) => {
    const { terms, titleterms } = Search._index;
    for (const word of words) {
      withinRuns(terms, word);
      withinRuns(titleterms, word);
    }
    return searchTerms(words, ...excluded);
  };

  Search.htmlToText = (html, anchor) => {
    const text = new DOMParser().parseFromString(html, "text/html");
    for (const part of text.querySelectorAll(NOT_IN_SUMMARIES)) part.replaceWith(" ");
    for (const part of text.querySelectorAll(BLOCKS)) {
      part.before(" ");
      part.after(" ");
    }
    const article = text.querySelector("article");
    const entry = anchor && article.querySelector(anchor);
    if (!entry) return article.textContent;
    return entry.textContent || entry.parentElement.textContent;
  };
});

// The query if a name or a title has it; else the shortest name that has all its words.
function nameOf(query) {
  const { alltitles, indexentries } = Search._index;
  const known = Object.keys({ ...alltitles, ...indexentries });
  if (known.some((name) => name.toLowerCase().includes(query))) return query;
  const words = query.split(/[\s,]+/).filter((word) => !SMALL.includes(word));
  const fits = (name) =>
    words.length && words.every((word) => name.split(" ").includes(word));
  return Object.keys(indexentries).filter(fits).sort(shortest)[0] ?? query;
}

// Chinese has no blanks: to the index a run of characters is one word. Of two characters
// and more, a word within it is found as well. index: {word: a page, or several}.
function withinRuns(index, word) {
  if (!/^\p{Script=Han}{2,}$/u.test(word)) return;
  const runs = Object.keys(index).filter((run) => run.includes(word));
  if (runs.length) index[word] = [...new Set(runs.flatMap((run) => index[run]))];
}

// The name that the index has at a place of a page and that the query is about, if any.
function namesAt(page, id, query) {
  const { docnames, indexentries } = Search._index;
  const file = docnames.indexOf(page);
  const names = Object.keys(indexentries).filter((name) =>
    indexentries[name].some(([at, place]) => at === file && place === id)
  );
  const fitting = names.filter((name) => name.includes(query)).sort(shortest)[0];
  return id && names.length ? [fitting ?? names[0]] : [];
}

const shortest = (a, b) => a.length - b.length;

// A switch beside the notebook's door that shows or hides all code of a page, and
// remembers the choice. Before a choice all code is hidden (book.css) but that of pages
// on code. The switch is made here, so that a page without scripts has no button that
// does nothing; its code can be opened cell by cell.
const page = document.documentElement;
const CELL = "div.cell:not(.tag_solution)";
document.addEventListener("DOMContentLoaded", () => {
  const doors = document.querySelector(".doors");
  if (!doors || !document.querySelector(`${CELL} .cell_input`)) return;
  const button = document.createElement("button");
  button.type = "button";

  const show = (choice) => {
    page.dataset.code = choice;
    button.textContent = `Code: ${choice}`;
    for (const box of document.querySelectorAll(`${CELL} details.above-input`)) {
      box.open = choice === "on";
    }
  };
  button.addEventListener("click", () => {
    const choice = button.textContent === "Code: on" ? "off" : "on";
    show(choice);
    localStorage.setItem("code", choice);
  });
  doors.append(" ", button);
  const choice = localStorage.getItem("code");
  const open = document.querySelector(".tag_show-code");
  if (["on", "off"].includes(choice)) show(choice);
  else button.textContent = open ? "Code: on" : "Code: off";
});

// The theme's two side columns are landmarks; each gets a name. On a narrow screen they
// are drawers, and the labels that open them become buttons, which a keyboard reaches.
// A page in another language brings the names in it (languages.py).
document.addEventListener("DOMContentLoaded", () => {
  const said = JSON.parse(document.getElementById("said")?.textContent ?? "{}");
  const named = (name) => said[name] ?? name;
  makeReachable(named("Chapters"), ".sidebar-drawer", ".nav-overlay-icon");
  makeReachable(named("This page"), ".toc-drawer", ".toc-overlay-icon");
});

// The buttons that copy speak Chinese, but know it by another name than the page gives.
if (page.lang === "zh-Hans") {
  const { en, "zh-CN": zh } = messages;
  iconCopy = iconCopy.replace(en.copy_to_clipboard, zh.copy_to_clipboard);
  iconCheck = iconCheck.replace(en.copy_success, zh.copy_success);
  locale = "zh-CN";
}

function makeReachable(name, column, labels) {
  const drawer = document.querySelector(column);
  drawer.setAttribute("aria-label", name);
  drawer.tabIndex = -1; // takes the focus when it opens
  for (const label of document.querySelectorAll(labels)) {
    const box = label.control;
    const button = document.createElement("button");
    button.type = "button";
    button.className = label.className;
    button.setAttribute("aria-label", name);
    button.append(...label.childNodes);
    label.replaceWith(button);
    const tell = () => button.setAttribute("aria-expanded", box.checked);
    tell();
    button.addEventListener("click", () => box.click());
    box.addEventListener("change", () => {
      tell();
      (box.checked ? drawer : button).focus();
    });
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && box.checked) box.click();
    });
  }
}

// The list of chapters is scrolled to the page that is open, if that is out of sight.
document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector(".sidebar-scroll");
  const here = list?.querySelector(".sidebar-tree .current-page > a");
  const below = here?.getBoundingClientRect().bottom - list?.clientHeight;
  if (below > 0) list.scrollTop = below + list.clientHeight / 2;
});

// ?embed=<id of an explorer>, or ?embed for the first, shows it alone, for a frame on
// another site. Each time its height changes it is told to the page around it, as the
// message {explorer: id, height: pixels}. Below it stand its source and the way back.
const wanted = new URLSearchParams(location.search).get("embed");
if (wanted !== null) {
  const id = wanted && `#${CSS.escape(wanted)}`;
  const explorer = document.querySelector(`${id}.explorer`);
  if (explorer) showAlone(explorer);
}

function showAlone(explorer) {
  page.classList.add("embed");
  for (let part = explorer; part !== document.body; part = part.parentElement) {
    part.classList.add("alone");
    for (const other of part.parentElement.children) other.hidden = other !== part;
  }
  const back = document.createElement("a");
  const whole = new URL(location);
  whole.searchParams.delete("embed");
  back.href = whole;
  back.textContent = document.title;
  const source = document.createElement("p");
  source.className = "source";
  const { cite } = JSON.parse(explorer.querySelector("script").textContent);
  source.append("From: ", back, `. ${cite[1]}`);
  explorer.after(source);

  const tell = () => {
    const { bottom } = source.getBoundingClientRect();
    const height = Math.ceil(bottom + scrollY);
    parent.postMessage({ explorer: explorer.id, height }, "*");
  };
  const watch = new ResizeObserver(tell);
  watch.observe(explorer);
  watch.observe(source);

  // A link leaves the frame, but for one to a row of what is shown.
  const leave = ({ target }) => {
    const link = target.closest("a");
    if (!link) return;
    if (link === back) link.href = explorer.explorer.link();
    else if (link.hash && link.pathname === location.pathname) {
      if (explorer.querySelector(`#${CSS.escape(link.hash.slice(1))}`)) return;
      link.search = "";
    }
    link.target = "_blank";
  };
  document.addEventListener("click", leave, true);
}
