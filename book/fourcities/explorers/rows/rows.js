// The rows of a table: which of them fit the picks, and picks that a row fits.

import { fitting } from "../common/filters.js";
import { keysOf } from "../common/picks.js";
import { holds, wordsOf } from "../common/search.js";

/** @import { Filters } from "../common/filters.js" */
/** @import { Cell, Part, TableData, TablePicks, TableRow } from "./types.js" */

/** In the place of an address: the text is folded. */
export const FOLDED = ".folded";

/**
 * Reads the cells that the data leave out, since they stand in the page's own table.
 * @param {TableData} data
 */
export function complete(data) {
  for (const row of data.rows) {
    const found = /** @type {HTMLTableRowElement | null} */ (
      document.getElementById(idOf(data, row))
    );
    row[1] ??= [...found?.cells ?? []].map(readCell);
  }
}

/**
 * @param {HTMLTableCellElement} cell
 * @returns {Cell}
 */
function readCell(cell) {
  const box = cell.querySelector(":scope > div") ?? cell;
  return [...box.childNodes].map(readPart);
}

/**
 * @param {Node} part a text, a link, a chip or a folded text, as view.js draws them
 * @returns {Part}
 */
function readPart(part) {
  const text = part.textContent ?? "";
  if (!(part instanceof Element)) return text;
  const [first, look] = part.classList;
  if (first === "chip") return [text, `.${look}`];
  if (first === "flag") {
    const { length } = part.querySelector("summary")?.textContent ?? "";
    return [text.slice(length), FOLDED];
  }
  const address = part.getAttribute("href"); // none of a name in its language
  return address === null ? text : [text, address];
}

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
 * For each pick whether a row fits it; one that lacks a facet does.
 * @param {TableData} data
 * @param {TablePicks} picks
 */
export function filtersOf(data, picks) {
  /** @type {Filters<TableRow>} */
  const filters = {};
  for (const [n, [key]] of data.facets.entries()) {
    const picked = [picks[key]].flat();
    filters[key] = ([, , tags]) =>
      !tags[n].length || picked.some((pick) => tags[n].includes(pick));
  }
  const words = wordsOf(picks.words ?? "");
  filters.words = ([, cells]) => holds(cells.map(plain), words);
  return filters;
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
  const hidden = row && !fitting([row], filtersOf(data, picks)).length;
  return hidden ? widest(data, row) : picks;
}
