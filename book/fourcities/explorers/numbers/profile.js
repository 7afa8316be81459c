// The profile: the latest value of each indicator, with a bar to compare the cities.

import { h } from "../common/dom.js";
import { folded } from "../common/evidence.js";
import { written } from "../common/numbers.js";
import { nameOf, numberOf } from "../common/places.js";
import { bookTable, leftOf, missing, NOBODY, nobody } from "../common/table.js";
import { barCell, spanOf } from "./bars.js";
import { indicatorCsv } from "./csv.js";
import { pickedRows } from "./picked.js";
import { byPlace, indicatorOf, readRows } from "./rows.js";

/** @import { Child, View } from "../common/types.js" */
/** @import { IndicatorData, IndicatorPicks, PackedIndicator, Row } from "./types.js" */

const COLUMNS = 6; // more cities than these are drawn in part
const CELLS = 400; // and fewer of them where there are many indicators
const NOTE = "A letter at a value is a flag: open it for the reason. " +
  "The bars of an indicator have one scale; " +
  "where periods or definitions differ they compare roughly.";

/**
 * @param {IndicatorData} data
 * @param {IndicatorPicks} picks
 * @param {boolean} whole whether all cities are drawn
 * @returns {View}
 */
export function profileView(data, picks, whole) {
  const name = "profile";
  if (!picks.cities.length) {
    return {
      caption: NOBODY,
      node: [nobody()],
      csv: () => indicatorCsv(data, []),
      name,
    };
  }
  const all = data.choices.indicator.map(([key]) => indicatorOf(data, key));
  const count = picks.cities.length;
  const cities = picks.cities.slice(0, whole ? count : room(count, all.length));
  const numbers = new Set(cities.map((place) => numberOf(data, place)));
  const records = all.map((info) => recordOf(data, info, cities, numbers));
  const caption = "Latest value of each indicator, with a bar to compare the cities";
  const columns = ["Indicator", ...cities.map((place) => nameOf(data, place))];
  return {
    caption,
    left: leftOf(cities.length, count, "cities"),
    node: [bookTable(`${data.id}-table`, caption, columns, records, [NOTE])],
    csv: () => indicatorCsv(data, all.map((info) => allRows(data, picks, info))),
    name,
  };
}

/**
 * How many cities are drawn at first.
 * @param {number} cities
 * @param {number} indicators
 */
function room(cities, indicators) {
  if (cities <= COLUMNS) return cities;
  return Math.max(2, Math.min(COLUMNS, Math.floor(CELLS / indicators)));
}

/**
 * An indicator's row of the table. Of hundreds of cities only those shown are read.
 * @param {IndicatorData} data
 * @param {PackedIndicator} info
 * @param {string[]} cities
 * @param {Set<number>} numbers of these cities
 * @returns {Child[]}
 */
function recordOf(data, info, cities, numbers) {
  const packed = info.rows.filter(([place]) => numbers.has(place));
  const found = byPlace(readRows(data, info, packed));
  const latest = cities.map((place) => found.get(place)?.at(-1));
  const rows = latest.filter((row) => row !== undefined);
  const [period, ...more] = new Set(rows.map((row) => row.period));
  const shared = period !== undefined && !more.length ? small(period) : "";
  const span = spanOf(rows);
  const cells = latest.map((row) => {
    if (!row) return missing("not reported");
    const flag = row.flag || row.note ? [" ", flagOf(data, row)] : "";
    const own = [written(row), flag, shared ? "" : small(row.period)];
    return [barCell(data, row, span, "bars"), h("div", {}, ...own)];
  });
  return [[info.label, shared], ...cells];
}

/**
 * Words in small letters on a line of their own.
 * @param {string} words
 * @returns {Child}
 */
function small(words) {
  return [h("br", {}), h("small", {}, words)];
}

/**
 * The letter of a flag; its meaning is read aloud, the reason stands behind it.
 * @param {IndicatorData} data
 * @param {Row} row
 */
function flagOf(data, row) {
  const meaning = row.flag ? `: ${data.flags[row.flag]}` : "";
  const aloud = h("span", { class: "sr-only" }, meaning);
  return folded(data, row, row.flag || "note", aloud);
}

/**
 * All periods of an indicator, for the file.
 * @param {IndicatorData} data
 * @param {IndicatorPicks} picks
 * @param {PackedIndicator} info
 */
function allRows(data, picks, info) {
  const everything = { relate: "absolute", period: "all", sort: "report" };
  return pickedRows(data, { ...picks, ...everything, indicator: info.key });
}
