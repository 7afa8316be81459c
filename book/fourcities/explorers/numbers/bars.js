// Bars from zero, for the table and for the picture.

import { h } from "../common/dom.js";
import { colourOf } from "../common/places.js";

/** @import { IndicatorData, Row } from "./types.js" */

/**
 * The least and the greatest value, zero among them.
 * @param {Row[]} rows
 * @returns {[low: number, high: number]}
 */
export function spanOf(rows) {
  const values = [0, ...rows.map((row) => row.value)];
  return [Math.min(...values), Math.max(...values)];
}

/**
 * Where a bar begins and how long it is, in percent of the span, with two digits.
 * @param {number} value
 * @param {[low: number, high: number]} span
 * @returns {[from: string, size: string]}
 */
export function barOf(value, [low, high]) {
  const span = high - low || 1;
  const from = (Math.min(value, 0) - low) / span;
  const size = Math.abs(value) / span;
  return [(from * 100).toFixed(2), (size * 100).toFixed(2)];
}

/**
 * @param {IndicatorData} data
 * @param {Row} row
 * @param {[low: number, high: number]} span
 * @param {string} kind its class: "bar" alone in a row, "bars" for several side by side
 */
export function barCell(data, row, span, kind = "bar") {
  const [from, size] = barOf(row.value, span);
  const colour = colourOf(data, row.place);
  const style =
    `margin-inline-start:${from}%;inline-size:${size}%;background:${colour}`;
  return h("span", { class: kind }, h("i", { style }));
}
