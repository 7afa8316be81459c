// Periods that can be picked.

import { foundOnce } from "../common/places.js";
import { unique } from "../common/words.js";
import { indicatorOf, rowsByPlace } from "./rows.js";

/** @import { Allowed } from "../common/types.js" */
/** @import { IndicatorData, Row } from "./types.js" */

/**
 * The year of a row's period: that of its last day, or of its first where it is open.
 * @param {Row} row
 */
export const yearOf = (row) => (row.end || row.start).slice(0, 4);

/**
 * The periods that can be picked for an indicator: all, the latest if a city has
 * several, and each year.
 * @type {(data: IndicatorData, key: string) => string[]}
 */
export const periodsOf = foundOnce((data, key) => {
  const places = [...rowsByPlace(data, key)];
  const cities = places.filter(([place]) => data.country[place]).map(([, rows]) =>
    rows
  );
  const severalOf = cities.some((rows) => rows.length > 1);
  const years = unique(cities.flat().map(yearOf)).filter(Boolean).sort();
  return ["all", ...(severalOf ? ["latest"] : []), ...years];
});

/**
 * The rows of the period picked; rows of a place follow each other.
 * @param {Row[]} rows
 * @param {string} period
 */
export function ofPeriod(rows, period) {
  if (period === "all") return [...rows];
  if (period === "latest") {
    return rows.filter((row, n) => rows[n + 1]?.place !== row.place);
  }
  return rows.filter((row) => yearOf(row) === period);
}

/**
 * The relations and periods that the picked indicator has.
 * @param {IndicatorData} data
 * @param {{indicator: string}} picks
 * @returns {Allowed & {relate: string[], period: string[]}}
 */
export function allowed(data, { indicator }) {
  return {
    relate: ["absolute", ...indicatorOf(data, indicator).relate],
    period: periodsOf(data, indicator),
  };
}
