// What travels between the modules of all kinds of explorers. Python writes the data
// (explorer.py of each kind); the picks go back to it, or into the address of the page.

/**
 * What can be picked: its key, the words that a reader sees, a heading for several.
 * @typedef {[key: string, label: string, group?: string]} Option
 */

/**
 * What is picked: for each choice a key, a typed text, or a list of keys.
 * @typedef {Record<string, string | string[]>} Picks
 */

/**
 * For some choices the keys that fit the other picks, the usual one first.
 * @typedef {Record<string, string[]>} Allowed
 */

/**
 * The data that every explorer has.
 * @typedef {object} Data
 * @property {string} kind which kind of explorer draws it
 * @property {string} id the name of the explorer in its page, a label of the book
 * @property {string} title
 * @property {Record<string, Option[]>} choices
 * @property {Picks} value the picks at first
 * @property {string[]} cite two sentences: the book, and where its facts are from
 * @property {[country: string, cities: string[]][]} [countries]
 * @property {Page} [page] set on a published page, missing in a notebook
 */

/**
 * The data of explorers whose rows belong to places.
 * @typedef {object} OfPlaces
 * @property {string[]} places keys: the cities first, then the countries
 * @property {string[]} names of the places, in the same order
 * @property {string[]} colours of the cities, in the same order
 * @property {Record<string, string>} flags the meaning of each letter
 * @property {Record<string, string>} where address of each table and section
 * @property {string} ledger address of the ledger of claims
 */

/**
 * The data of explorers whose rows are filtered.
 * @typedef {object} OfRows
 * @property {[one: string, several: string]} noun what a row is
 * @property {Record<string, string>} phrases for each pick what the rows have that fit
 *   it; {} stands for the pick
 */

/**
 * A flag, the reason for it, and the claim that is about it; each may be "".
 * @typedef {{flag: string, note: string, claim: string}} Flagged
 */

/**
 * What `h` puts into an element; "" is left out.
 * @typedef {string | Node | Children} Child
 */

/** @typedef {Child[]} Children */

/**
 * A cell of a file; a number stands in it without quotation marks.
 * @typedef {string | number} CsvCell
 */

/**
 * What an explorer shows for its picks.
 * @typedef {object} View
 * @property {string} caption of the table, also for the status and the citation
 * @property {Child[]} node what is drawn
 * @property {string} [left] how much of it is drawn, unless all of it is
 * @property {() => CsvCell[][]} csv all rows, the head first
 * @property {string} name for files, after the explorer's own
 * @property {(() => string) | null} [picture] the SVG of it, if it is a drawing
 */

/**
 * The controls of one kind, and how they show picks.
 * @typedef {object} Controls
 * @property {Child[]} nodes
 * @property {(picks: any) => void} show
 */

/**
 * Changes some picks.
 * @typedef {(change: Picks) => void} SetPicks
 */

/**
 * Puts words into the line of the status.
 * @typedef {(words: string) => void} Say
 */

/**
 * A kind of explorer. `names` and `revealing` are for rows with addresses of their own.
 * @template {Data} D its data
 * @template P its picks
 * @typedef {object} Kind
 * @property {(data: D) => void} [complete] with what stands in the page already
 * @property {(data: D, picks: P, whole: boolean) => View} view
 * @property {(data: D, set: SetPicks, say: Say) => Controls} controls
 * @property {(data: D, picks: P) => Allowed} [allowed] if some picks rule out others
 * @property {(data: D, hash: string) => boolean} [names] does it name one of the rows?
 * @property {(data: D, picks: P, hash: string) => P} [revealing] picks with that row
 */

/**
 * The kinds of a script, by the name that the data gives. Which data and picks each one
 * takes is between it and Python.
 * @typedef {Record<string, Kind<any, any>>} Kinds
 */

/**
 * The traits `data` and `value` of a widget, as anywidget hands them over.
 * @typedef {object} Model
 * @property {(key: "data" | "value") => any} get
 * @property {(key: "value", picks: Picks) => void} set
 * @property {() => void} save_changes
 * @property {(event: "change:value", handler: () => void) => void} on
 * @property {(event: "change:value", handler: () => void) => void} [off]
 */

/**
 * The model of an explorer on a published page: picks are shown at once.
 * `link` gives the address of what is shown.
 * @typedef {Model & {show: (picks: Picks) => void, link?: () => string}} PageModel
 */

/**
 * What only a published page has.
 * @typedef {object} Page
 * @property {(picks: Picks) => string} link the address that brings these picks back
 * @property {(picks: Picks) => string} alone the same for the explorer without its page
 * @property {string} notice what of its own address the page could not follow, or ""
 */

export {};
