// A reader's own verdicts on the rows of a table, which the browser keeps.

import { keep, recall } from "../common/memory.js";
import { labelsOf } from "../common/picks.js";
import { last } from "../common/words.js";
import { plain } from "./rows.js";

/** @import { CsvCell } from "../common/types.js" */
/** @import { JudgedData, TableRow } from "./types.js" */

/**
 * What a reader says of a row; without a verdict it does not count.
 * @typedef {{verdict: string, reason: string, date: string}} Verdict
 */

/**
 * All that is kept. Rows that this edition does not have stay in it.
 * @typedef {object} Kept
 * @property {string} name the reader's own, or ""
 * @property {boolean} first whether the table hides what it says until one has judged
 * @property {Record<string, Verdict>} rows
 */

const NAME = "verdicts";

/**
 * Whether this browser keeps anything: in a private window or a closed-off frame a page
 * of the book puts a makeshift in place of the storage.
 */
export function keeps() {
  try {
    return localStorage instanceof Storage;
  } catch {
    return false;
  }
}

/** @type {Kept | null} what the browser would not keep */
let unkept = null;

/** Letters of what is typed. */
export const MOST = { name: 60, reason: 2000 };

/**
 * All that is kept, whatever stands in the storage.
 * @returns {Kept}
 */
export function kept() {
  const found = unkept ?? recall(NAME);
  const rows = Object.entries(found?.rows ?? {}).map(([key, row]) => [key, {
    verdict: text(row?.verdict),
    reason: text(row?.reason),
    date: text(row?.date),
  }]);
  return {
    name: text(found?.name),
    first: found?.first === true,
    rows: Object.fromEntries(rows),
  };
}

/** @param {unknown} value */
const text = (value) => typeof value === "string" ? value : "";

/**
 * Keeps a change, beside what another window has kept meanwhile. Returns whether it
 * outlives the page.
 * @param {Partial<Kept>} change
 */
export function keepToo(change) {
  const all = { ...kept(), ...change };
  unkept = keep(NAME, all) ? null : all;
  return !unkept && keeps();
}

const NOTHING = { verdict: "", reason: "", date: "" };

/**
 * Keeps a verdict or a reason. Without either, the row is forgotten.
 * @param {string} key of the row
 * @param {Partial<Verdict>} change
 */
export function keepVerdict(key, change) {
  const { [key]: before = NOTHING, ...rows } = kept().rows;
  const date = new Date().toISOString().slice(0, 10);
  const now = { ...before, ...change, date };
  if (now.verdict || now.reason) rows[key] = now;
  return keepToo({ rows });
}

/** Forgets all verdicts, and the name. */
export const forget = () => keepToo({ rows: {}, name: "" });

/**
 * What the reader says of a row; a verdict that there is not is none.
 * @param {JudgedData} data
 * @param {string} key
 */
export function saidOf(data, key, { rows } = kept()) {
  const { verdict, reason, date } = rows[key] ?? NOTHING;
  const known = Object.hasOwn(data.judged.meanings, verdict);
  return { verdict: known ? verdict : "", reason, date };
}

/**
 * The rows that the reader has judged, in the order of the table.
 * @param {JudgedData} data
 */
export const judgedRows = (data, all = kept()) =>
  data.rows.filter(([key]) => saidOf(data, key, all).verdict);

export const COLUMNS = [
  "claim",
  "section",
  "statement",
  "verdict",
  "reason",
  "ledger",
  "name",
  "date",
];

/**
 * The verdicts as rows of a file, the head first.
 * @param {JudgedData} data
 * @returns {CsvCell[][]}
 */
export function asCsv(data) {
  const all = kept();
  const labels = labelsOf(data.choices[data.judged.facet]);
  const tagOf = (/** @type {TableRow} */ [, , tags], /** @type {string} */ facet) =>
    last(tags[data.facets.findIndex(([key]) => key === facet)] ?? [""]);
  const records = judgedRows(data, all).map((row) => {
    const [key, [statement]] = row;
    const { verdict, reason, date } = saidOf(data, key, all);
    const ledger = labels[tagOf(row, data.judged.facet)];
    const about = [key, tagOf(row, "section"), plain(statement)];
    return [...about, labels[verdict], reason.trim(), ledger, all.name.trim(), date];
  });
  return [COLUMNS, ...records];
}
