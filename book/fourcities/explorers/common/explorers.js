// The explorers of a script: in a notebook drawn by anywidget, on a published page
// woken.

import { render } from "./draw.js";
import { wake } from "./page.js";

/** @import { Kinds, Model, PageModel } from "./types.js" */

/**
 * What a script gives away.
 * @param {Kinds} kinds
 */
export function explorersOf(kinds) {
  /** @type {PageModel[]} */
  const awake = []; // explorers of a page share their cities
  return {
    /** @param {{model: Model, el: HTMLElement}} widget */
    render: (widget) => render(kinds, widget),
    wake: () => wake(kinds, awake),
  };
}
