// The controls of the explorer of indicators.

import { control, radios, select } from "../common/controls.js";
import { h } from "../common/dom.js";
import { labelsOf } from "../common/picks.js";
import { holds, wordsOf } from "../common/search.js";
import { allowed } from "./periods.js";

/** @import { Controls, Option, Say, SetPicks } from "../common/types.js" */
/** @import { IndicatorData, IndicatorPicks } from "./types.js" */

/** With more indicators than these there is a field to find one. */
const MANY = 12;

/**
 * @param {IndicatorData} data
 * @param {SetPicks} set
 * @param {Say} say
 * @returns {Controls}
 */
export function indicatorControls(data, set, say) {
  const labels = labelsOf([...data.choices.relate, ...data.choices.period]);
  const labelled = (/** @type {string[]} */ keys) =>
    keys.map((key) => /** @type {Option} */ ([key, labels[key]]));
  const indicator = indicatorPicker(data, set, say);
  const relate = select([], (key) => set({ relate: key }));
  const period = select([], (key) => set({ period: key }));
  const sort = select(data.choices.sort, (key) => set({ sort: key }));
  const view = radios("View", data.choices.view, (key) => set({ view: key }));
  const boxes = {
    relate: control("Relate it", relate.node),
    period: control("Period", period.node),
    sort: control("Sort by", sort.node),
  };
  const show = (/** @type {IndicatorPicks} */ picks) => {
    const isProfile = picks.view === "profile"; // of all indicators, in their order
    const { relate: relations, period: periods } = allowed(data, picks);
    indicator.show(picks.indicator, isProfile);
    relate.show(picks.relate, labelled(relations));
    period.show(picks.period, labelled(periods));
    sort.show(picks.sort);
    view.show(picks.view);
    boxes.relate.hidden = isProfile || relations.length < 2;
    boxes.period.hidden = isProfile || periods.length < 3; // one year is no choice
    boxes.sort.hidden = isProfile;
  };
  const { relate: relateBox, period: periodBox, sort: sortBox } = boxes;
  return { nodes: [indicator.nodes, relateBox, periodBox, sortBox, view.node], show };
}

/**
 * The list of indicators by section, and a field that finds in it.
 * @param {IndicatorData} data
 * @param {SetPicks} set
 * @param {Say} say
 */
function indicatorPicker(data, set, say) {
  const options = optionsOf(data);
  const labels = labelsOf(options);
  let matches = options;
  let current = "";

  const pick = (/** @type {string} */ key) => set({ indicator: key });
  const list = select(options, pick);
  const find = () => {
    matches = matching(data, options, field.value);
    const among = matches.some(([key]) => key === current);
    if (matches.length && !among) current = matches[0][0]; // shown at once
    list.show(current, matches.length ? matches : [currentOption()]);
    if (!among && matches.length) pick(current);
    say(foundWords(matches.length, options.length));
  };
  const currentOption = () => /** @type {Option} */ ([current, labels[current]]);
  const endSearch = () => {
    field.value = "";
    matches = options;
    list.show(current);
  };
  const endByEnter = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && matches.length) endSearch();
  };
  const field = h("input", {
    type: "search",
    placeholder: "Type a word",
    oninput: find,
    onkeydown: endByEnter,
  });

  const findBox = control("Find an indicator", field);
  const listBox = control("Indicator", list.node);
  const show = (/** @type {string} */ picked, /** @type {boolean} */ hidden) => {
    if (picked !== current) {
      current = picked;
      endSearch();
    }
    findBox.hidden = listBox.hidden = hidden;
  };
  const nodes = [
    options.length > MANY ? findBox : "",
    options.length > 1 ? listBox : "",
  ];
  return { nodes, show };
}

/**
 * The indicators with their sections as headings.
 * @param {IndicatorData} data
 * @returns {Option[]}
 */
function optionsOf(data) {
  const group = new Map(data.indicators.map((info) => [info.key, info.group]));
  return data.choices.indicator.map(([key, label]) => [key, label, group.get(key)]);
}

/**
 * The indicators with these words in label, section or definition.
 * @param {IndicatorData} data
 * @param {Option[]} options
 * @param {string} typed
 */
function matching(data, options, typed) {
  const words = wordsOf(typed);
  const definition = new Map(
    data.indicators.map((info) => [info.key, info.definition]),
  );
  return options.filter(([key, label, section = ""]) =>
    holds([label, section, definition.get(key) ?? ""], words)
  );
}

/**
 * @param {number} found
 * @param {number} all
 */
function foundWords(found, all) {
  if (!found) return "No indicator matches.";
  return `${found} of ${all} indicators match; the list holds them.`;
}
