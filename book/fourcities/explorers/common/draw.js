// Draws an explorer: controls, status, the table of its kind, and what can be taken
// away.

import { checkboxes } from "./controls.js";
import { button, flat, h } from "./dom.js";
import { clean, keysOf, settle } from "./picks.js";
import { colourOf } from "./places.js";
import { takeAway } from "./take.js";

/** @import { Data, Kinds, Model, OfPlaces, Page, Picks } from "./types.js" */
/** @import { SetPicks, View } from "./types.js" */

/**
 * Draws an explorer into an element and again after each pick. Returns a function that
 * ends this.
 * @param {Kinds} kinds
 * @param {{model: Model, el: HTMLElement, page?: Page}} context
 */
export function render(kinds, { model, el, page }) {
  /** @type {Data} */
  const data = { ...model.get("data"), page };
  const kind = kinds[data.kind];
  /** @type {View} */
  let view;
  const status = h("p", { class: "status", role: "status" });
  const out = h("div", { class: "explorer-view", tabindex: -1 });

  const picks = () => clean(data, model.get("value"), kind.allowed)[0];
  /** @type {SetPicks} */
  const set = (change) => {
    const next = { ...picks(), ...change };
    settle(data, next, kind.allowed);
    model.set("value", next);
    model.save_changes();
  };
  const say = (/** @type {string} */ words) => {
    status.textContent = words;
  };
  const cities = cityBoxes(data, set);
  const own = kind.controls(data, set, say);
  const take = takeAway(data, () => view, picks, say);

  const draw = (whole = false) => {
    const first = !view;
    const now = picks();
    cities?.show(/** @type {string[]} */ (now.cities));
    own.show(now);
    view = kind.view(data, now, whole);
    out.replaceChildren(...flat([view.node, rest(view)]));
    take.show();
    if (first) return;
    take.hideCopied();
    say(`Shown: ${view.caption}.`);
  };
  const rest = (/** @type {View} */ { left }) => {
    const showAll = () => {
      draw(true);
      out.focus();
    };
    return left ? h("p", {}, `${left}. `, button("Show all", showAll)) : "";
  };
  const redraw = () => draw();

  el.classList.add("explorer", "awake");
  const controls = h("div", { class: "controls" }, cities?.node ?? "", own.nodes);
  el.replaceChildren(controls, status, out, take.node);
  redraw();
  if (page?.notice) say(page.notice);
  model.on("change:value", redraw);
  return () => model.off?.("change:value", redraw);
}

/**
 * The boxes of the cities, with a button for each country where there are several.
 * @param {Data & Partial<OfPlaces>} data
 * @param {SetPicks} set
 */
function cityBoxes(data, set) {
  const options = data.choices.cities;
  if (!options) return null;
  const countries = data.countries ?? [];
  return checkboxes("Cities", options, {
    onpick: (cities) => set({ cities }),
    swatch: hasColours(data) && ((place) => colourOf(data, place)),
    buttons: [
      ["All", keysOf(options)],
      ...(countries.length > 1 ? countries : []),
      ["None", []],
    ],
  });
}

/**
 * @param {Data & Partial<OfPlaces>} data
 * @returns {data is Data & OfPlaces}
 */
const hasColours = (data) => data.colours !== undefined;
