// The controls of the explorer of a table's rows.

import { facetControls } from "../common/facets.js";

/** @import { SetPicks } from "../common/types.js" */
/** @import { Field } from "../common/facets.js" */
/** @import { TableData } from "./types.js" */

/** @type {Field} */
const WORDS = { key: "words", label: "Words", attributes: { type: "search" } };

/**
 * @param {TableData} data
 * @param {SetPicks} set
 */
export function tableControls(data, set) {
  return facetControls(data, set, data.facets, "words" in data.value ? [WORDS] : []);
}
