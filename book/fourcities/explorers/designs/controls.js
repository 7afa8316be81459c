// The controls of designs of comparison: conditions, outcome, and a code of one cell.

import { checkboxes, control, select } from "../common/controls.js";
import { button } from "../common/dom.js";
import { keysOf, labelsOf } from "../common/picks.js";
import { matrixOf, MOST } from "./matrix.js";

/** @import { Controls, Option, SetPicks } from "../common/types.js" */
/** @import { DesignData, DesignPicks } from "./types.js" */

/**
 * @param {DesignData} data
 * @param {SetPicks} set
 * @returns {Controls}
 */
export function designControls(data, set) {
  const conditions = checkboxes("Conditions", data.choices.conditions, {
    onpick: (picked) => set({ conditions: picked }),
    buttons: [["All", keysOf(data.choices.conditions)], ["None", []]],
  });
  const outcome = select(data.choices.outcome, (key) => set({ outcome: key }));
  const recoding = recodingControls(data, set);
  const show = (/** @type {DesignPicks} */ picks) => {
    conditions.show(picks.conditions);
    outcome.show(picks.outcome);
    recoding.show(picks);
  };
  const nodes = [conditions.node, control("Outcome", outcome.node), recoding.nodes];
  return { nodes, show };
}

/**
 * A list of cells, a list of codes for the cell that is chosen, and a way back. A cell
 * that a link has recoded is chosen at first.
 * @param {DesignData} data
 * @param {SetPicks} set
 * @returns {Controls}
 */
function recodingControls(data, set) {
  let cell = "";
  let recode = /** @type {string[]} */ ([]);
  const chooseCell = (/** @type {string} */ key) => {
    cell = key;
    showCode();
  };
  const chooseCode = (/** @type {string} */ key) => {
    const others = recode.filter((change) => !isOf(cell, change));
    set({ recode: key ? [...others, key] : others });
  };
  const where = select([], chooseCell);
  const code = select([], chooseCode);
  const undo = button("Report's codes again", () => {
    set({ recode: [] });
    where.node.focus(); // the button is gone
  });
  const cellBox = control("Recode: city and condition", where.node);
  const codeBox = control("Code", code.node);
  const showCode = () => {
    const change = recode.find((key) => isOf(cell, key)) ?? "";
    code.show(change, codesOf(data, cell));
  };
  const show = (/** @type {DesignPicks} */ picks) => {
    const cells = cellsOf(data, picks);
    const added = picks.recode.filter((change) => !recode.includes(change));
    const changed = keysOf(cells).find((key) =>
      added.some((change) => isOf(key, change))
    );
    cell = changed ?? (keysOf(cells).includes(cell) ? cell : keysOf(cells)[0] ?? "");
    recode = picks.recode;
    where.show(cell, cells);
    showCode();
    undo.hidden = !recode.length;
    cellBox.hidden = codeBox.hidden = !cells.length;
  };
  return { nodes: [cellBox, codeBox, undo], show };
}

/**
 * Whether a change is one of this cell.
 * @param {string} cell
 * @param {string} change
 */
const isOf = (cell, change) => change.startsWith(`${cell}.`);

/**
 * The cells that can be recoded; of too many cities none is.
 * @param {DesignData} data
 * @param {DesignPicks} picks
 * @returns {Option[]}
 */
function cellsOf(data, picks) {
  if (picks.cities.length > MOST) return [];
  const labels = labelsOf(data.choices.conditions);
  const names = labelsOf(data.choices.cities);
  return matrixOf(data, picks).flatMap(([dimension]) =>
    picks.cities.map((city) => /** @type {Option} */ ([
      `${city}.${dimension}`,
      `${names[city]}: ${labels[dimension]}`,
    ]))
  );
}

/**
 * The codes that a cell can have, the report's first.
 * @param {DesignData} data
 * @param {string} cell
 * @returns {Option[]}
 */
function codesOf(data, cell) {
  const others = data.choices.recode.filter(([key]) => isOf(cell, key));
  return [["", `${reportsCode(data, cell)} (the report)`], ...others];
}

/**
 * @param {DesignData} data
 * @param {string} cell
 */
function reportsCode(data, cell) {
  if (!cell) return "";
  const [city, dimension] = cell.split(".");
  return data.codes[dimension][keysOf(data.choices.cities).indexOf(city)][0];
}
