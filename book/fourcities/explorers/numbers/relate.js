// An indicator set against something: residents, area, the country.

import { fine, fmt, written } from "../common/numbers.js";
import { compare, last, listOf, unique } from "../common/words.js";
import { rowsByPlace, rowsOf } from "./rows.js";

/** @import { IndicatorData, PackedIndicator, RelatedIndicator } from "./types.js" */
/** @import { Row } from "./types.js" */

/**
 * Rows added to the report's name their source where the report's own name a table or
 * section.
 * @param {{origin: string}} row
 */
export const isAdded = (row) => !/^(Table|Section) \d/.test(row.origin);

/**
 * Of several denominators the one whose period ends nearest to the numerator's; the
 * last one if undated. The report's own go with each other.
 * @param {Row[]} candidates one at least
 * @param {Row} row
 */
export function nearest(candidates, row) {
  const ownOnly = !isAdded(row) && !candidates.every(isAdded);
  const fitting = ownOnly ? candidates.filter((c) => !isAdded(c)) : candidates;
  const dated = fitting.filter((candidate) => candidate.end);
  if (!row.end || !dated.length) return last(fitting);
  const end = Date.parse(row.end);
  const distance = (/** @type {Row} */ other) => Math.abs(Date.parse(other.end) - end);
  return dated.reduce((best, other) => distance(other) < distance(best) ? other : best);
}

/**
 * An indicator with its rows, divided as the relation says.
 * @param {IndicatorData} data
 * @param {PackedIndicator} info
 * @param {string} relation "absolute" or a relation of the data
 * @returns {RelatedIndicator}
 */
export function related(data, info, relation) {
  if (relation === "absolute") return { ...info, rows: rowsOf(data, info.key) };
  const [label, words, denominator, ofCountry, factor, decimals] =
    data.relations[relation];
  const pattern = words.replace("{unit}", () => info.pattern);
  const below = rowsByPlace(data, denominator || info.key);
  const rows = [];
  for (const top of rowsOf(data, info.key)) {
    const country = data.country[top.place];
    const candidates = below.get(ofCountry ? country : top.place);
    if (!candidates || !country) continue; // a country is not set against itself
    const bottom = nearest(candidates, top);
    if (bottom.value === 0) continue;
    rows.push(ratio(top, bottom, { factor, pattern, decimals }));
  }
  return { ...info, label: `${info.label}, ${label}`, pattern, computed: true, rows };
}

/** @param {Row} row */
const endYear = (row) => row.end.slice(0, 4);

/**
 * A row divided by another, with what is to be minded of both.
 * @param {Row} top
 * @param {Row} bottom
 * @param {{factor: number, pattern: string, decimals: number}} relation
 * @returns {Row}
 */
export function ratio(top, bottom, { factor, pattern, decimals }) {
  const value = (top.value / bottom.value) * factor;
  const parts = [top, bottom];
  const mixed = Boolean(top.end && bottom.end) && endYear(top) !== endYear(bottom);
  const notes = parts.filter((part) => part.flag && part.note).map((part) => part.note);
  if (mixed) {
    notes.push(
      `The figures refer to different times: ${top.period} and ${bottom.period}.`,
    );
  }
  const of = bottom.place === top.place ? "" : " of the country";
  const times = factor === 1 ? "" : ` × ${fmt(factor)}`;
  return {
    ...top,
    value,
    pattern,
    decimals: fine(value, decimals),
    period: unique([top.period, bottom.period]).join(" ÷ "),
    cited: "",
    detail: `${inWords(top, "")} ÷ ${inWords(bottom, of)}${times}`,
    origin: listOf(originsOf(top, bottom)),
    flag: gravest(top.flag + bottom.flag + (mixed ? "d" : "")),
    note: notes.join(" "),
    claim: parts.find((part) => part.flag)?.claim ?? "",
    qualifier: top.qualifier || (bottom.qualifier ? "about" : ""),
  };
}

/**
 * One of the two parts of a division.
 * @param {Row} row
 * @param {string} of
 */
function inWords(row, of) {
  return `${row.label}${of}, ${row.period}: ${written(row)}`;
}

/** @param {string} flags letters */
function gravest(flags) {
  return [..."ubde"].find((letter) => flags.includes(letter)) ?? "";
}

/**
 * Where both parts stand: tables, then sections, then added sources as they come.
 * @param {Row} top
 * @param {Row} bottom
 */
function originsOf(top, bottom) {
  const origins = unique([top.origin, bottom.origin]);
  return origins.sort((a, b) => {
    const byKind = kindOf(a) - kindOf(b);
    if (byKind) return byKind;
    return kindOf(a) === ADDED ? 0 : compare(a, b);
  });
}

const TABLE = 0;
const SECTION = 1;
const ADDED = 2;

/** @param {string} origin */
function kindOf(origin) {
  if (isAdded({ origin })) return ADDED;
  return origin.startsWith("S") ? SECTION : TABLE;
}
