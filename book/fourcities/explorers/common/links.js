// Picks in the address of a page.

import { keysOf } from "./picks.js";

/** @import { Data, Option, Picks } from "./types.js" */

/**
 * Servers take no long address: of many names a link tells those that are left out, as
 * in all,-berlin,-cologne.
 */
const MANY = 40;

/**
 * A list of picks as the address has it.
 * @param {Option[]} options
 * @param {string[]} picks
 */
export function inLink(options, picks) {
  const short = picks.length <= MANY || picks.length <= options.length / 2;
  if (short) return picks.join(",");
  const on = new Set(picks);
  const left = keysOf(options).filter((key) => !on.has(key));
  return ["all", ...left.map((key) => `-${key}`)].join(",");
}

/**
 * The list of picks that an address asks for; names that do not exist stay in it.
 * @param {Option[]} options
 * @param {string} given
 */
export function fromLink(options, given) {
  const names = given.split(",").filter(Boolean);
  if (names[0] !== "all") return names;
  const left = new Set(names.slice(1));
  const keys = keysOf(options);
  const known = new Set(keys.map((key) => `-${key}`));
  const kept = keys.filter((key) => !left.has(`-${key}`));
  return [...kept, ...[...left].filter((name) => !known.has(name))];
}

/**
 * Between picks ";" stands for "&", which Moodle's import of web links can't take.
 * @param {string} search
 */
const joined = (search) => search.replaceAll(";", "&");

/**
 * What an address asks of an explorer.
 * @param {Data} data
 * @param {string} search such as ?explore.sort=name
 * @returns {Picks}
 */
export function askedFor(data, search) {
  const address = new URLSearchParams(joined(search));
  /** @type {Picks} */
  const asked = {};
  for (const [key, normal] of Object.entries(data.value)) {
    const given = address.get(`${data.id}.${key}`);
    if (given === null) continue;
    asked[key] = Array.isArray(normal) ? fromLink(data.choices[key], given) : given;
  }
  return asked;
}

/**
 * An address that brings these picks back.
 * @param {Data} data
 * @param {Picks} picks
 * @param {string} from the address to change
 * @param {string} hash
 */
export function linkTo(data, picks, from, hash = data.id) {
  const url = new URL(from);
  url.search = joined(url.search);
  for (const [key, pick] of Object.entries(picks)) {
    const text = Array.isArray(pick) ? inLink(data.choices[key], pick) : pick;
    url.searchParams.set(`${data.id}.${key}`, text);
  }
  url.hash = hash;
  return url.href.replaceAll("%2C", ",");
}

/**
 * The address of a page, or of one of its explorers alone: see ?embed in book.js.
 * @param {string} from
 * @param {string} id of the explorer, "" for the page
 */
export function placeOf(from, id) {
  const url = new URL(from);
  if (id) url.searchParams.set("embed", id);
  else url.searchParams.delete("embed");
  return url.href;
}
