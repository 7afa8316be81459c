// Controls: each shows what is picked and tells what a reader picks.

import { h, unlike } from "./dom.js";
import { fold } from "./search.js";
import { unique } from "./words.js";

/** @import { Child, Option } from "./types.js" */

/**
 * A control with its label.
 * @param {string} label
 * @param {HTMLElement} node
 * @param {Record<string, string>} more attributes of the box around both
 */
export function control(label, node, more = {}) {
  node.id = unlike();
  const words = h("label", { for: node.id }, label);
  return h("div", { class: "control", ...more }, words, node);
}

/** More boxes than these get a field to find one. */
const MANY_BOXES = 16;

/**
 * @typedef {object} CheckboxesOptions
 * @property {(picked: string[]) => void} onpick
 * @property {((key: string) => string) | false} [swatch] the colour of an option
 * @property {[words: string, keys: string[]][]} [buttons] that pick several at once
 */

/**
 * A box for each option, of which several can be picked.
 * @param {string} legend
 * @param {Option[]} options
 * @param {CheckboxesOptions} more
 * @returns {{node: HTMLElement, show: (picked: string[]) => void}}
 */
export function checkboxes(legend, options, { onpick, swatch = false, buttons = [] }) {
  const tell = () => onpick(boxes.filter((box) => box.checked).map((box) => box.value));
  const boxes = options.map(([key]) =>
    h("input", { type: "checkbox", value: key, onchange: tell })
  );
  const labels = options.map(([key, label], n) =>
    h("label", {}, boxes[n], swatch ? swatchOf(swatch(key)) : "", label)
  );
  const quick = buttons.map(([words, keys]) =>
    h("button", { type: "button", onclick: () => onpick(keys) }, words)
  );
  const node = h(
    "fieldset",
    {},
    h("legend", {}, legend),
    quick.length ? h("div", { class: "quick" }, quick) : "",
    labels.length > MANY_BOXES
      ? searchable(legend, options, labels)
      : h("div", { class: "boxes" }, labels),
  );
  const show = (/** @type {string[]} */ picked) => {
    const on = new Set(picked);
    for (const box of boxes) box.checked = on.has(box.value);
  };
  return { node, show };
}

/** @param {string} colour */
function swatchOf(colour) {
  return h("i", { class: "swatch", style: `background:${colour}` });
}

/**
 * A long list with a field to find in it.
 * @param {string} legend
 * @param {Option[]} options
 * @param {HTMLElement[]} labels one for each option
 * @returns {Child[]}
 */
function searchable(legend, options, labels) {
  const list = h("div", { class: "boxes many" }, inParts(labels));
  const find = () => {
    const word = fold(field.value);
    const found = labels.filter((_, n) => fold(options[n][1]).includes(word));
    list.replaceChildren(...inParts(found));
  };
  const field = h("input", {
    type: "search",
    "aria-label": `Find in ${legend}`,
    placeholder: "Find …",
    oninput: find,
  });
  return [field, list];
}

/** A long list has parts of so many: the browser paints only those in view. */
const PART = 40;

/** @param {HTMLElement[]} nodes */
function inParts(nodes) {
  const parts = [];
  for (let start = 0; start < nodes.length; start += PART) {
    parts.push(h("div", { class: "part" }, nodes.slice(start, start + PART)));
  }
  return parts;
}

/**
 * A list of which one can be picked. What it offers may change from pick to pick.
 * @param {Option[]} options
 * @param {(key: string) => void} onpick
 */
export function select(options, onpick) {
  const node = h("select", { onchange: () => onpick(node.value) });
  let shown = "";
  const show = (/** @type {string} */ value, list = options) => {
    const wanted = JSON.stringify(list);
    if (wanted !== shown) node.replaceChildren(...itemsOf(list));
    shown = wanted;
    node.value = value;
  };
  return { node, show };
}

/**
 * Options of a list, under their headings if they have any.
 * @param {Option[]} list
 */
function itemsOf(list) {
  const headings = unique(list.map(([, , heading]) => heading));
  return headings.flatMap((heading) => {
    const items = list
      .filter((option) => option[2] === heading)
      .map(([key, label]) => h("option", { value: key }, label));
    return heading ? [h("optgroup", { label: heading }, items)] : items;
  });
}

/**
 * A button for each option, of which one is picked.
 * @param {string} legend
 * @param {Option[]} options
 * @param {(key: string) => void} onpick
 */
export function radios(legend, options, onpick) {
  const group = unlike();
  const buttons = options.map(([key]) => {
    const onchange = () => onpick(key);
    return h("input", { type: "radio", name: group, value: key, onchange });
  });
  const labels = options.map(([, label], n) => h("label", {}, buttons[n], label));
  const boxes = h("div", { class: "boxes" }, labels);
  const show = (/** @type {string} */ value) => {
    for (const button of buttons) button.checked = button.value === value;
  };
  return { node: h("fieldset", {}, h("legend", {}, legend), boxes), show };
}
