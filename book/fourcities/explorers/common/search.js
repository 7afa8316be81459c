// Finding typed words, in any language and without regard to accents.

/**
 * A text for comparing: small letters, without accents.
 * @param {string} text
 */
export const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * The words of a text, each folded.
 * @param {string} text
 */
export const wordsOf = (text) => fold(text).split(/\s+/).filter(Boolean);

/**
 * Whether every word, folded, is in the texts.
 * @param {string[]} texts
 * @param {string[]} words
 */
export function holds(texts, words) {
  const all = fold(texts.join(" "));
  return words.every((word) => all.includes(word));
}
