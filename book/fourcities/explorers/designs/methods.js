// Mill's methods on a matrix of cases and conditions. "Not stated" is neither shared
// with anything nor different from anything.

import { unique } from "../common/words.js";
import { conditionsOf, outcomesOf, UNSTATED } from "./matrix.js";

/** @import { Agreement, MatrixRow, Pair } from "./types.js" */

/** @param {string[]} codes */
const stated = (codes) => codes.filter((code) => code !== UNSTATED);

/** @param {MatrixRow} row */
const dimensionOf = ([dimension]) => dimension;

/**
 * Each pair of cases.
 * @param {MatrixRow[]} rows
 */
export function pairsOf(rows) {
  const count = outcomesOf(rows).length;
  const pairs = [];
  for (let one = 0; one < count; one++) {
    for (let other = one + 1; other < count; other++) {
      pairs.push(pairOf(rows, one, other));
    }
  }
  return pairs;
}

/**
 * @param {MatrixRow[]} rows
 * @param {number} one
 * @param {number} other
 * @returns {Pair}
 */
function pairOf(rows, one, other) {
  const isAlike = (/** @type {string[]} */ codes) => codes[one] === codes[other];
  const bothStated = (/** @type {string[]} */ codes) =>
    codes[one] !== UNSTATED && codes[other] !== UNSTATED;
  const known = conditionsOf(rows).filter(([, codes]) => bothStated(codes));
  const outcomes = outcomesOf(rows);
  return {
    one,
    other,
    shared: known.filter(([, codes]) => isAlike(codes)).map(dimensionOf),
    different: known.filter(([, codes]) => !isAlike(codes)).map(dimensionOf),
    alike: bothStated(outcomes) ? isAlike(outcomes) : null,
  };
}

/**
 * The cases with this code for the outcome.
 * @param {MatrixRow[]} rows
 * @param {string} code
 */
export function casesWith(rows, code) {
  const outcomes = outcomesOf(rows);
  return [...outcomes.keys()].filter((n) => outcomes[n] === code);
}

/**
 * The method of agreement: what cases with the same outcome have in common.
 * @param {MatrixRow[]} rows
 */
export function agreement(rows) {
  return unique(stated(outcomesOf(rows))).map((code) => agreementOn(rows, code));
}

/**
 * @param {MatrixRow[]} rows
 * @param {string} code
 * @returns {Agreement}
 */
function agreementOn(rows, code) {
  const cases = casesWith(rows, code);
  const kinds = conditionsOf(rows).map(([dimension, codes]) => ({
    dimension,
    codes: unique(cases.map((n) => codes[n])),
  }));
  const one = kinds.filter(({ codes }) => codes.length === 1 && codes[0] !== UNSTATED);
  const several = kinds.filter(({ codes }) => stated(codes).length > 1);
  return {
    code,
    cases,
    shared: one.map(({ dimension }) => dimension),
    dropped: several.map(({ dimension }) => dimension),
  };
}

/**
 * The method of difference: of pairs with unlike outcomes those that differ in the
 * fewest conditions.
 * @param {Pair[]} pairs
 */
export function difference(pairs) {
  const unlike = pairs.filter((pair) => pair.alike === false);
  const least = Math.min(...unlike.map((pair) => pair.different.length));
  return unlike.filter((pair) => pair.different.length === least);
}

/**
 * The joint method: conditions that are the same where the outcome is the same and
 * differ where it differs, in every pair of cases.
 * @param {MatrixRow[]} rows
 */
export function covarying(rows) {
  const pairs = pairsOf(rows);
  const unknown = pairs.some((pair) => pair.alike === null);
  if (!pairs.length || unknown || pairs.every((pair) => pair.alike)) return [];
  const goesWith = (/** @type {string} */ dimension) =>
    pairs.every(({ alike, shared, different }) =>
      (alike ? shared : different).includes(dimension)
    );
  return conditionsOf(rows).map(dimensionOf).filter(goesWith);
}

/**
 * Groups of conditions that divide the cases in the same way, so that no comparison of
 * these cases tells them apart.
 * @param {MatrixRow[]} rows
 */
export function inseparable(rows) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const [dimension, codes] of conditionsOf(rows)) {
    if (codes.includes(UNSTATED) || unique(codes).length < 2) continue;
    const division = codes.map((code) => codes.indexOf(code)).join();
    groups.set(division, [...groups.get(division) ?? [], dimension]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/**
 * How many combinations of codes are possible, of those that stand in the matrix, and
 * how many of them the cases show; a case with a gap shows none.
 * @param {MatrixRow[]} rows
 */
export function combinations(rows) {
  const conditions = conditionsOf(rows);
  let possible = 1n;
  for (const [, codes] of conditions) {
    possible *= BigInt(unique(stated(codes)).length || 1);
  }
  const cases = outcomesOf(rows).map((_, n) => conditions.map(([, codes]) => codes[n]));
  const whole = cases.filter((codes) => !codes.includes(UNSTATED));
  const observed = unique(whole.map((codes) => JSON.stringify(codes))).length;
  return { possible, observed };
}
