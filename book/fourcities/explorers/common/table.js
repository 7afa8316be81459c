// Tables, with the same HTML as tables.py makes.

import { h } from "./dom.js";
import { fmt } from "./numbers.js";

/** @import { Child } from "./types.js" */

/** Columns side by side, as presentation/tables.py has it; more of them scroll. */
const FIT = 7;

/**
 * A table of more rows than these is drawn in part, with a button for the rest: a pick
 * stays quick with hundreds of cities.
 */
export const ROWS = 50;

/**
 * A table of the book. The first cell of each record is its heading.
 * @param {string} id
 * @param {Child} caption
 * @param {string[]} columns
 * @param {Child[][]} records
 * @param {Child[]} notes below the table
 * @param {string[]} ids of the rows, if they have any
 */
export function bookTable(id, caption, columns, records, notes = [], ids = []) {
  const head = columns.map((column) =>
    h("th", { scope: "col", role: "columnheader" }, column)
  );
  const body = records.map((record, n) => tableRow(record, columns, ids[n]));
  const title = h("caption", {}, caption);
  const table = h(
    "table",
    { role: "table" },
    title,
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head)),
    h("tbody", { role: "rowgroup" }, body),
  );
  const items = notes.map((note) => h("li", {}, note));
  return h(
    "div",
    { class: "book-table", id },
    columns.length > FIT ? scrolling(table, title.textContent ?? "") : table,
    notes.length ? h("ul", { class: "table-notes" }, items) : "",
  );
}

/**
 * @param {Child[]} record
 * @param {string[]} columns
 * @param {string} [id]
 */
function tableRow([first, ...cells], columns, id) {
  const heading = h("th", { scope: "row", role: "rowheader" }, first);
  const others = cells.map((cell, n) =>
    h("td", { role: "cell", "data-label": columns[n + 1] }, h("div", {}, cell))
  );
  return h("tr", { id: id ?? false, role: "row" }, heading, others);
}

/**
 * @param {HTMLTableElement} table
 * @param {string} label
 */
function scrolling(table, label) {
  const attributes = {
    class: "wide",
    role: "region",
    tabindex: 0,
    "aria-label": label,
  };
  return h("div", attributes, table);
}

/**
 * Words in place of a value.
 * @param {string} words
 */
export const missing = (words) => h("span", { class: "missing" }, words);

/**
 * Words in place of a table.
 * @param {string} words
 */
export const nothing = (words) => h("p", { class: "missing" }, words);

export const NOBODY = "No city is picked";
export const nobody = () => nothing(`${NOBODY}.`);

/**
 * What to mind, above a table.
 * @param {string[]} lines
 */
export const minding = (lines) =>
  h("ul", { class: "mind" }, lines.map((line) => h("li", {}, line)));

/**
 * How much is drawn, or "" if all is.
 * @param {number} shown
 * @param {number} all
 * @param {string} what
 */
export function leftOf(shown, all, what) {
  return shown < all ? `${shown} of ${fmt(all)} ${what} are shown` : "";
}
