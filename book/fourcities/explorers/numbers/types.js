// The data of the explorer of indicators, as the Python beside it writes it, and its rows.

/** @import { Child, Data, OfPlaces } from "../common/types.js" */

/**
 * A value as it travels: numbers stand for what several rows have in common, and what
 * follows the last entry that is not 0 is left out.
 * @typedef {[
 *   place: number,
 *   value: number,
 *   period?: number,
 *   detail?: string | 0,
 *   origin?: number,
 *   cited?: number,
 *   note?: number,
 *   flag?: number,
 *   qualifier?: number,
 *   moreDecimals?: number,
 *   claim?: number,
 * ]} PackedRow
 */

/**
 * What is said of an indicator.
 * @typedef {object} Indicator
 * @property {string} key
 * @property {string} label
 * @property {string} group the section of the report
 * @property {string} pattern its unit; {} stands for the number, {s} for the plural's s
 * @property {number} decimals
 * @property {string} definition
 * @property {string} mind what to mind when comparing
 * @property {string[]} relate the relations that make sense for it
 * @property {boolean} computed whether its values are divisions
 */

/** @typedef {Indicator & {rows: PackedRow[]}} PackedIndicator */
/** @typedef {Indicator & {rows: Row[]}} RelatedIndicator */

/**
 * What an indicator may be set against. The pattern's {unit} stands for that of the
 * indicator; the denominator is an indicator, or "" for the same one; a place, if
 * there is one, says that it is the country's. The ratio is multiplied by the factor.
 * @typedef {[
 *   label: string,
 *   pattern: string,
 *   denominator: string,
 *   place: string,
 *   factor: number,
 *   decimals: number,
 * ]} Relation
 */

/**
 * A period: its words, its first and last day as 2016-12-31, each "" if not stated.
 * @typedef {[words: string, start: string, end: string]} Period
 */

/**
 * @typedef {object} OfIndicators
 * @property {"indicators"} kind
 * @property {PackedIndicator[]} indicators those that can be picked, then denominators
 * @property {Record<string, Relation>} relations
 * @property {Record<string, string>} country of each city, both as keys
 * @property {string[]} texts each once; rows have their numbers
 * @property {Period[]} periods each once; rows have their numbers
 */

/** @typedef {Data & OfPlaces & OfIndicators} IndicatorData */

/**
 * @typedef {object} IndicatorPicks
 * @property {string[]} cities
 * @property {string} indicator
 * @property {string} relate "absolute" or a relation
 * @property {string} period "all", "latest" or a year
 * @property {string} sort "report", "value" or "name"
 * @property {string} view "bars", "table" or "profile"
 */

/**
 * A value of an indicator.
 * @typedef {object} Row
 * @property {string} key of the indicator
 * @property {string} label of the indicator
 * @property {string} place key
 * @property {string} city name
 * @property {number} value in the unit of its pattern
 * @property {string} period in words
 * @property {string} start first day of the period
 * @property {string} end last day of the period
 * @property {string} detail as the report prints it, or what it is computed from
 * @property {string} origin table or section of the report, or the added source
 * @property {string} cited works that the report names for it
 * @property {string} note
 * @property {string} flag a letter, or ""
 * @property {string} claim the claim that is about the flag
 * @property {string} qualifier such as "about", or ""
 * @property {number} decimals
 * @property {string} pattern
 */

/**
 * A city without a row, and why.
 * @typedef {[city: string, why: string]} Absent
 */

/**
 * What the picks leave of an indicator.
 * @typedef {object} Picked
 * @property {Indicator} info
 * @property {Row[]} rows
 * @property {Absent[]} absent
 */

export {};
