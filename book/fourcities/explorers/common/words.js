// Lists in words, and texts that carry their language. Wording is that of the room presentation.

import { h } from "./dom.js";
import { fmt } from "./numbers.js";

/** @import { Child } from "./types.js" */

/** Names in a sentence, as presentation/words.py has it. */
export const FEW = 12;

/**
 * "a, b and c".
 * @param {string[]} items
 */
export function listOf(items) {
  const before = items.slice(0, -1).join(", ");
  const and = items.length > 1 ? " and " : "";
  return before + and + (items.at(-1) ?? "");
}

/**
 * The names, or how many there are where they would make a sentence too long.
 * @param {string[]} items
 */
export function some(items) {
  return items.length <= FEW ? listOf(items) : `${fmt(items.length)} cities`;
}

/**
 * Each item once, in the order of its first place.
 * @template T
 * @param {Iterable<T>} items
 * @returns {T[]}
 */
export const unique = (items) => [...new Set(items)];

/**
 * The last of items that are known to be some.
 * @template T
 * @param {T[]} items
 * @returns {T}
 */
export const last = (items) => items[items.length - 1];

/**
 * The order of two texts by their characters' numbers.
 * @param {string} a
 * @param {string} b
 */
export function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// German in German quotation marks, or Chinese characters with their full-width signs.
const FOREIGN =
  /(„[^“]*“|[\u3400-\u9fff\uff00-\uffef]*[\u3400-\u9fff][\u3400-\u9fff\uff00-\uffef]*)/;

/**
 * A text whose Chinese characters, and German in German quotation marks, carry their language.
 * @param {string} text
 * @returns {Child[]}
 */
export function marked(text) {
  const parts = text.split(FOREIGN); // every second one is foreign
  return parts.map((part, n) =>
    n % 2 ? h("span", { lang: languageOf(part) }, part) : part
  );
}

/** @param {string} foreign what FOREIGN finds */
const languageOf = (foreign) => foreign.startsWith("„") ? "de" : "zh-Hans";

/** Letters of Hebrew, Arabic and their kin, as presentation/markup.py has it. */
export const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
