// Which rows fit the picks; where none does, which picks leave nothing, in words.

import { labelsOf } from "./picks.js";
import { nothing } from "./table.js";

/** @import { Data, OfRows } from "./types.js" */

/**
 * For each key of the picks, whether a row fits what is picked.
 * @template R
 * @typedef {Record<string, (row: R) => boolean>} Filters
 */

/**
 * The rows that fit all picks.
 * @template R
 * @param {R[]} rows
 * @param {Filters<R>} filters
 */
export function fitting(rows, filters) {
  const wanted = Object.values(filters);
  return rows.filter((row) => wanted.every((fits) => fits(row)));
}

/**
 * That no row fits, and which picks are why: those that no row fits; if there is none,
 * all that any row does not fit.
 * @template R
 * @param {Data & OfRows} data
 * @param {Record<string, string | string[] | undefined>} picks
 * @param {R[]} rows
 * @param {Filters<R>} filters
 */
export function noneFits(data, picks, rows, filters) {
  const keys = Object.keys(filters);
  const narrow = keys.filter((key) => !rows.every(filters[key]));
  const alone = narrow.filter((key) => !rows.some(filters[key]));
  const phrases = Object.entries(data.phrases)
    .filter(([key]) => (alone.length ? alone : narrow).includes(key))
    .map(([key, phrase]) => phrase.replace("{}", () => either(data, key, picks[key])));
  return nothing(`There is no ${[data.noun[0], ...phrases].join(" ")}.`);
}

/**
 * The labels of what is picked, or the typed words: “a”, “b” or “c”.
 * @param {Data} data
 * @param {string} key
 * @param {string | string[]} [picked]
 */
function either(data, key, picked = []) {
  const labels = labelsOf(data.choices[key] ?? []);
  const words = [picked].flat().map((each) => `“${labels[each] ?? each.trim()}”`);
  const before = words.slice(0, -1).join(", ");
  const or = before ? " or " : "";
  return words.length ? before + or + words.at(-1) : "(nothing is picked)";
}
