// Bars or a table of one indicator.

import { h } from "../common/dom.js";
import { flagCell, linkedPlaces } from "../common/evidence.js";
import { written } from "../common/numbers.js";
import { bookTable, leftOf, minding, missing, nobody, ROWS } from "../common/table.js";
import { marked } from "../common/words.js";
import { barCell, spanOf } from "./bars.js";
import { indicatorCsv } from "./csv.js";
import { minds } from "./minds.js";
import { pickedRows } from "./picked.js";
import { picture } from "./picture.js";
import { profileView } from "./profile.js";

/** @import { Child, View } from "../common/types.js" */
/** @import { Absent, IndicatorData, IndicatorPicks, Picked, Row } from "./types.js" */

/**
 * @param {IndicatorData} data
 * @param {IndicatorPicks} picks
 * @param {boolean} whole whether all of a long table is drawn
 * @returns {View}
 */
export function indicatorView(data, picks, whole) {
  if (picks.view === "profile") return profileView(data, picks, whole);
  const picked = pickedRows(data, picks);
  const { info, rows, absent } = picked;
  const bars = picks.view === "bars";
  const [lines, period] = minds(data, info, rows);
  const caption = period ? `${info.label}, ${period}` : info.label;
  const columns = columnsOf(info.computed, bars);

  const shown = whole ? rows : rows.slice(0, ROWS);
  const room = whole ? absent.length : ROWS - shown.length;
  const records = [
    ...(bars ? barRecords(data, picked, shown) : tableRecords(data, shown)),
    ...absent.slice(0, room).map((city) => absentRecord(city, columns)),
  ];
  const all = rows.length + absent.length;
  const table = bookTable(`${data.id}-table`, caption, columns, records);
  const draw = () => picture(data, caption, picked, lines);
  return {
    caption,
    left: leftOf(records.length, all, "rows"),
    node: [minding(lines), records.length ? table : nobody()],
    csv: () => indicatorCsv(data, [picked]),
    name: picks.indicator,
    picture: bars && rows.length ? draw : null,
  };
}

/**
 * @param {boolean} computed
 * @param {boolean} bars
 */
function columnsOf(computed, bars) {
  if (bars) return ["City", "Value", "Period", "Flag and note"];
  const detail = computed ? "Computed from" : "As printed";
  return ["City", "Value", detail, "Period", "Where it stands", "Flag and note"];
}

/**
 * @param {IndicatorData} data
 * @param {Picked} picked
 * @param {Row[]} shown
 * @returns {Child[][]}
 */
function barRecords(data, { info, rows }, shown) {
  const span = spanOf(rows);
  return shown.map((row) => {
    const inputs = info.computed ? [h("br", {}), h("small", {}, row.detail)] : "";
    const value = [barCell(data, row, span), written(row), inputs];
    return [row.city, value, row.period, flagCell(data, row, true)];
  });
}

/**
 * @param {IndicatorData} data
 * @param {Row[]} shown
 * @returns {Child[][]}
 */
function tableRecords(data, shown) {
  return shown.map((row) => {
    const cited = row.cited ? `; ${row.cited}` : "";
    const stands = [linkedPlaces(data, row.origin), cited];
    const flag = flagCell(data, row, false);
    return [row.city, written(row), marked(row.detail), row.period, stands, flag];
  });
}

/**
 * @param {Absent} absent
 * @param {string[]} columns
 * @returns {Child[]}
 */
function absentRecord([city, why], columns) {
  return [city, missing(why), ...columns.slice(2).map(() => "–")];
}
