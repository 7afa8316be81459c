// The rows of a table that fit the picks.

import { h } from "../common/dom.js";
import { fitting, noneFits } from "../common/filters.js";
import { bookTable, leftOf, ROWS } from "../common/table.js";
import { marked } from "../common/words.js";
import { filtersOf, FOLDED, idOf, partsOf, plain } from "./rows.js";

/** @import { Child, View } from "../common/types.js" */
/** @import { Cell, TableData, TablePicks, TableRow } from "./types.js" */

/** An address within the book, as explorer.py beside it has it. */
export const ADDRESS = /^(?=.)([\w-]+([./][\w-]+)*(\?[^\s#\\]*)?)?(#[^\s\\]*)?$/;

/** A look in the place of an address: folded, or a chip with a class of its own. */
const LOOK = /^\.[a-z-]+$/;

/**
 * @param {TableData} data
 * @param {TablePicks} picks
 * @param {boolean} whole whether all of a long table is drawn
 * @returns {View}
 */
export function tableView(data, picks, whole) {
  const filters = filtersOf(data, picks);
  const found = fitting(data.rows, filters);
  const all = whole || isFar(data, found);
  const shown = all ? found : found.slice(0, ROWS);
  const [, several] = data.noun;
  return {
    caption: `${found.length} of ${data.rows.length} ${several}: ${data.caption}`,
    left: leftOf(shown.length, found.length, several),
    node: [
      shown.length ? tableOf(data, shown) : noneFits(data, picks, data.rows, filters),
    ],
    csv: () => [
      ["key", ...data.columns],
      ...found.map(([key, cells]) => [key, ...cells.map(plain)]),
    ],
    name: "rows",
  };
}

/**
 * Whether the row that the address of the page names stands further down than a long
 * table is drawn at first.
 * @param {TableData} data
 * @param {TableRow[]} rows
 */
function isFar(data, rows) {
  return rows.findIndex((row) => location.hash === `#${idOf(data, row)}`) >= ROWS;
}

/**
 * @param {TableData} data
 * @param {TableRow[]} rows
 */
function tableOf(data, rows) {
  const records = rows.map(([, cells]) => cells.map((cell) => linked(data, cell)));
  const ids = rows.map((row) => idOf(data, row));
  const caption = marked(data.caption);
  const notes = data.notes.map(marked);
  return bookTable(`${data.id}-table`, caption, data.columns, records, notes, ids);
}

/**
 * A cell with its links and looks. Only an address within the book is a link, and only
 * on a page of it.
 * @param {TableData} data
 * @param {Cell} cell
 * @returns {Child[]}
 */
function linked(data, cell) {
  return partsOf(cell).map(([text, address]) => {
    if (address === FOLDED) {
      return h("details", { class: "flag" }, h("summary", {}, "more"), marked(text));
    }
    if (LOOK.test(address)) {
      return h("span", { class: `chip ${address.slice(1)}` }, marked(text));
    }
    const isLink = data.page && ADDRESS.test(address);
    return isLink ? h("a", { href: address }, marked(text)) : marked(text);
  });
}
