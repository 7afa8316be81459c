// What the methods say of a matrix, in sentences.

import { labelsOf } from "../common/picks.js";
import { FEW, listOf, some } from "../common/words.js";
import { conditionsOf, outcomesOf, UNSTATED } from "./matrix.js";
import {
  agreement,
  casesWith,
  combinations,
  covarying,
  difference,
  inseparable,
  pairsOf,
} from "./methods.js";

/** @import { Agreement, DesignData, DesignPicks, MatrixRow, Pair } from "./types.js" */
/** @import { Words } from "./types.js" */

/**
 * @param {MatrixRow[]} rows
 * @param {Words} words
 * @returns {string[]}
 */
export function findingsOf(rows, words) {
  if (rows.length < 2 || outcomesOf(rows).length < 2) {
    return ["A comparison needs two cities and a condition at least."];
  }
  const pairs = pairsOf(rows);
  return [
    ...withoutOutcome(rows, words),
    ...extremes(pairs, words),
    ...agreement(rows).map((found) => `Agreement: ${agreementSentence(found, words)}`),
    ...differenceSentences(rows, words).map((line) => `Difference: ${line}`),
    `Joint method: ${jointSentence(rows, words)}`,
    ...inseparable(rows).map((group) => undetermined(group, words)),
    fewCases(rows),
  ];
}

/**
 * How conditions and cities are called in a sentence.
 * @param {DesignData} data
 * @param {DesignPicks} picks
 * @returns {Words}
 */
export function wordsFor(data, picks) {
  const labels = labelsOf(data.choices.conditions);
  const cities = labelsOf(data.choices.cities);
  const names = picks.cities.map((city) => cities[city]);
  return {
    named: (dimensions) => listOf(dimensions.map((dimension) => labels[dimension])),
    who: (cases) => some(cases.map((n) => names[n])),
    names,
  };
}

/**
 * @param {MatrixRow[]} rows
 * @param {Words} words
 */
function withoutOutcome(rows, { who }) {
  const cases = casesWith(rows, UNSTATED);
  if (!cases.length) return [];
  const without = `No code for the outcome: ${who(cases)}.`;
  return [`${without} Without it a case says nothing here.`];
}

/**
 * Which pairs share the most and the fewest conditions; nothing for a single pair.
 * @param {Pair[]} pairs
 * @param {Words} words
 */
function extremes(pairs, { who }) {
  const sizes = pairs.map((pair) => pair.shared.length);
  const most = Math.max(...sizes);
  const fewest = Math.min(...sizes);
  if (pairs.length < 2 || most === fewest) return [];
  const pairsWith = (/** @type {number} */ size) => {
    const found = pairs.filter((pair) => pair.shared.length === size);
    if (found.length > FEW) return `${found.length} pairs`;
    return found.map((pair) => who([pair.one, pair.other])).join("; ");
  };
  return [
    `Most similar: ${pairsWith(most)}, with ${most} shared conditions. ` +
    `Most different: ${pairsWith(fewest)}, with ${fewest || "none"}.`,
  ];
}

/**
 * @param {Agreement} found
 * @param {Words} words
 */
export function agreementSentence({ code, cases, shared, dropped }, { named, who }) {
  if (cases.length === 1) {
    return `only ${who(cases)} has the outcome “${code}”. ` +
      "One case has nothing to agree with.";
  }
  const differ = dropped.length
    ? ` Dropped, since they differ: ${named(dropped)}.`
    : "";
  return `${who(cases)} have the outcome “${code}”. ` +
    `They share ${named(shared) || "none of the conditions"}.${differ}`;
}

/**
 * @param {MatrixRow[]} rows
 * @param {Words} words
 */
export function differenceSentences(rows, words) {
  const nearest = difference(pairsOf(rows));
  if (!nearest.length) {
    return ["no two outcomes differ, so there is nothing to set apart."];
  }
  if (nearest.length > FEW) {
    const least = nearest[0].different.length;
    const all = conditionsOf(rows).length;
    return [
      `${nearest.length} pairs have unlike outcomes and differ in ${least} of ` +
      `${all} conditions, which is as few as there are.`,
    ];
  }
  return nearest.map((pair) => differenceSentence(pair, words));
}

/**
 * Compared are the conditions with a code for both.
 * @param {Pair} pair
 * @param {Words} words
 */
function differenceSentence({ one, other, shared, different }, { named, who }) {
  const what = `${who([one, other])} have unlike outcomes and differ in`;
  const count = different.length;
  const stated = shared.length + count;
  const compared = `${stated} condition${stated === 1 ? "" : "s"} compared`;
  if (!count) {
    return `${what} none of ${compared}. ` +
      "What makes the outcomes differ is not among them.";
  }
  if (count === 1) {
    return `${what} one of ${compared}, ${named(different)}. The method points to it.`;
  }
  return `${what} ${count} of ${compared}, ${named(different)}. ` +
    "The method can't tell which of them counts.";
}

/**
 * @param {MatrixRow[]} rows
 * @param {Words} words
 */
export function jointSentence(rows, { named }) {
  const both = covarying(rows);
  if (!both.length) return "no condition goes with the outcome in every case.";
  const go = both.length === 1 ? "goes" : "go";
  return `${named(both)} ${go} with the outcome in every case.`;
}

/**
 * @param {string[]} group
 * @param {Words} words
 */
function undetermined(group, { named }) {
  return `Undetermined: ${named(group)} divide the cities in the same way. ` +
    "No comparison of these cities can tell them apart.";
}

/** @param {MatrixRow[]} rows */
function fewCases(rows) {
  const { possible, observed } = combinations(rows);
  return `Few cases: ${observed} of ${possible.toLocaleString("en-US")} ` +
    "possible combinations of these conditions stand in the cities.";
}
