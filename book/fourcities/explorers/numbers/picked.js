// The rows that the picks leave, in their order, and the cities without one.

import { nameOf } from "../common/places.js";
import { compare } from "../common/words.js";
import { ofPeriod } from "./periods.js";
import { related } from "./relate.js";
import { indicatorOf, rowsByPlace } from "./rows.js";

/** @import { Absent, IndicatorData, IndicatorPicks, Picked } from "./types.js" */

/**
 * @param {IndicatorData} data
 * @param {IndicatorPicks} picks
 * @returns {Picked}
 */
export function pickedRows(data, picks) {
  const picked = new Set(picks.cities);
  const info = related(data, indicatorOf(data, picks.indicator), picks.relate);
  const ofCities = info.rows.filter((row) => picked.has(row.place));
  const rows = ofPeriod(ofCities, picks.period);
  if (picks.sort === "value") rows.sort((a, b) => b.value - a.value);
  if (picks.sort === "name") rows.sort((a, b) => compare(a.city, b.city));
  const found = new Set(rows.map((row) => row.place));
  return { info, rows, absent: absentOf(data, picks, found) };
}

/**
 * The cities without a row, and whether they have one of another period.
 * @param {IndicatorData} data
 * @param {IndicatorPicks} picks
 * @param {Set<string>} found places with a row
 */
function absentOf(data, picks, found) {
  const { indicator, period } = picks;
  const reported = period === "all" ? new Map() : rowsByPlace(data, indicator);
  const absent = picks.cities
    .filter((place) => !found.has(place))
    .map((place) => {
      const why = reported.has(place) ? `none of ${period}` : "not reported";
      return /** @type {Absent} */ ([nameOf(data, place), why]);
    });
  if (picks.sort === "name") absent.sort(([a], [b]) => compare(a, b));
  return absent;
}
