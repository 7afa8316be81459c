// The data of the explorer of texts, as the Python beside it writes it, and its entries.

/** @import { Data, OfPlaces, OfRows } from "../common/types.js" */

/**
 * The years of an entry; null stands for an open end.
 * @typedef {[first: number | null, last: number | null]} Span
 */

/**
 * An entry as it travels.
 * @typedef {[
 *   kind: string,
 *   field: string,
 *   cities: string[],
 *   name: string,
 *   local: string,
 *   language: string,
 *   when: string,
 *   spans: Span[],
 *   where: string,
 *   lines: string[],
 *   flag: string,
 *   note: string,
 *   claim: string,
 * ]} PackedEntry
 */

/**
 * A body, policy, measure or role of social organizations.
 * @typedef {object} Entry
 * @property {string} kind key of the choice "kinds"
 * @property {string} field key of the choice "fields"
 * @property {string[]} cities that it holds for, as keys
 * @property {string} name in English
 * @property {string} local the name in the city's language, or ""
 * @property {string} language of that name, such as de
 * @property {string} when its time in words
 * @property {Span[]} spans its years; none if it is undated
 * @property {string} where it stands in the report
 * @property {string[]} lines what is said of it
 * @property {string} flag a letter, or ""
 * @property {string} note
 * @property {string} claim the claim that is about the flag
 */

/**
 * @typedef {object} OfTexts
 * @property {"texts"} kind
 * @property {PackedEntry[]} entries
 * @property {string[]} notes below the table
 */

/** @typedef {Data & OfPlaces & OfRows & OfTexts} TextData */

/**
 * @typedef {object} TextPicks
 * @property {string[]} cities
 * @property {string[]} fields
 * @property {string[]} kinds
 * @property {string} words
 * @property {string} from a year, or ""
 * @property {string} to a year, or ""
 */

export {};
