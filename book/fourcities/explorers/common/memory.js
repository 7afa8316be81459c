// The cities that a reader picked last, on any page of the book.

const KEY = "cities";

/** @returns {string[]} the keys, if there are any */
export function rememberedCities() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** @param {string[]} cities */
export function rememberCities(cities) {
  try {
    localStorage.setItem(KEY, JSON.stringify(cities));
  } catch {
    // private window: not remembered
  }
}
