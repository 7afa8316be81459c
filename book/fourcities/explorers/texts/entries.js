// The entries of the explorer of texts that fit the picks.

import { holds, wordsOf } from "../common/search.js";

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
  const words = wordsOf(picks.words);
  const asked = data.entries.map(entryOf).filter((entry) => fits(entry, picks, words));
  if (!picks.from && !picks.to) return { shown: asked, undated: 0 };
  const years = askedYears(picks);
  return {
    shown: asked.filter((entry) => entry.spans.some((span) => overlap(span, years))),
    undated: asked.filter((entry) => !entry.spans.length).length,
  };
}

/**
 * @param {Entry} entry
 * @param {TextPicks} picks
 * @param {string[]} words
 */
function fits(entry, picks, words) {
  return picks.kinds.includes(entry.kind) &&
    picks.fields.includes(entry.field) &&
    entry.cities.some((city) => picks.cities.includes(city)) &&
    holds([entry.name, entry.local, ...entry.lines, entry.note], words);
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
