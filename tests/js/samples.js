// Small data for the tests: two cities and their countries, as Python writes it.

/** @import * as numbers from "../../book/fourcities/explorers/numbers/types.js" */

/**
 * @param {string} key
 * @param {numbers.PackedRow[]} rows
 * @returns {numbers.PackedIndicator}
 */
function indicator(key, rows) {
  return {
    key,
    label: `The ${key}`,
    group: "2.1 Basic data",
    pattern: "{} person{s}",
    decimals: 0,
    definition: "People.",
    mind: "Mind the gap.",
    relate: ["per_1000", "share"],
    computed: false,
    rows,
  };
}

/** @returns {numbers.IndicatorData} */
export function twoCities() {
  const cities = ["bonn", "wuhan"];
  return {
    kind: "indicators",
    id: "sample",
    title: "Explorer: sample",
    choices: {
      cities: [["bonn", "Bonn"], ["wuhan", "Wuhan"]],
      indicator: [["asylum", "The asylum"], ["population", "The population"]],
      relate: [["absolute", "absolute"], ["per_1000", "per 1,000"], ["share", "share"]],
      period: [["all", "all periods"], ["latest", "latest"], ["2015", "2015"]],
      sort: [["report", "report order"], ["value", "value"], ["name", "name"]],
      view: [["bars", "bars"], ["table", "table"], ["profile", "profile"]],
    },
    value: {
      cities,
      indicator: "asylum",
      relate: "absolute",
      period: "all",
      sort: "report",
      view: "bars",
    },
    cite: ["A book.", "A report."],
    places: [...cities, "germany", "china"],
    names: ["Bonn", "Wuhan", "Germany", "China"],
    colours: ["#111", "#222"],
    flags: { b: "break in time series", e: "estimated" },
    where: { "Table 1": "basic-data.html#table-1" },
    ledger: "does-it-hold.html#ledger",
    country: { bonn: "germany", wuhan: "china" },
    relations: {
      per_1000: ["per 1,000", "{unit} per 1,000", "population", "", 1000, 2],
      share: ["share of the country", "{}% of the country", "", "country", 100, 2],
    },
    texts: ["", "Table 1", "e", "Rounded."],
    periods: [
      ["2015", "2015-01-01", "2015-12-31"],
      ["end of 2016", "2016-12-31", "2016-12-31"],
      ["year not stated", "", ""],
    ],
    indicators: [
      indicator("asylum", [
        [0, 50, 0, 0, 1],
        [0, 60, 1, 0, 1],
        [1, 1, 0, 0, 1],
        [2, 200, 0, 0, 1],
      ]),
      indicator("population", [
        [0, 1000, 1, 0, 1, 0, 3, 2],
        [1, 2000, 0, 0, 1],
      ]),
    ],
  };
}

/**
 * A row of an indicator.
 * @param {Partial<numbers.Row>} more
 * @returns {numbers.Row}
 */
export function rowOf(more = {}) {
  return {
    key: "asylum",
    label: "The asylum",
    place: "bonn",
    city: "Bonn",
    value: 1,
    period: "2015",
    start: "2015-01-01",
    end: "2015-12-31",
    detail: "1",
    origin: "Table 1",
    cited: "",
    note: "",
    flag: "",
    claim: "",
    qualifier: "",
    decimals: 0,
    pattern: "{} person{s}",
    ...more,
  };
}
