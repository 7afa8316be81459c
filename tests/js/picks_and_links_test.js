// Picks, their links, and cells of files.

import { deepEqual, equal } from "node:assert/strict";
import { csvCell, csvText } from "../../book/fourcities/explorers/common/download.js";
import {
  askedFor,
  fromLink,
  inLink,
  linkTo,
  placeOf,
} from "../../book/fourcities/explorers/common/links.js";
import { clean, settle } from "../../book/fourcities/explorers/common/picks.js";
import { allowed } from "../../book/fourcities/explorers/numbers/periods.js";
import { twoCities } from "./samples.js";

/** @import { Option } from "../../book/fourcities/explorers/common/types.js" */

/** @type {Option[]} */
const MANY = Array.from({ length: 100 }, (_, n) => [`c${n}`, `City ${n}`]);
const KEYS = MANY.map(([key]) => key);

Deno.test("a cell is quoted, and no cell is a formula", () => {
  equal(csvCell(1.5), "1.5");
  equal(csvCell('say "yes"'), '"say ""yes"""');
  deepEqual(["=cmd()", "+1", "-1", "@a", "\ta", "\ra"].map(csvCell), [
    `"'=cmd()"`,
    `"'+1"`,
    `"'-1"`,
    `"'@a"`,
    `"'\ta"`,
    `"'\ra"`,
  ]);
  for (const bad of [" =1", "\u3000@a", "＝1", "＋1", "－1", "＠a"]) {
    equal(csvCell(bad), `"'${bad}"`);
  }
  equal(csvCell("a=b"), '"a=b"');
  equal(csvText([["a", 1], ["b", 2]]), '\ufeff"a",1\r\n"b",2\r\n');
});

Deno.test("a link tells the names, or of many those left out", () => {
  equal(inLink(MANY, KEYS.slice(0, 3)), "c0,c1,c2");
  equal(inLink(MANY, KEYS), "all");
  equal(inLink(MANY, KEYS.slice(2)), "all,-c0,-c1");
  equal(inLink(MANY, KEYS.slice(0, 41)).split(",").length, 41);
  for (const picks of [KEYS, KEYS.slice(2), KEYS.slice(0, 41), [], ["c7"]]) {
    deepEqual(fromLink(MANY, inLink(MANY, picks)), picks);
  }
  deepEqual(fromLink(MANY.slice(0, 2), "all,-c0,-x"), ["c1", "-x"]);
});

Deno.test("an address brings the picks back", () => {
  const data = twoCities();
  const picks = { ...data.value, cities: ["wuhan"], indicator: "population" };
  const link = linkTo(data, picks, "https://example.org/a.html?x=1#y");
  equal(link.startsWith("https://example.org/a.html?x=1&sample.cities=wuhan&"), true);
  equal(link.endsWith("#sample"), true);
  deepEqual(askedFor(data, new URL(link).search), picks);
  deepEqual(askedFor(data, "?other.cities=bonn"), {});
  const both = linkTo(data, { cities: ["bonn", "wuhan"] }, "https://example.org/", "z");
  equal(both, "https://example.org/?sample.cities=bonn,wuhan#z");
});

Deno.test("between picks of an address stands & or ;", () => {
  const data = twoCities();
  const asked = { cities: ["wuhan"], view: "table" };
  const link = linkTo(data, asked, "https://example.org/").replaceAll("&", ";");
  deepEqual(askedFor(data, new URL(link).search), asked);
  const again = linkTo(data, { view: "bars" }, link);
  equal(again, "https://example.org/?sample.cities=wuhan&sample.view=bars#sample");
});

Deno.test("the address of an explorer alone, and that of its page", () => {
  const alone = placeOf("https://example.org/a.html?x=1#y", "sample");
  equal(alone, "https://example.org/a.html?x=1&embed=sample#y");
  equal(placeOf(alone, "other"), alone.replace("sample", "other"));
  equal(placeOf(alone, ""), "https://example.org/a.html?x=1#y");
});

Deno.test("of what is asked for only that is picked which exists", () => {
  const data = twoCities();
  const wish = { cities: ["x", "wuhan"], indicator: "y", sort: "name", more: "z" };
  deepEqual(clean(data, wish, allowed), [
    { ...data.value, cities: ["wuhan"], sort: "name" },
    ["x", "y"],
  ]);
  deepEqual(clean(data, { cities: ["x"] }, allowed)[0].cities, ["bonn", "wuhan"]);
  deepEqual(clean(data, { cities: [] }, allowed)[0].cities, []);
  deepEqual(clean(data, {}, allowed), [data.value, []]);
});

Deno.test("a period that an indicator does not have gives way", () => {
  const data = twoCities();
  const wish = { indicator: "population", period: "latest" };
  const [picks, unknown] = clean(data, wish, allowed);
  deepEqual([picks.period, unknown], ["all", ["latest"]]);
  const next = { ...data.value, relate: "per_1000", period: "1900" };
  deepEqual(settle(data, next, allowed), [["period", "1900"]]);
  deepEqual([next.relate, next.period], ["per_1000", "all"]);
});

Deno.test("typed words are cut, and a year has four digits", () => {
  const data = { ...twoCities(), value: { words: "", from: "", to: "" } };
  const wish = { words: "a".repeat(300), from: "2015", to: "20155" };
  const [picks] = clean(data, wish);
  deepEqual([picks.words.length, picks.from, picks.to], [200, "2015", ""]);
});
