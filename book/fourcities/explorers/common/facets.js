// Controls for rows that are picked by what they have: boxes, lists and typed words.

import { checkboxes, control, select } from "./controls.js";
import { h } from "./dom.js";
import { keysOf } from "./picks.js";

/** @import { Child, Controls, Data, Picks, SetPicks } from "./types.js" */

/**
 * A facet: "one" value is picked by a list; all other kinds have checkboxes, and those
 * with a name also buttons for all and none.
 * @typedef {[key: string, label: string, kind?: string]} Facet
 */

/**
 * A field for typing: the attributes of the field, and the class of its box.
 * @typedef {object} Field
 * @property {string} key
 * @property {string} label
 * @property {Record<string, string | number>} attributes
 * @property {string} [name]
 */

/**
 * A control of either sort, and the pick that it shows.
 * @typedef {{key: string, node: Child, show: (pick: any) => void}} Part
 */

/**
 * @param {Data} data
 * @param {SetPicks} set
 * @param {Facet[]} facets
 * @param {Field[]} fields
 * @returns {Controls}
 */
export function facetControls(data, set, facets, fields) {
  const picked = facets.map((facet) => facetPart(data, set, facet));
  const typed = fields.map((field) => typedPart(set, field));
  const parts = [...picked, ...typed];
  const show = (/** @type {Picks} */ picks) => {
    for (const part of parts) part.show(picks[part.key]);
  };
  return { nodes: parts.map((part) => part.node), show };
}

/**
 * @param {Data} data
 * @param {SetPicks} set
 * @param {Facet} facet
 * @returns {Part}
 */
function facetPart(data, set, [key, label, kind]) {
  const options = data.choices[key];
  const onpick = (/** @type {string | string[]} */ pick) => set({ [key]: pick });
  if (kind === "one") {
    const { node, show } = select(options, onpick);
    const box = control(label, node);
    return { key, show, node: options.length < 2 ? "" : box };
  }
  /** @type {[string, string[]][]} */
  const buttons = kind ? [["All", keysOf(options)], ["None", []]] : [];
  const { node, show } = checkboxes(label, options, { onpick, buttons });
  return { key, show, node: options.length < 2 ? "" : node };
}

/**
 * @param {SetPicks} set
 * @param {Field} field
 * @returns {Part}
 */
function typedPart(set, { key, label, attributes, name = "control" }) {
  const oninput = () => set({ [key]: box.value });
  const box = h("input", { ...attributes, oninput });
  const show = (/** @type {string} */ text) => {
    if (box.value !== text) box.value = text; // the cursor stays where it is
  };
  return { key, show, node: control(label, box, { class: name }) };
}
