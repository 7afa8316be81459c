// Sentences, the matrix with what the report says, and the pairs of cities.

import { h } from "../common/dom.js";
import { fmt } from "../common/numbers.js";
import { labelsOf } from "../common/picks.js";
import { bookTable, minding, NOBODY, nobody, nothing, ROWS } from "../common/table.js";
import { findingsOf, wordsFor } from "./findings.js";
import { matrixOf, MOST, numbersOf, UNSTATED } from "./matrix.js";
import { pairsOf } from "./methods.js";
import { compared } from "./recoded.js";

/** @import { Child, View } from "../common/types.js" */
/** @import { Coding, Compared, DesignData, DesignPicks } from "./types.js" */
/** @import { MatrixRow, Pair } from "./types.js" */

/**
 * @param {DesignData} data
 * @param {DesignPicks} picks
 * @returns {View}
 */
export function designView(data, picks) {
  const count = picks.cities.length;
  if (!count) return without(NOBODY, nobody());
  if (count > MOST) return tooMany(count);
  const rows = matrixOf(data, picks);
  const cities = labelsOf(data.choices.cities);
  const names = picks.cities.map((city) => cities[city]);
  const labels = labelsOf(data.choices.conditions);
  const words = wordsFor(data, picks);
  const headOf = (/** @type {string} */ dimension) =>
    (dimension === picks.outcome ? "Outcome: " : "") + labels[dimension];
  const changed = picks.recode.length ? ", recoded" : "";
  return {
    caption: `${rows.length - 1} conditions, outcome ${labels[picks.outcome]}, ` +
      `${count} cities${changed}`,
    node: [
      changesTable(data, compared(rows, words)),
      minding(findingsOf(rows, words)),
      matrixTable(data, rows, names, numbersOf(data, picks), headOf),
      pairsTable(data, pairsOf(rows), names),
    ],
    csv: () => [
      ["condition", ...names],
      ...rows.map(([dimension, codes]) => [headOf(dimension), ...codes]),
    ],
    name: "design",
  };
}

/**
 * @param {string} caption
 * @param {Child} node
 * @returns {View}
 */
function without(caption, node) {
  return { caption, node: [node], csv: () => [["condition"]], name: "design" };
}

/** @param {number} count */
function tooMany(count) {
  const limit = `These methods are for few cases: pick ${MOST} cities at most.`;
  const picked = `${fmt(count)} are picked.`;
  return without(`${fmt(count)} cities are picked`, nothing(`${limit} ${picked}`));
}

/**
 * Each method before and after the reader's changes, those that conclude something
 * else first; nothing without any changes.
 * @param {DesignData} data
 * @param {Compared} changes
 * @returns {Child}
 */
function changesTable(data, { lines, methods }) {
  if (!lines.length) return "";
  const columns = ["Method", "Conclusion", "By the report's codes", "By your codes"];
  const byChange = [...methods].sort((a, b) => +a.survives - +b.survives);
  const records = byChange.map(({ name, survives, before, after }) => [
    name,
    survives ? "survives" : "changes",
    before,
    after,
  ]);
  const caption = "What your codes change";
  return [minding(lines), bookTable(`${data.id}-changes`, caption, columns, records)];
}

/**
 * @param {DesignData} data
 * @param {MatrixRow[]} rows
 * @param {string[]} names of the cities
 * @param {number[]} numbers of the cities in the data
 * @param {(dimension: string) => string} headOf
 */
function matrixTable(data, rows, names, numbers, headOf) {
  const records = rows.map(([dimension, codes, before]) => [
    headOf(dimension),
    ...codes.map((code, n) =>
      codeCell(code, before[n], data.codes[dimension][numbers[n]])
    ),
  ]);
  const caption = "Codes of the picked cities, with what the report says";
  return bookTable(`${data.id}-table`, caption, ["Condition", ...names], records);
}

/**
 * @param {string} code
 * @param {string} before
 * @param {Coding} coding
 * @returns {Child}
 */
function codeCell(code, before, [, says, where]) {
  const change = h("small", {}, `(recoded; the report: ${before})`);
  return [
    h("b", {}, code),
    code === before ? "" : [" ", change],
    says ? [h("br", {}), h("small", {}, `${says} ${where}`)] : "",
  ];
}

/**
 * How alike the cities are; of many pairs the most alike.
 * @param {DesignData} data
 * @param {Pair[]} pairs
 * @param {string[]} names
 * @returns {Child}
 */
function pairsTable(data, pairs, names) {
  if (!pairs.length) return "";
  const many = pairs.length > ROWS;
  const byLikeness = [...pairs].sort((a, b) => b.shared.length - a.shared.length);
  const shown = many ? byLikeness.slice(0, ROWS) : pairs;
  const records = shown.map((pair) => {
    const { one, other, shared, different } = pair;
    const compared = shared.length + different.length;
    return [
      `${names[one]} and ${names[other]}`,
      `${shared.length} of ${compared} compared`,
      outcomeWords(pair),
    ];
  });
  const most = `the ${ROWS} most alike of ${pairs.length} pairs`;
  const caption = many
    ? `How alike the cities are: ${most}`
    : "How alike the cities are, pair by pair";
  const columns = ["Pair", "Conditions shared", "Outcome"];
  return bookTable(`${data.id}-pairs`, caption, columns, records);
}

/** @param {Pair} pair */
function outcomeWords({ alike }) {
  if (alike === null) return UNSTATED;
  return alike ? "the same" : "differs";
}
