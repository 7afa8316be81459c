// On a published page: wakes up the explorers whose HTML stands there.

import { render } from "./draw.js";
import { askedFor, linkTo, placeOf } from "./links.js";
import { rememberCities, rememberedCities } from "./memory.js";
import { clean, keysOf } from "./picks.js";
import { listOf, unique } from "./words.js";

/** @import { Data, Kind, Kinds, PageModel, Picks } from "./types.js" */
/** @typedef {HTMLElement & {explorer?: PageModel}} Sleeping */

/**
 * @param {Kinds} kinds
 * @param {PageModel[]} models of the explorers that are awake
 */
export function wake(kinds, models) {
  /** @type {NodeListOf<Sleeping>} */
  const sleeping = document.querySelectorAll(".explorer:not(.awake)");
  for (const el of sleeping) {
    /** @type {Data} */
    const data = JSON.parse(el.querySelector("script")?.textContent ?? "");
    wakeOne(kinds, models, el, data);
  }
}

/**
 * @param {Kinds} kinds
 * @param {PageModel[]} models
 * @param {Sleeping} el
 * @param {Data} data
 */
function wakeOne(kinds, models, el, data) {
  const kind = kinds[data.kind];
  kind.complete?.(data);
  const wish = { ...remembered(data), ...askedFor(data, location.search) };
  const [value, unknown] = clean(data, wish, kind.allowed);
  const model = modelOf(data, kind, value, models);
  models.push(model);
  const page = {
    link: (/** @type {Picks} */ picks) =>
      linkTo(data, picks, placeOf(location.href, "")),
    alone: (/** @type {Picks} */ picks) =>
      linkTo(data, picks, placeOf(location.href, data.id), ""),
    notice: noticeOf(unknown),
  };
  model.link = () => page.link(model.get("value"));
  el.explorer = model;
  followHash(el, data, kind, model);
  render(kinds, { model, el, page });
  mark(el, data, kind);
}

/**
 * The cities picked last, those of them that this explorer has.
 * @param {Data} data
 * @returns {Picks}
 */
function remembered(data) {
  if (!data.choices.cities) return {};
  const wanted = new Set(rememberedCities());
  const cities = keysOf(data.choices.cities).filter((key) => wanted.has(key));
  return cities.length ? { cities } : {};
}

const NAMED = 5; // picks in the notice
const LETTERS = 40; // of each

/**
 * What an address asks for that does not exist, in a sentence, or "".
 * @param {string[]} unknown
 */
function noticeOf(unknown) {
  if (!unknown.length) return "";
  const picks = unique(unknown).slice(0, NAMED);
  const names = picks.map((pick) => `“${pick.slice(0, LETTERS)}”`);
  return `This link asks for ${listOf(names)}, which this explorer does not have. ` +
    "The rest of the choice is shown.";
}

/**
 * Picks that show the row that the address names; the same ones if it names none.
 * @param {Data} data
 * @param {Kind<any, any>} kind
 * @param {Picks} picks
 * @returns {Picks}
 */
function revealing(data, kind, picks) {
  return kind.revealing?.(data, picks, location.hash) ?? picks;
}

/**
 * A model that shows picks at once, in this explorer and, of cities, in all others.
 * @param {Data} data
 * @param {Kind<any, any>} kind
 * @param {Picks} value
 * @param {PageModel[]} models
 * @returns {PageModel}
 */
function modelOf(data, kind, value, models) {
  /** @type {(() => void)[]} */
  const handlers = [];
  const state = { data, value: revealing(data, kind, value) };
  const address = addressBar(data, () => state.value);
  /** @type {PageModel} */
  const model = {
    get: (key) => state[key],
    save_changes() {},
    on: (_, handler) => handlers.push(handler),
    show: (picks) => {
      state.value = picks;
      for (const handler of handlers) handler();
    },
    set: (_, picks) => {
      const { cities } = picks;
      const same = String(cities) === String(state.value.cities);
      const others = same ? [] : models.filter((other) => other !== model);
      if (cities?.length) rememberCities(/** @type {string[]} */ (cities));
      model.show(picks);
      for (const other of others) {
        const theirs = other.get("value");
        if (theirs.cities) other.show({ ...theirs, cities });
      }
      address.later();
    },
  };
  return model;
}

const AFTER_PAINTING = 300; // milliseconds

/**
 * Writes the picks into the address of the page, a moment after a pick is painted:
 * writing takes longer than drawing. A link followed in that moment keeps its place.
 * @param {Data} data
 * @param {() => Picks} picks
 */
function addressBar(data, picks) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let before = "";
  const write = () => {
    const hash = location.hash === before ? data.id : location.hash;
    try {
      history.replaceState(null, "", linkTo(data, picks(), location.href, hash));
    } catch {
      // some browsers refuse it for files
    }
  };
  const later = () => {
    clearTimeout(waiting);
    before = location.hash;
    waiting = setTimeout(() => {
      waiting = undefined;
      write();
    }, AFTER_PAINTING);
  };
  addEventListener("pagehide", () => {
    if (waiting !== undefined) write();
  });
  return { later };
}

/**
 * A row that the address names is shown, whatever the picks.
 * @param {Sleeping} el
 * @param {Data} data
 * @param {Kind<any, any>} kind
 * @param {PageModel} model
 */
function followHash(el, data, kind, model) {
  addEventListener("hashchange", () => {
    if (kind.names?.(data, location.hash)) {
      model.show(revealing(data, kind, model.get("value")));
    }
    mark(el, data, kind);
  });
}

/**
 * Marks the row that the address names, and goes there.
 * @param {Sleeping} el
 * @param {Data} data
 * @param {Kind<any, any>} kind
 */
function mark(el, data, kind) {
  el.querySelector("tr.target")?.classList.remove("target");
  if (!kind.names?.(data, location.hash)) return;
  const row = document.getElementById(location.hash.slice(1));
  if (!row) return;
  row.classList.add("target");
  row.tabIndex = -1;
  row.focus({ preventScroll: true }); // the next Tab goes on from here
  row.scrollIntoView({ block: "center", behavior: "instant" });
}
