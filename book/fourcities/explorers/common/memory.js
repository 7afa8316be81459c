// What the browser keeps for a reader from page to page.

/**
 * What is kept under a name, or null.
 * @param {string} name
 * @returns {any}
 */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/**
 * Keeps a value. Returns whether it could.
 * @param {string} name
 * @param {unknown} value
 */
export function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false; // full, or refused
  }
}

const CITIES = "cities";

/**
 * The cities that a reader picked last, on any page of the book.
 * @returns {string[]} the keys, if there are any
 */
export function rememberedCities() {
  const kept = recall(CITIES);
  return Array.isArray(kept) ? kept : [];
}

/** @param {string[]} cities */
export const rememberCities = (cities) => keep(CITIES, cities);
