// What leads from a row to the report and to the ledger of its claims.

import { h } from "./dom.js";
import { marked } from "./words.js";

/** @import { Child, Data, Flagged, OfPlaces } from "./types.js" */

/**
 * A text in which, on a page of the book, each place of the report is a link to its
 * table or chapter.
 * @param {Data & OfPlaces} data
 * @param {string} text
 * @returns {Child}
 */
export function linkedPlaces(data, text) {
  if (!data.page) return text;
  const parts = text.split(/((?:Table|Section) [\d.]+)/);
  return parts.map((part) => {
    const address = data.where[part];
    return address ? h("a", { href: address }, part) : part;
  });
}

/**
 * On a page of the book a flag leads to the claim that is about it.
 * @param {Data & OfPlaces} data
 * @param {Flagged} row
 * @returns {Child[]}
 */
export function inLedger(data, row) {
  if (!data.page || !row.claim) return [];
  const address = `${data.ledger}-${row.claim}`;
  return [" ", h("a", { href: address }, "See the ledger.")];
}

/**
 * The reason behind a line that opens.
 * @param {Data & OfPlaces} data
 * @param {Flagged} row
 * @param {Child[]} line
 */
export function folded(data, row, ...line) {
  const summary = h("summary", {}, line);
  return h(
    "details",
    { class: "flag" },
    summary,
    marked(row.note),
    inLedger(data, row),
  );
}

/**
 * The flag of a row and the reason for it; without anything to say "none".
 * @param {Data & OfPlaces} data
 * @param {Flagged} row
 * @param {boolean} fold whether the reason stands behind a line that opens
 * @returns {Child}
 */
export function flagCell(data, row, fold) {
  if (!row.flag && !row.note) return "none";
  const meaning = row.flag ? `${row.flag}: ${data.flags[row.flag]}` : "";
  if (fold && row.note) return folded(data, row, meaning || "note");
  const words = [meaning, row.note].filter(Boolean).join(". ");
  return [marked(words), inLedger(data, row)];
}
