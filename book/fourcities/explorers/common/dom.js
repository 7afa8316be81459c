// Elements from code: text stays text, whatever stands in it.

/** @import { Child } from "./types.js" */
/** @typedef {string | number | boolean | ((event: any) => void)} Attribute */

/**
 * An element with attributes and children. A name that starts with "on" is a listener;
 * true sets an empty attribute, false sets none.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, Attribute>} attributes
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (key === "style") node.style.cssText = String(value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false) node.setAttribute(key, String(value));
  }
  node.append(...flat(children));
  return node;
}

/**
 * Children without their nesting and without "".
 * @param {Child[]} children
 * @returns {(string | Node)[]}
 */
export function flat(children) {
  /** @type {(string | Node)[]} */
  const found = [];
  for (const child of children) {
    if (Array.isArray(child)) found.push(...flat(child));
    else if (child !== "") found.push(child);
  }
  return found;
}

/**
 * A name that no other control of the document has; a notebook may load this module
 * once for each explorer.
 */
export const unlike = () => `explorer-${Math.random().toString(36).slice(2)}`;

/**
 * A button with words.
 * @param {string} words
 * @param {() => void} onclick
 */
export const button = (words, onclick) =>
  h("button", { type: "button", onclick }, words);
