// What can be taken away from an explorer: link, citation, data and picture.

import { button, h } from "./dom.js";
import { csvText, save, savePng } from "./download.js";

/** @import { Data, Picks, Say, View } from "./types.js" */

/**
 * The row of buttons below an explorer.
 * @param {Data} data
 * @param {() => View} view what is shown now
 * @param {() => Picks} picks
 * @param {Say} say
 */
export function takeAway(data, view, picks, say) {
  const { page } = data;
  const { field, copy } = copying(say);
  const fileName = () => `${data.id}-${view().name}`;
  const svg = () => view().picture?.() ?? "";

  const saveSvg = () => {
    save(`${fileName()}.svg`, new Blob([svg()], { type: "image/svg+xml" }));
  };
  const saveCsv = () => {
    const text = csvText(view().csv());
    save(`${fileName()}.csv`, new Blob([text], { type: "text/csv" }));
  };
  const pictures = [
    button("Picture, SVG", saveSvg),
    button("Picture, PNG", () => savePng(`${fileName()}.png`, svg())),
  ];
  const embed = () => {
    const height = node.parentElement?.offsetHeight ?? 0;
    const title = `${data.title} (${document.title})`;
    const src = page?.alone(picks()) ?? "";
    copy("Line for your page", frame(src, title, height));
  };
  const node = h(
    "div",
    { class: "take" },
    page ? button("Copy link", () => copy("Link", page.link(picks()))) : "",
    page && location.protocol !== "file:" ? button("Embed", embed) : "",
    button("Copy citation", () => copy("Citation", citation(data, view(), picks()))),
    button("Data, CSV", saveCsv),
    pictures,
    field,
  );
  const show = () => {
    for (const each of pictures) each.hidden = !view().picture;
  };
  const hideCopied = () => {
    field.hidden = true;
  };
  return { node, show, hideCopied };
}

/**
 * A field that shows what was copied, so that it can be copied by hand where a browser
 * refuses.
 * @param {Say} say
 */
function copying(say) {
  const field = h("input", { readonly: true, "aria-label": "Copied text" });
  field.hidden = true;
  const copy = async (/** @type {string} */ what, /** @type {string} */ text) => {
    field.value = text;
    field.hidden = false;
    field.select();
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} copied.`);
    } catch {
      say(`${what}: select the text and copy it.`);
    }
  };
  return { field, copy };
}

/**
 * How to cite what is shown; on a page with its address and today's date.
 * @param {Data} data
 * @param {View} view
 * @param {Picks} picks
 */
function citation(data, view, picks) {
  const [book, facts] = data.cite;
  const today = new Date().toISOString().slice(0, 10);
  const seen = data.page ? `, ${data.page.link(picks)}, seen on ${today}` : "";
  return `${book} “${view.caption}”${seen}. ${facts}`;
}

const TALLEST = 900; // pixels; a taller explorer scrolls where no script sets its height
const SOURCE = 90; // of the lines below it

// Gives each frame the height that its page tells (book.js).
const FIT = '<script>addEventListener("message",({data:d,source:s})=>' +
  '{for(const f of document.querySelectorAll("iframe"))' +
  "if(f.contentWindow===s&&d?.explorer)f.height=d.height})</script>";

/**
 * What shows an explorer on another page, as HTML to paste.
 * @param {string} src
 * @param {string} title
 * @param {number} tall
 */
function frame(src, title, tall) {
  const height = Math.min(tall + SOURCE, TALLEST);
  const style = "border:0";
  const size = { width: "100%", height };
  return h("iframe", { src, title, ...size, loading: "lazy", style }).outerHTML + FIT;
}
