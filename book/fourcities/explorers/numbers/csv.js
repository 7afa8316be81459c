// The rows as a file.

import { written } from "../common/numbers.js";

/** @import { CsvCell } from "../common/types.js" */
/** @import { Absent, Indicator, IndicatorData, Picked, Row } from "./types.js" */

const HEAD = [
  "city",
  "indicator",
  "value",
  "written",
  "period",
  "printed",
  "computed_from",
  "stands_in",
  "cited",
  "flag",
  "flag_meaning",
  "note",
  "mind",
];

/**
 * @param {IndicatorData} data
 * @param {Picked[]} parts one for each indicator
 * @returns {CsvCell[][]}
 */
export function indicatorCsv(data, parts) {
  const rows = parts.flatMap(({ info, rows, absent }) => [
    ...rows.map((row) => valueLine(data, info, row)),
    ...absent.map((city) => absentLine(info, city)),
  ]);
  return [HEAD, ...rows];
}

/**
 * @param {IndicatorData} data
 * @param {Indicator} info
 * @param {Row} row
 * @returns {CsvCell[]}
 */
function valueLine(data, info, row) {
  return [
    row.city,
    info.label,
    row.value,
    written(row),
    row.period,
    info.computed ? "" : row.detail,
    info.computed ? row.detail : "",
    row.origin,
    row.cited,
    row.flag,
    data.flags[row.flag] ?? "",
    row.note,
    info.mind,
  ];
}

/**
 * @param {Indicator} info
 * @param {Absent} absent
 * @returns {CsvCell[]}
 */
function absentLine(info, [city, why]) {
  const empty = HEAD.slice(4, -1).map(() => "");
  return [city, info.label, "", why, ...empty, info.mind];
}
