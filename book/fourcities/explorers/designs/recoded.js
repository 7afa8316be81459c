// What the reader's codes change, method by method.

import { listOf } from "../common/words.js";
import { agreementSentence, differenceSentences, jointSentence } from "./findings.js";
import { outcomesOf } from "./matrix.js";
import { agreement, covarying, difference, pairsOf } from "./methods.js";

/** @import { Compared, MatrixRow, Said, Words } from "./types.js" */

/** The methods, as sentences.py has them: as the head of a row, and in a sentence. */
const METHODS = [
  ["Agreement", "the method of agreement"],
  ["Difference", "the method of difference"],
  ["Joint method", "the joint method"],
];

/**
 * Which conclusions survive the reader's codes, and what each method says before and
 * after; both empty without any, or where nothing can be compared.
 * @param {MatrixRow[]} rows
 * @param {Words} words
 * @returns {Compared}
 */
export function compared(rows, words) {
  const changes = changedCodes(rows, words);
  if (!changes.length || rows.length < 2 || outcomesOf(rows).length < 2) {
    return { lines: [], methods: [] };
  }
  const before = said(rows.map(reportsRow), words);
  const after = said(rows, words);
  const survive = METHODS.map((_, n) => before[n].conclusion === after[n].conclusion);
  const methods = METHODS.map(([name], n) => ({
    name,
    survives: survive[n],
    before: before[n].words,
    after: survive[n] ? "the same" : otherWords(before[n], after[n]),
  }));
  return { lines: [verdict(survive), ...changes], methods };
}

/**
 * Each code that was changed, in a sentence.
 * @param {MatrixRow[]} rows
 * @param {Words} words
 */
function changedCodes(rows, { named, names }) {
  const lines = [];
  for (const [dimension, codes, before] of rows) {
    for (const [n, code] of codes.entries()) {
      if (code === before[n]) continue;
      const cell = `${names[n]}, ${named([dimension])}`;
      lines.push(`Recoded: ${cell}: “${code}” in place of “${before[n]}”.`);
    }
  }
  return lines;
}

/**
 * A row with the report's codes.
 * @param {MatrixRow} row
 * @returns {MatrixRow}
 */
const reportsRow = ([dimension, , before]) => [dimension, before, before];

/**
 * What each method concludes. A city with an outcome of its own has nothing to agree
 * with: agreement concludes nothing from it.
 * @param {MatrixRow[]} rows
 * @param {Words} words
 * @returns {Said[]}
 */
function said(rows, words) {
  const groups = agreement(rows).filter(({ cases }) => cases.length > 1);
  const agreeing = groups.map((group) => agreementSentence(group, words));
  if (!groups.length) agreeing.push("no two cities share an outcome.");
  return [
    saying(groups, agreeing),
    saying(difference(pairsOf(rows)), differenceSentences(rows, words)),
    saying(covarying(rows), [jointSentence(rows, words)]),
  ];
}

/**
 * @param {unknown} conclusion
 * @param {string[]} lines
 * @returns {Said}
 */
const saying = (conclusion, lines) => ({
  conclusion: JSON.stringify(conclusion),
  words: lines.join(" "),
});

/**
 * What a method with another conclusion says; of many cities only a number is said.
 * @param {Said} before
 * @param {Said} after
 */
const otherWords = (before, after) =>
  after.words + (before.words === after.words ? " They are not the same ones." : "");

/**
 * Which methods conclude something else, and which conclusions survive.
 * @param {boolean[]} survive for each method
 */
function verdict(survive) {
  const names = METHODS.map(([, name]) => name);
  const kept = names.filter((_, n) => survive[n]);
  const changed = names.filter((_, n) => !survive[n]);
  if (!changed.length) {
    return "Your codes change nothing that the three methods conclude.";
  }
  const rest = kept.length ? ` What ${conclude(kept)} survives.` : "";
  return `Your codes change what ${conclude(changed)}.${rest}`;
}

/** @param {string[]} methods */
const conclude = (methods) =>
  `${listOf(methods)} ${methods.length === 1 ? "concludes" : "conclude"}`;
