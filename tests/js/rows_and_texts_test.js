// Rows of a table and entries of texts that fit the picks.

import { deepEqual, equal } from "node:assert/strict";
import { fitting } from "../../book/fourcities/explorers/common/filters.js";
import {
  filtersOf,
  names,
  partsOf,
  plain,
  revealing,
  widest,
} from "../../book/fourcities/explorers/rows/rows.js";
import { ADDRESS } from "../../book/fourcities/explorers/rows/view.js";
import {
  overlap,
  pickedEntries,
} from "../../book/fourcities/explorers/texts/entries.js";

/** @import { TableData } from "../../book/fourcities/explorers/rows/types.js" */
/** @import * as texts from "../../book/fourcities/explorers/texts/types.js" */

/** @type {TableData} */
const CLAIMS = {
  kind: "table",
  id: "claims",
  title: "Explorer: claims",
  cite: ["A book.", "A report."],
  choices: {
    status: [["holds", "holds"], ["open", "open"]],
    section: [["any", "any section"], ["2", "2 Economy"]],
  },
  value: { status: ["holds", "open"], section: "any", words: "" },
  facets: [["status", "Status", "several"], ["section", "Section", "one"]],
  columns: ["Claim", "Where"],
  rows: [
    ["a", ["Growth", ["See ", ["Table 2", "economy.html#table-2"], "."]], [
      ["holds"],
      ["any", "2"],
    ]],
    ["b", ["户籍", "Section 3"], [[], ["any"]]],
    ["c", ["Köln", "Section 2"], [["open"], ["2"]]],
  ],
  caption: "Claims",
  notes: [],
  noun: ["claim", "claims"],
  phrases: {},
};

/** @param {Record<string, string | string[]>} picks */
const keysFor = (picks) =>
  fitting(CLAIMS.rows, filtersOf(CLAIMS, { ...CLAIMS.value, ...picks }))
    .map(([key]) => key)
    .join("");

Deno.test("a row fits by values and words; without a value it fits any pick", () => {
  equal(keysFor({}), "ab");
  equal(keysFor({ section: "2" }), "ac");
  equal(keysFor({ status: ["open"] }), "b");
  equal(keysFor({ words: "TABLE 2" }), "a");
  equal(keysFor({ section: "2", words: "koln" }), "c");
});

Deno.test("a cell is a text, or texts with addresses", () => {
  const [, [, cell]] = CLAIMS.rows[0];
  deepEqual(partsOf("x"), [["x", ""]]);
  deepEqual(partsOf(cell)[1], ["Table 2", "economy.html#table-2"]);
  equal(plain(cell), "See Table 2.");
});

Deno.test("only an address within the book is a link", () => {
  const inside = ["economy.html", "#table-2", "a/b.html?x=1#y", "economy.html#table-2"];
  const outside = [
    "",
    "javascript:x",
    "https://example.org",
    "//x",
    "/etc",
    "../x.html",
  ];
  deepEqual(inside.filter((address) => !ADDRESS.test(address)), []);
  deepEqual(outside.filter((address) => ADDRESS.test(address)), []);
});

Deno.test("a row that the address names is shown, whatever the picks", () => {
  equal(names(CLAIMS, "#claims-c"), true);
  equal(names(CLAIMS, "#claims-x"), false);
  const picks = { status: ["open"], section: "any", words: "x" };
  const wide = { status: ["holds", "open"], section: "2", words: "" };
  deepEqual(revealing(CLAIMS, picks, "#claims-c"), wide);
  deepEqual(widest(CLAIMS, CLAIMS.rows[0]), CLAIMS.value);
  equal(revealing(CLAIMS, picks, "#claims-x"), picks);
  equal(revealing(CLAIMS, wide, "#claims-c"), wide);
});

Deno.test("spans with open ends have years in common or not", () => {
  equal(overlap([2010, 2012], [2012, null]), true);
  equal(overlap([2010, 2012], [2013, null]), false);
  equal(overlap([null, 2012], [null, 1900]), true);
  equal(overlap([2010, null], [2009, 2009]), false);
});

/**
 * @param {string} name
 * @param {texts.Span[]} spans
 * @returns {texts.PackedEntry}
 */
const policy = (name, spans) => [
  "policies",
  "general",
  ["bonn"],
  name,
  "",
  "",
  "",
  spans,
  "Table 5",
  ["For refugees."],
  "",
  "",
  "",
];

Deno.test("entries are picked by words and years; undated ones are counted", () => {
  /** @type {texts.TextData} */
  const data = {
    kind: "texts",
    id: "texts",
    title: "Explorer: texts",
    cite: ["A book.", "A report."],
    choices: {},
    value: {},
    places: ["bonn"],
    names: ["Bonn"],
    colours: ["#111"],
    flags: {},
    where: {},
    ledger: "",
    notes: [],
    noun: ["entry", "entries"],
    phrases: {},
    entries: [policy("Plan", [[2014, 2014]]), policy("Law", [])],
  };
  const picks = {
    cities: ["bonn"],
    fields: ["general"],
    kinds: ["policies"],
    words: "",
  };
  const found = (/** @type {Partial<texts.TextPicks>} */ more) => {
    const { shown, undated } = pickedEntries(data, {
      ...picks,
      from: "",
      to: "",
      ...more,
    });
    return [shown.map((entry) => entry.name).join(), undated];
  };
  deepEqual(found({}), ["Plan,Law", 0]);
  deepEqual(found({ words: "REFUGEES law" }), ["Law", 0]);
  deepEqual(found({ from: "2013" }), ["Plan", 1]);
  deepEqual(found({ to: "2013" }), ["", 1]);
  deepEqual(found({ cities: [] }), ["", 0]);
});
