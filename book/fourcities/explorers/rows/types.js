// The data of the explorer of a table's rows, as the Python beside it writes it.

/** @import { Data, OfRows } from "../common/types.js" */
/** @import { Facet } from "../common/facets.js" */

/**
 * A part of a cell: a text, or a text with its address.
 * @typedef {string | [text: string, address: string]} Part
 */

/**
 * A cell: a text, or a list of parts.
 * @typedef {string | Part[]} Cell
 */

/**
 * A row; the tags are its values of each facet.
 * @typedef {[key: string, cells: Cell[], tags: string[][]]} TableRow
 */

/**
 * @typedef {object} OfTable
 * @property {"table"} kind
 * @property {Facet[]} facets of which several values can be picked, or one
 * @property {string[]} columns
 * @property {TableRow[]} rows
 * @property {string} caption
 * @property {string[]} notes below the table
 * @property {Judged} [judged] if a reader may judge each row
 */

/**
 * The facet of which a reader may give each row a value, and what each value means.
 * @typedef {{facet: string, meanings: Record<string, string>}} Judged
 */

/** @typedef {Data & OfRows & OfTable} TableData */

/** @typedef {TableData & {judged: Judged}} JudgedData */

/**
 * For each facet what is picked of it, and the words, if there is a field for them.
 * @typedef {Record<string, string | string[]> & {words?: string}} TablePicks
 */

export {};
