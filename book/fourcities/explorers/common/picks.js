// The picks: what can be picked, and what of a wish exists.

/** @import { Allowed, Data, Option, Picks } from "./types.js" */

/** @param {Option[]} options */
export const keysOf = (options) => options.map(([key]) => key);

/**
 * The words of each option, by its key.
 * @param {Option[]} options
 * @returns {Record<string, string>}
 */
export const labelsOf = (options) =>
  Object.fromEntries(options.map(([key, label]) => [key, label]));

const LONGEST = 200; // characters of a typed text

/**
 * A typed text, cut; a year has four digits at most.
 * @param {string} key
 * @param {unknown} given
 */
function typed(key, given) {
  const isYear = key === "from" || key === "to";
  if (isYear && !/^\d{0,4}$/.test(String(given))) return "";
  return String(given).slice(0, LONGEST);
}

/**
 * Picks of which every one exists, and those wishes that do not exist.
 * @param {Data} data
 * @param {Record<string, unknown>} asked
 * @param {(data: any, picks: any) => Allowed} [allowed]
 * @returns {[picks: Picks, unknown: string[]]}
 */
export function clean(data, asked, allowed) {
  /** @type {Picks} */
  const picks = {};
  /** @type {unknown[]} */
  const unknown = [];
  for (const [key, normal] of Object.entries(data.value)) {
    const given = asked[key] ?? normal;
    if (Array.isArray(normal)) {
      picks[key] = several(keysOf(data.choices[key]), given, normal, unknown);
    } else if (data.choices[key]) {
      picks[key] = one(keysOf(data.choices[key]), given, normal, unknown);
    } else {
      picks[key] = typed(key, given);
    }
  }
  for (const [key, before] of settle(data, picks, allowed)) {
    if (asked[key] === before) unknown.push(before);
  }
  return [picks, unknown.map(String)];
}

/**
 * Of a list of wishes those that exist, in the order of the options; the usual ones if
 * none of the wishes does.
 * @param {string[]} options
 * @param {unknown} given
 * @param {string[]} normal
 * @param {unknown[]} unknown
 */
function several(options, given, normal, unknown) {
  const list = Array.isArray(given) ? given : normal;
  const known = new Set(options);
  const wanted = new Set(list);
  unknown.push(...list.filter((pick) => !known.has(pick)));
  const found = options.filter((option) => wanted.has(option));
  return list.length && !found.length ? normal : found;
}

/**
 * @param {string[]} options
 * @param {unknown} given
 * @param {string} normal
 * @param {unknown[]} unknown
 */
function one(options, given, normal, unknown) {
  const found = options.find((option) => option === given);
  if (found === undefined && given !== normal) unknown.push(given);
  return found ?? normal;
}

/**
 * Gives way where one pick rules out another: that one gets its usual key. Returns what
 * was ruled out.
 * @param {Data} data
 * @param {Picks} picks
 * @param {(data: any, picks: any) => Allowed} [allowed]
 * @returns {[key: string, before: string | string[]][]}
 */
export function settle(data, picks, allowed) {
  /** @type {[key: string, before: string | string[]][]} */
  const out = [];
  for (const [key, options] of Object.entries(allowed?.(data, picks) ?? {})) {
    const before = picks[key];
    if (options.some((option) => option === before)) continue;
    out.push([key, before]);
    picks[key] = options[0];
  }
  return out;
}
