// What to mind when comparing the rows shown.

import { nameOf } from "../common/places.js";
import { FEW, listOf, some, unique } from "../common/words.js";
import { byPlace } from "./rows.js";

/** @import { Indicator, IndicatorData, Row } from "./types.js" */

/**
 * Lines on unlike periods, flags and the indicator's own caution; and the period that
 * the rows share, for the caption.
 * @param {IndicatorData} data
 * @param {Indicator} info
 * @param {Row[]} rows
 * @returns {[lines: string[], period: string]}
 */
export function minds(data, info, rows) {
  const periods = periodsByPlace(rows);
  const differ = unique([...periods.values()].map(String)).length > 1;
  const lines = [
    ...(differ ? [differingPeriods(data, periods)] : []),
    ...flagLines(data, rows),
    `${info.definition} ${info.mind}`,
  ];
  if (differ) return [lines, "periods differ"];
  const [shared = []] = periods.values();
  return [lines, listOf(shared)];
}

/** @param {Row[]} rows */
function periodsByPlace(rows) {
  const places = [...byPlace(rows)];
  return new Map(
    places.map(([place, own]) => [place, unique(own.map((r) => r.period))]),
  );
}

/**
 * @param {IndicatorData} data
 * @param {Map<string, string[]>} periods
 */
function differingPeriods(data, periods) {
  const places = data.places.filter((place) => periods.has(place));
  if (places.length > FEW) {
    return "The periods differ from city to city: each row has its own.";
  }
  const each = places.map((place) => {
    const own = periods.get(place) ?? [];
    return `${nameOf(data, place)} ${own.join(" and ")}`;
  });
  return `The periods differ: ${listOf(each)}.`;
}

/**
 * For each flag the cities that have it.
 * @param {IndicatorData} data
 * @param {Row[]} rows
 */
function flagLines(data, rows) {
  const lines = [];
  for (const [letter, label] of Object.entries(data.flags)) {
    const flagged = rows.filter((row) => row.flag === letter);
    const cities = unique(flagged.map((row) => row.city));
    if (cities.length) lines.push(`${letter}, ${label}: ${some(cities)}.`);
  }
  return lines;
}
