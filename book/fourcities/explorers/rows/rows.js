// Which rows of a table fit the picks, and picks that a row fits.

import { keysOf } from "../common/picks.js";
import { holds, wordsOf } from "../common/search.js";

/** @import { Cell, TableData, TablePicks, TableRow } from "./types.js" */

/**
 * The parts of a cell, each with its address or "".
 * @param {Cell} cell
 * @returns {[text: string, address: string][]}
 */
export function partsOf(cell) {
  const parts = typeof cell === "string" ? [cell] : cell;
  return parts.map((part) => {
    const [text, address = ""] = typeof part === "string" ? [part] : part;
    return [text, address];
  });
}

/**
 * The text of a cell.
 * @param {Cell} cell
 */
export const plain = (cell) => partsOf(cell).map(([text]) => text).join("");

/**
 * Whether a row fits the picks. A facet that it lacks fits every pick.
 * @param {TableData} data
 * @param {TableRow} row
 * @param {TablePicks} picks
 */
export function fits(data, [, cells, tags], picks) {
  const tagged = data.facets.every(([key], n) => {
    const picked = [picks[key]].flat();
    return !tags[n].length || picked.some((pick) => tags[n].includes(pick));
  });
  return tagged && holds(cells.map(plain), wordsOf(picks.words ?? ""));
}

/**
 * Picks that hide nothing, as far as this row allows: where one value is picked and the
 * first is not this row's, it is the row's own.
 * @param {TableData} data
 * @param {TableRow} row
 * @returns {TablePicks}
 */
export function widest(data, [, , tags]) {
  /** @type {TablePicks} */
  const picks = { ...data.value };
  if ("words" in data.value) picks.words = "";
  for (const [n, [key, , kind]] of data.facets.entries()) {
    const options = keysOf(data.choices[key]);
    const [first] = options;
    const own = tags[n].length && !tags[n].includes(first) ? tags[n][0] : first;
    picks[key] = kind === "several" ? options : own;
  }
  return picks;
}

/**
 * The id of a row in the page, with which an address names it.
 * @param {TableData} data
 * @param {TableRow} row
 */
export const idOf = (data, [key]) => `${data.id}-${key}`;

/**
 * The row that an address names.
 * @param {TableData} data
 * @param {string} hash such as #ledger-gdp
 */
function rowAt(data, hash) {
  return data.rows.find((row) => hash === `#${idOf(data, row)}`);
}

/**
 * Whether an address names a row.
 * @param {TableData} data
 * @param {string} hash
 */
export const names = (data, hash) => rowAt(data, hash) !== undefined;

/**
 * Picks that show the row that an address names: the present ones, if they do.
 * @param {TableData} data
 * @param {TablePicks} picks
 * @param {string} hash
 */
export function revealing(data, picks, hash) {
  const row = rowAt(data, hash);
  return row && !fits(data, row, picks) ? widest(data, row) : picks;
}
