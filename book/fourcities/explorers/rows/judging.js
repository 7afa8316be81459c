// The explorer of a table's rows in which a reader may judge each row. Forms are made
// when a row is opened, on a page alone: a notebook has its files.

import { h } from "../common/dom.js";
import { labelsOf } from "../common/picks.js";
import { tableControls } from "./controls.js";
import { table } from "./kind.js";
import { formRow } from "./form.js";
import { panelOf } from "./panel.js";
import { kept, saidOf } from "./verdicts.js";
import { tableView } from "./view.js";

/** @import { Kind, Say, View } from "../common/types.js" */
/** @import { JudgedData, TableData, TablePicks } from "./types.js" */
/** @import { Kept } from "./verdicts.js" */

/**
 * Brings a row that is drawn up to date with what is kept.
 * @typedef {(all: Kept) => void} Refresh
 */

/** @type {WeakMap<TableData, (view: View) => void>} */
const equipped = new WeakMap();

/** @type {Kind<TableData, TablePicks>} */
export const judgedTable = {
  ...table,
  controls(data, set, say) {
    const own = tableControls(data, set);
    if (!isJudged(data)) return own;
    const { panel, equip } = judging(data, say);
    equipped.set(data, equip);
    return { ...own, nodes: [own.nodes, panel] };
  },
  view(data, picks, whole) {
    const view = tableView(data, picks, whole);
    equipped.get(data)?.(view);
    return view;
  },
};

/**
 * @param {TableData} data
 * @returns {data is JudgedData}
 */
const isJudged = (data) => data.judged !== undefined && data.page !== undefined;

/**
 * The panel for all verdicts, and what equips the rows of a view with forms.
 * @param {JudgedData} data
 * @param {Say} say
 */
function judging(data, say) {
  /** @type {Refresh[]} */
  let drawn = [];
  const refresh = () => {
    const all = kept();
    for (const row of drawn) row(all);
  };
  const panel = panelOf(data, say, refresh);
  addEventListener("storage", () => { // from another window
    refresh();
    panel.show();
  });
  /** @param {View} view */
  const equip = (view) => {
    const box = h("div", {}, view.node);
    const rows = box.querySelectorAll("tbody tr");
    drawn = [.../** @type {NodeListOf<HTMLTableRowElement>} */ (rows)].map((row) =>
      equipRow(data, row, panel.show)
    );
    view.node = [...box.childNodes];
    refresh();
    panel.show();
  };
  return { panel: panel.node, equip };
}

/**
 * A button in the second cell of a row that opens the form below the row.
 * @param {JudgedData} data
 * @param {HTMLTableRowElement} row
 * @param {() => void} tell
 * @returns {Refresh}
 */
function equipRow(data, row, tell) {
  const key = row.id.slice(data.id.length + 1);
  const [heading, ...cells] = row.cells;
  const hiding = cells.slice(0, -1).map(folder); // the last leads to the evidence
  const opener = h("button", { type: "button", class: "judge" });
  cells[0].firstElementChild?.append(opener);

  /** @type {Element | null} */
  let form = null;
  const labels = labelsOf(data.choices[data.judged.facet]);
  const name = (/** @type {string} */ verdict) => {
    const words = verdict ? `You: ${labels[verdict]}` : "Judge it";
    opener.textContent = words;
    opener.setAttribute("aria-label", `${words}: ${heading.textContent}`);
  };
  const mark = () => opener.setAttribute("aria-expanded", String(form !== null));
  const remove = () => {
    form?.remove();
    form = null;
    mark();
  };
  /** @type {Refresh} */
  const refresh = (all) => {
    const { verdict } = saidOf(data, key, all);
    name(verdict);
    for (const part of hiding) part.hidden = all.first && !verdict;
    if (!Object.hasOwn(all.rows, key)) remove(); // a form would bring back what is deleted
  };
  const changed = () => {
    name(saidOf(data, key).verdict);
    tell();
  };
  const open = () => {
    const made = formRow(data, key, row.cells.length, changed, close);
    made.addEventListener("keydown", ({ key }) => key === "Escape" && close());
    row.after(made);
    made.querySelector("select")?.focus();
    form = made;
    mark();
  };
  const close = () => {
    remove();
    refresh(kept());
    opener.focus();
  };
  opener.onclick = () => form ? close() : open();
  mark();
  return refresh;
}

/**
 * Puts what a cell says into a box that can be hidden.
 * @param {Element} cell
 */
function folder(cell) {
  const box = h(
    "div",
    {},
    [...cell.childNodes].flatMap((part) => [...part.childNodes]),
  );
  cell.firstElementChild?.append(box);
  return box;
}
