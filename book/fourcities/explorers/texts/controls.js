// The controls of the explorer of texts.

import { facetControls } from "../common/facets.js";

/** @import { SetPicks } from "../common/types.js" */
/** @import { Facet, Field } from "../common/facets.js" */
/** @import { TextData } from "./types.js" */

/** @type {Facet[]} */
const FACETS = [["fields", "Policy fields"], ["kinds", "Show"]];
const WORDS = { type: "search", placeholder: "English, Deutsch, 中文" };
const YEAR = { type: "number", min: 1, max: 9999 };

/** @type {Field[]} */
const FIELDS = [
  { key: "words", label: "Words", attributes: WORDS },
  { key: "from", label: "From year", attributes: YEAR, name: "control year" },
  { key: "to", label: "To year", attributes: YEAR, name: "control year" },
];

/**
 * @param {TextData} data
 * @param {SetPicks} set
 */
export const textControls = (data, set) => facetControls(data, set, FACETS, FIELDS);
