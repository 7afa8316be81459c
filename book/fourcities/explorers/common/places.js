// Places by their keys.

/** @import { Data, OfPlaces } from "./types.js" */

/**
 * What is found once for each data and key. Copies of the data share their choices, so
 * these stand for the data.
 * @template {Data} D
 * @template T
 * @param {(data: D, key: string) => T} find
 * @returns {(data: D, key: string) => T}
 */
export function foundOnce(find) {
  /** @type {WeakMap<object, Map<string, T>>} */
  const known = new WeakMap();
  return (data, key) => {
    const found = known.get(data.choices) ?? new Map();
    known.set(data.choices, found);
    if (!found.has(key)) found.set(key, find(data, key));
    return /** @type {T} */ (found.get(key));
  };
}

/** @type {(data: Data & OfPlaces, key: string) => Map<string, number>} */
const numbers = foundOnce((data) => new Map(data.places.map((key, n) => [key, n])));

/**
 * The number of a place in the lists of the data.
 * @param {Data & OfPlaces} data
 * @param {string} place
 */
export const numberOf = (data, place) => numbers(data, "").get(place) ?? -1;

/**
 * @param {Data & OfPlaces} data
 * @param {string} place
 */
export const nameOf = (data, place) => data.names[numberOf(data, place)];

/**
 * @param {Data & OfPlaces} data
 * @param {string} place
 */
export const colourOf = (data, place) => data.colours[numberOf(data, place)];
