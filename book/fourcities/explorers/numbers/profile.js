// The profile: the latest value of each indicator, with the ratio to the first city.

import { h } from "../common/dom.js";
import { folded } from "../common/evidence.js";
import { fine, fmt, written } from "../common/numbers.js";
import { nameOf, numberOf } from "../common/places.js";
import { bookTable, leftOf, missing, NOBODY, nobody } from "../common/table.js";
import { indicatorCsv } from "./csv.js";
import { pickedRows } from "./picked.js";
import { byPlace, indicatorOf, readRows } from "./rows.js";

/** @import { Child, View } from "../common/types.js" */
/** @import { IndicatorData, IndicatorPicks, PackedIndicator, Row } from "./types.js" */

const COLUMNS = 6; // more cities than these are drawn in part
const CELLS = 400; // and fewer of them where there are many indicators
const NOTE = "A letter at a value is a flag: open it for the reason. " +
  "Each value has its own period; " +
  "a ratio of values with unlike periods or definitions is rough.";

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
  const first = nameOf(data, cities[0]);
  const caption = `Latest value of each indicator, with the ratio to ${first}`;
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
  const [base] = latest;
  const cells = latest.map((row, n) => {
    if (!row) return missing("not reported");
    return valueCell(data, row, n > 0 ? base : undefined);
  });
  return [info.label, ...cells];
}

/**
 * @param {IndicatorData} data
 * @param {Row} row
 * @param {Row} [base] what the ratio is to
 * @returns {Child}
 */
function valueCell(data, row, base) {
  return [
    written(row),
    row.flag || row.note ? [" ", flagOf(data, row)] : "",
    h("br", {}),
    h("small", {}, row.period),
    base?.value && row.value ? ratioTo(base, row) : "",
  ];
}

/**
 * @param {Row} base
 * @param {Row} row
 * @returns {Child[]}
 */
function ratioTo(base, row) {
  const times = row.value / base.value;
  const words = `${fmt(times, fine(times, 2))} × ${base.city}`;
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
