// The rows of an indicator, unpacked.

import { digits } from "../common/numbers.js";
import { foundOnce } from "../common/places.js";

/** @import { IndicatorData, PackedIndicator, PackedRow, Row } from "./types.js" */

/**
 * @param {IndicatorData} data
 * @param {string} key
 */
export function indicatorOf(data, key) {
  const found = data.indicators.find((indicator) => indicator.key === key);
  if (!found) throw new Error(`unknown indicator: ${key}`);
  return found;
}

/**
 * All rows of an indicator.
 * @type {(data: IndicatorData, key: string) => Row[]}
 */
export const rowsOf = foundOnce((data, key) => readRows(data, indicatorOf(data, key)));

/**
 * The rows of an indicator by place.
 * @type {(data: IndicatorData, key: string) => Map<string, Row[]>}
 */
export const rowsByPlace = foundOnce((data, key) => byPlace(rowsOf(data, key)));

/**
 * @param {IndicatorData} data
 * @param {PackedIndicator} info
 * @param {PackedRow[]} rows all of the indicator's, or some
 */
export function readRows(data, info, rows = info.rows) {
  return rows.map((row) => readRow(data, info, row));
}

/**
 * @param {IndicatorData} data
 * @param {PackedIndicator} info
 * @param {PackedRow} row
 * @returns {Row}
 */
function readRow(data, info, row) {
  const [place, value, period = 0, detail] = row;
  const [origin, cited, note, flag, qualifier, moreDecimals = 0, claim] = row.slice(4);
  const [words, start, end] = data.periods[period];
  const decimals = info.decimals + Number(moreDecimals);
  const text = (/** @type {unknown} */ number) => data.texts[Number(number ?? 0)];
  return {
    key: info.key,
    label: info.label,
    place: data.places[place],
    city: data.names[place],
    value,
    period: words,
    start,
    end,
    detail: detail || digits(value, decimals),
    origin: text(origin),
    cited: text(cited),
    note: text(note),
    flag: text(flag),
    claim: text(claim),
    qualifier: text(qualifier),
    decimals,
    pattern: info.pattern,
  };
}

/**
 * Rows by place, in their order.
 * @param {Row[]} rows
 */
export function byPlace(rows) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const row of rows) {
    const group = groups.get(row.place);
    if (group) group.push(row);
    else groups.set(row.place, [row]);
  }
  return groups;
}
