// The panel for all verdicts of a reader: how many, whose, export, delete.

import { control } from "../common/controls.js";
import { button, h } from "../common/dom.js";
import { csvText, save } from "../common/download.js";
import { fmt } from "../common/numbers.js";
import { asCsv, forget, judgedRows, keeps, keepToo, kept, MOST } from "./verdicts.js";

/** @import { Say } from "../common/types.js" */
/** @import { JudgedData } from "./types.js" */

/**
 * @param {JudgedData} data
 * @param {Say} say
 * @param {() => void} changed for all rows
 */
export function panelOf(data, say, changed) {
  const [one, several] = data.noun;
  const summary = h("summary", {});
  const first = h("input", {
    type: "checkbox",
    onchange: () => {
      keepToo({ first: first.checked });
      changed();
    },
  });
  const name = h("input", {
    maxlength: MOST.name,
    autocomplete: "off",
    oninput: () => keepToo({ name: name.value }),
  });
  const take = button("Export as CSV", () => {
    save(fileName(), new Blob([csvText(asCsv(data))], { type: "text/csv" }));
    say("Your verdicts are in the file.");
  });
  const remove = button("Delete my verdicts", () => ask(true));
  const no = button("No, keep them", () => ask(false));
  const yes = button("Yes, delete all", () => {
    forget();
    name.value = "";
    ask(false);
    show();
    changed();
    say("Your verdicts are deleted.");
    summary.focus();
  });
  const buttons = h("div", { class: "quick" }, take, remove, yes, no);
  const ask = (/** @type {boolean} */ asking) => {
    for (const each of [take, remove]) each.hidden = asking;
    for (const each of [yes, no]) each.hidden = !asking;
    (asking ? no : remove).focus();
  };
  const show = () => {
    const judged = judgedRows(data).length;
    const counted = `${fmt(judged)} ${judged === 1 ? one : several}`;
    summary.textContent = judged ? `You have judged ${counted}` : "Judge for yourself";
    buttons.hidden = !judged;
  };
  ask(false);
  first.checked = kept().first;
  name.value = kept().name;
  const node = h(
    "details",
    { class: "own" },
    summary,
    h("p", {}, howTo()),
    h(
      "div",
      { class: "boxes" },
      h(
        "label",
        {},
        first,
        "Judge first: hide what the ledger says until I have judged",
      ),
    ),
    control("Name or initials, if the file should have them", name),
    buttons,
  );
  return { node, show };
}

/** What to do, and where it stays. */
function howTo() {
  const where = keeps()
    ? "It stays in this browser until you delete it"
    : "This browser keeps it only until you leave the page, so export it before";
  return "Choose rows by section or by a word: the other filters tell the answer. " +
    "Press “Judge it” in a row, choose a verdict and write your reason. " +
    `${where}; nothing is sent anywhere. The file is for your teacher or for you.`;
}

/** A class puts its files into one folder. */
function fileName() {
  const whose = kept().name.trim().replace(/[^\p{L}\p{N}]+/gu, "-");
  return `${["verdicts", whose].filter(Boolean).join("-")}.csv`;
}
