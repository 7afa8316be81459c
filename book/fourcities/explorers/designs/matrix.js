// The matrix of cases and conditions: a row for each condition, and the outcome last.

import { keysOf } from "../common/picks.js";
import { last } from "../common/words.js";

/** @import { DesignData, DesignPicks, MatrixRow } from "./types.js" */

export const UNSTATED = "not stated";

/** Cities that are compared pair by pair, as methods.py has it. */
export const MOST = 40;

/** @param {MatrixRow[]} rows */
export const conditionsOf = (rows) => rows.slice(0, -1);

/**
 * The outcome of each case.
 * @param {MatrixRow[]} rows
 */
export const outcomesOf = (rows) => last(rows)[1];

/**
 * The numbers of the picked cities in the lists of the data.
 * @param {DesignData} data
 * @param {DesignPicks} picks
 */
export function numbersOf(data, picks) {
  const all = keysOf(data.choices.cities);
  return picks.cities.map((city) => all.indexOf(city));
}

/**
 * The matrix of the picks.
 * @param {DesignData} data
 * @param {DesignPicks} picks
 * @returns {MatrixRow[]}
 */
export function matrixOf(data, picks) {
  const numbers = numbersOf(data, picks);
  const changes = changesOf(data, picks);
  const conditions = keysOf(data.choices.conditions).filter((key) =>
    picks.conditions.includes(key) && key !== picks.outcome
  );
  return [...conditions, picks.outcome].map((dimension) => {
    const before = numbers.map((number) => data.codes[dimension][number][0]);
    const codes = picks.cities.map((city, n) =>
      changes.get(`${city}.${dimension}`) ?? before[n]
    );
    return [dimension, codes, before];
  });
}

/**
 * The reader's codes by city and dimension; the first of several for a cell.
 * @param {DesignData} data
 * @param {DesignPicks} picks
 */
function changesOf(data, picks) {
  /** @type {Map<string, string>} */
  const changes = new Map();
  for (const key of picks.recode) {
    const [city, dimension] = key.split(".");
    const cell = `${city}.${dimension}`;
    const option = data.choices.recode.find(([other]) => other === key);
    if (option && !changes.has(cell)) changes.set(cell, option[1]);
  }
  return changes;
}
