// The entries of the explorer of texts that fit the picks.

import { fitting } from "../common/filters.js";
import { holds, wordsOf } from "../common/search.js";

/** @import { Filters } from "../common/filters.js" */
/** @import { Entry, PackedEntry, Span, TextData, TextPicks } from "./types.js" */

/**
 * @param {PackedEntry} packed
 * @returns {Entry}
 */
export function entryOf(packed) {
  const [kind, field, cities, name, local, language, when, ...more] = packed;
  const [spans, where, lines, flag, note, claim] = more;
  return {
    kind,
    field,
    cities,
    name,
    local,
    language,
    when,
    spans,
    where,
    lines,
    flag,
    note,
    claim,
  };
}

/**
 * The entries to show, and how many lack the year that is asked for.
 * @param {TextData} data
 * @param {TextPicks} picks
 * @returns {{shown: Entry[], undated: number}}
 */
export function pickedEntries(data, picks) {
  const entries = data.entries.map(entryOf);
  const filters = filtersOf(picks);
  const undated = { ...filters, years: (/** @type {Entry} */ e) => !e.spans.length };
  return {
    shown: fitting(entries, filters),
    undated: yearsIn(picks) ? fitting(entries, undated).length : 0,
  };
}

/**
 * For each pick whether an entry fits it.
 * @param {TextPicks} picks
 * @returns {Filters<Entry>}
 */
export function filtersOf(picks) {
  const words = wordsOf(picks.words);
  const years = askedYears(picks);
  const asked = yearsIn(picks);
  return {
    kinds: (entry) => picks.kinds.includes(entry.kind),
    fields: (entry) => picks.fields.includes(entry.field),
    cities: (entry) => entry.cities.some((city) => picks.cities.includes(city)),
    words: ({ name, local, lines, note }) =>
      holds([name, local, ...lines, note], words),
    years: ({ spans }) => !asked || spans.some((span) => overlap(span, years)),
  };
}

/**
 * The years that are asked for, in words; "" if none are.
 * @param {TextPicks} picks
 */
export function yearsIn({ from, to }) {
  return from || to ? `${from || "…"} to ${to || "…"}` : "";
}

/**
 * @param {TextPicks} picks
 * @returns {Span}
 */
function askedYears({ from, to }) {
  return [from ? Number(from) : null, to ? Number(to) : null];
}

/**
 * Whether two spans have a year in common.
 * @param {Span} one
 * @param {Span} other
 */
export function overlap([first, last], [from, to]) {
  const beginsInTime = (first ?? -Infinity) <= (to ?? Infinity);
  const endsInTime = (last ?? Infinity) >= (from ?? -Infinity);
  return beginsInTime && endsInTime;
}
