// The form in which a reader judges a row. What is typed is kept at once.

import { control, select } from "../common/controls.js";
import { button, h } from "../common/dom.js";
import { labelsOf } from "../common/picks.js";
import { keepVerdict, MOST, saidOf } from "./verdicts.js";

/** @import { Option } from "../common/types.js" */
/** @import { JudgedData } from "./types.js" */
/** @import { Verdict } from "./verdicts.js" */

/** The pick that is no verdict. */
const NONE = "";

/**
 * The form, in a row of its own, as wide as the table.
 * @param {JudgedData} data
 * @param {string} key
 * @param {number} width
 * @param {() => void} tell
 * @param {() => void} done
 */
export function formRow(data, key, width, tell, done) {
  const { facet, meanings } = data.judged;
  const labels = labelsOf(data.choices[facet]);
  const before = saidOf(data, key);
  const note = h("p", { class: "status", role: "status" });
  const change = (/** @type {Partial<Verdict>} */ said) => {
    const outlives = keepVerdict(key, said);
    note.textContent = noteOf(saidOf(data, key), outlives);
    tell();
  };
  /** @type {Option[]} */
  const options = [[NONE, "not judged yet"]];
  for (const [value, meaning] of Object.entries(meanings)) {
    options.push([value, `${labels[value]}: ${meaning}`]);
  }
  const verdict = select(options, (value) => change({ verdict: value }));
  const reason = h("textarea", {
    rows: 3,
    maxlength: MOST.reason,
    oninput: () => change({ reason: reason.value }),
  });
  reason.value = before.reason;
  verdict.show(before.verdict);
  const box = h(
    "div",
    { class: "judging" },
    control("Your verdict", verdict.node),
    control("Your reason", reason),
    note,
    button("Done", done),
  );
  const cell = h("td", { role: "cell", colspan: width }, box);
  return h("tr", { role: "row", class: "own" }, cell);
}

/**
 * What became of what was typed.
 * @param {Verdict} said
 * @param {boolean} outlives the page
 */
function noteOf({ verdict, reason }, outlives) {
  if (!verdict && !reason) return "Nothing is kept.";
  if (!verdict) return "Choose a verdict as well: a reason alone is not exported.";
  return outlives ? "Kept in this browser." : "Kept until you leave the page.";
}
