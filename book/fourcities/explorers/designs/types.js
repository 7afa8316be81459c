// The data of designs of comparison, as explorer.py beside it writes it.

/** @import { Data } from "../common/types.js" */

/**
 * What the report says of a city in one dimension: its code, the statement and where it
 * stands, each "" if there is none.
 * @typedef {[code: string, says: string, where: string]} Coding
 */

/**
 * The choice "recode" has keys like berlin.size_class.middle-sized, and codes as words.
 * @typedef {object} OfDesign
 * @property {"design"} kind
 * @property {Record<string, Coding[]>} codes of each dimension, in the order of cities
 */

/** @typedef {Data & OfDesign} DesignData */

/**
 * @typedef {object} DesignPicks
 * @property {string[]} cities
 * @property {string[]} conditions dimensions
 * @property {string} outcome a dimension
 * @property {string[]} recode changes of the reader
 */

/**
 * A row of the matrix: its dimension, the code of each picked city, with the reader's
 * changes, and the codes of the report.
 * @typedef {[dimension: string, codes: string[], before: string[]]} MatrixRow
 */

/**
 * Two cases, by their numbers: the dimensions that they share and in which they differ;
 * whether their outcomes are alike, null if one of these is not stated.
 * @typedef {object} Pair
 * @property {number} one
 * @property {number} other
 * @property {string[]} shared
 * @property {string[]} different
 * @property {boolean | null} alike
 */

/**
 * Cases with the same outcome: the conditions with one code in all of them, and those
 * in which they differ.
 * @typedef {object} Agreement
 * @property {string} code
 * @property {number[]} cases
 * @property {string[]} shared
 * @property {string[]} dropped
 */

/**
 * What a method says of a matrix: what it concludes, to be compared, and in sentences.
 * @typedef {object} Said
 * @property {string} conclusion
 * @property {string} words
 */

/**
 * What a method says by the report's codes and by the reader's.
 * @typedef {object} MethodCompared
 * @property {string} name
 * @property {boolean} survives whether it concludes the same
 * @property {string} before
 * @property {string} after
 */

/**
 * What the reader's codes change: the verdict, then each code that was changed; and
 * each method.
 * @typedef {object} Compared
 * @property {string[]} lines
 * @property {MethodCompared[]} methods
 */

/**
 * The words for dimensions and for cases.
 * @typedef {object} Words
 * @property {(dimensions: string[]) => string} named
 * @property {(cases: number[]) => string} who
 * @property {string[]} names of the cases
 */

export {};
