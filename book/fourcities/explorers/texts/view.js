// Texts of the cities side by side: a row for each policy field and kind.

import { h } from "../common/dom.js";
import { flagCell, linkedPlaces } from "../common/evidence.js";
import { noneFits } from "../common/filters.js";
import { labelsOf } from "../common/picks.js";
import { bookTable, leftOf, minding, missing, nobody } from "../common/table.js";
import { marked, RIGHT_TO_LEFT } from "../common/words.js";
import { entryOf, filtersOf, pickedEntries, yearsIn } from "./entries.js";

/** @import { Child, CsvCell, View } from "../common/types.js" */
/** @import { Entry, TextData, TextPicks } from "./types.js" */

const HEAD = [
  "policy_field",
  "kind",
  "city",
  "name",
  "local_name",
  "language",
  "time",
  "stands_in",
  "text",
  "flag",
  "flag_meaning",
  "note",
];

/** Fields and kinds that are drawn at first, as explorer.py has it: rows are tall. */
const ROWS = 8;

/**
 * @typedef {object} Group
 * @property {string} field in words
 * @property {string} kind in words
 * @property {Entry[][]} ofCities the entries of each picked city
 */

/**
 * @param {TextData} data
 * @param {TextPicks} picks
 * @param {boolean} whole whether all of a long table is drawn
 * @returns {View}
 */
export function textView(data, picks, whole) {
  const { shown, undated } = pickedEntries(data, picks);
  const groups = groupsOf(data, picks, shown);
  const drawn = whole ? groups : groups.slice(0, ROWS);
  const caption = captionOf(picks, shown.length);
  const lines = undated ? [leftOut(undated)] : [];
  return {
    caption,
    left: leftOf(drawn.length, groups.length, "rows"),
    node: [minding(lines), tableOf(data, picks, drawn, caption)],
    csv: () => [HEAD, ...csvLines(data, picks, groups)],
    name: "texts",
  };
}

/**
 * For each picked field and kind with an entry: the entries of each picked city.
 * @param {TextData} data
 * @param {TextPicks} picks
 * @param {Entry[]} entries
 */
function groupsOf(data, picks, entries) {
  const fields = labelsOf(data.choices.fields);
  const kinds = labelsOf(data.choices.kinds);
  /** @type {Group[]} */
  const groups = [];
  for (const field of picks.fields) {
    for (const kind of picks.kinds) {
      const here = entries.filter((e) => e.field === field && e.kind === kind);
      if (!here.length) continue;
      const ofCities = picks.cities.map((city) =>
        here.filter((entry) => entry.cities.includes(city))
      );
      groups.push({ field: fields[field], kind: kinds[kind], ofCities });
    }
  }
  return groups;
}

/**
 * @param {TextPicks} picks
 * @param {number} count
 */
function captionOf(picks, count) {
  const words = picks.words.trim();
  const years = yearsIn(picks);
  return [
    `${count} ${count === 1 ? "entry" : "entries"}`,
    ...(words ? [`with “${words}”`] : []),
    ...(years ? [`of the years ${years}`] : []),
  ].join(" ");
}

/** @param {number} undated */
function leftOut(undated) {
  const are = undated === 1 ? "is" : "are";
  return `${undated} without a year ${are} left out, as a year is asked for.`;
}

/**
 * @param {TextData} data
 * @param {TextPicks} picks
 * @param {Group[]} groups
 * @param {string} caption
 */
function tableOf(data, picks, groups, caption) {
  if (!picks.cities.length) return nobody();
  if (!groups.length) return noEntry(data, picks);
  const names = labelsOf(data.choices.cities);
  const columns = ["Policy field", ...picks.cities.map((city) => names[city])];
  const records = groups.map(({ field, kind, ofCities }) => [
    [field, h("br", {}), h("small", {}, kind)],
    ...ofCities.map((entries) => cellOf(data, entries)),
  ]);
  return bookTable(`${data.id}-table`, caption, columns, records, data.notes);
}

/**
 * @param {TextData} data
 * @param {TextPicks} picks
 */
function noEntry(data, picks) {
  const asked = { ...picks, years: yearsIn(picks) };
  return noneFits(data, asked, data.entries.map(entryOf), filtersOf(picks));
}

/**
 * The entries of a city, as a list if there are several.
 * @param {TextData} data
 * @param {Entry[]} entries
 * @returns {Child}
 */
function cellOf(data, entries) {
  if (!entries.length) return missing("none named");
  if (entries.length === 1) return entryCell(data, entries[0]);
  return h("ul", {}, entries.map((entry) => h("li", {}, entryCell(data, entry))));
}

/**
 * @param {TextData} data
 * @param {Entry} entry
 * @returns {Child[]}
 */
function entryCell(data, entry) {
  const facts = [entry.when, entry.where].filter(Boolean).join(" · ");
  const flagged = entry.flag || entry.note;
  return [
    h("b", {}, marked(entry.name)),
    entry.local ? [" (", localName(entry), ")"] : "",
    h("br", {}),
    h("small", {}, linkedPlaces(data, facts)),
    entry.lines.map((line) => [h("br", {}), marked(line)]),
    flagged ? [" ", flagCell(data, entry, true)] : "",
  ];
}

/**
 * The name in the city's language, which it carries.
 * @param {Entry} entry
 * @returns {Child}
 */
function localName({ local, language }) {
  if (!language) return local;
  const dir = RIGHT_TO_LEFT.test(local) && "rtl";
  return h("span", { lang: language, dir }, local);
}

/**
 * @param {TextData} data
 * @param {TextPicks} picks
 * @param {Group[]} groups
 * @returns {CsvCell[][]}
 */
function csvLines(data, picks, groups) {
  const names = labelsOf(data.choices.cities);
  return groups.flatMap(({ field, kind, ofCities }) =>
    ofCities.flatMap((entries, n) =>
      entries.map((entry) => [
        field,
        kind,
        names[picks.cities[n]],
        entry.name,
        entry.local,
        entry.language,
        entry.when,
        entry.where,
        entry.lines.join(" "),
        entry.flag,
        data.flags[entry.flag] ?? "",
        entry.note,
      ])
    )
  );
}
