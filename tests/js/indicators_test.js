// The rows of an indicator: unpacked, divided, picked by period, put into a file.

import { deepEqual, equal } from "node:assert/strict";
import { barOf, spanOf } from "../../book/fourcities/explorers/numbers/bars.js";
import { indicatorCsv } from "../../book/fourcities/explorers/numbers/csv.js";
import { minds } from "../../book/fourcities/explorers/numbers/minds.js";
import { allowed, ofPeriod } from "../../book/fourcities/explorers/numbers/periods.js";
import { pickedRows } from "../../book/fourcities/explorers/numbers/picked.js";
import { wrapped } from "../../book/fourcities/explorers/numbers/picture.js";
import {
  nearest,
  ratio,
  related,
} from "../../book/fourcities/explorers/numbers/relate.js";
import { indicatorOf, rowsOf } from "../../book/fourcities/explorers/numbers/rows.js";
import { rowOf, twoCities } from "./samples.js";

/** @import * as numbers from "../../book/fourcities/explorers/numbers/types.js" */

/** @type {numbers.IndicatorPicks} */
const PICKS = {
  cities: ["bonn", "wuhan"],
  indicator: "asylum",
  relate: "absolute",
  period: "all",
  sort: "report",
  view: "table",
};

Deno.test("what was left out of a row is filled in", () => {
  const [row] = rowsOf(twoCities(), "population");
  deepEqual(row, {
    ...rowOf({ key: "population", label: "The population", value: 1000 }),
    period: "end of 2016",
    start: "2016-12-31",
    end: "2016-12-31",
    detail: "1,000",
    note: "Rounded.",
    flag: "e",
  });
});

Deno.test("the denominator is the one that ends nearest", () => {
  const early = rowOf({ end: "2014-12-31" });
  const late = rowOf({ end: "2017-12-31" });
  const undated = rowOf({ end: "" });
  equal(nearest([late, early], rowOf()), early);
  equal(nearest([early, late], rowOf({ end: "2016-12-31" })), late);
  equal(nearest([early, undated], rowOf({ end: "" })), undated);
  equal(nearest([undated], rowOf()), undated);
});

Deno.test("the report's own figures go with each other", () => {
  const own = rowOf({ end: "2010-12-31" });
  const added = rowOf({ origin: "Statistikamt 2015" });
  equal(nearest([own, added], rowOf()), own);
  equal(nearest([own, added], rowOf({ origin: "Another 2015" })), added);
  equal(nearest([added], rowOf()), added);
});

Deno.test("a ratio says what it is computed from, and of which years", () => {
  const top = rowOf({ value: 50, qualifier: "about" });
  const bottom = rowOf({
    label: "Population",
    value: 1000,
    period: "end of 2016",
    end: "2016-12-31",
    origin: "Section 2",
    flag: "e",
    note: "Rounded.",
    claim: "c",
  });
  const relation = { factor: 1000, pattern: "{} per 1,000", decimals: 2 };
  const found = ratio(top, bottom, relation);
  equal(found.value, 50);
  equal(found.period, "2015 ÷ end of 2016");
  equal(
    found.detail,
    "The asylum, 2015: about 50 persons ÷ " +
      "Population, end of 2016: 1,000 persons × 1,000",
  );
  equal(found.origin, "Table 1 and Section 2");
  equal(
    found.note,
    "Rounded. The figures refer to different times: 2015 and end of 2016.",
  );
  deepEqual([found.flag, found.claim, found.qualifier], ["d", "c", "about"]);
});

Deno.test("an indicator is set against another, or against the country", () => {
  const data = twoCities();
  const info = indicatorOf(data, "asylum");
  const perThousand = related(data, info, "per_1000");
  deepEqual(perThousand.rows.map((row) => row.value), [50, 60, 0.5]);
  equal(perThousand.pattern, "{} person{s} per 1,000");
  const share = related(data, info, "share");
  deepEqual(share.rows.map((row) => [row.city, row.value]), [["Bonn", 25], [
    "Bonn",
    30,
  ]]);
  equal(share.rows[0].detail.includes("The asylum of the country, 2015"), true);
});

Deno.test("the periods of an indicator, and the rows of one", () => {
  const data = twoCities();
  deepEqual(allowed(data, { indicator: "asylum" }), {
    relate: ["absolute", "per_1000", "share"],
    period: ["all", "latest", "2015", "2016"],
  });
  deepEqual(allowed(data, { indicator: "population" }).period, ["all", "2015", "2016"]);
  const rows = rowsOf(data, "asylum").slice(0, 3);
  const values = (/** @type {string} */ period) =>
    ofPeriod(rows, period).map((row) => row.value);
  deepEqual(values("all"), [50, 60, 1]);
  deepEqual(values("latest"), [60, 1]);
  deepEqual(values("2015"), [50, 1]);
});

Deno.test("picked rows are sorted, and a city without one says why", () => {
  const data = twoCities();
  const values = (/** @type {Partial<numbers.IndicatorPicks>} */ picks) =>
    pickedRows(data, { ...PICKS, ...picks }).rows.map((row) => row.value);
  deepEqual(values({ sort: "value" }), [60, 50, 1]);
  deepEqual(values({ cities: ["wuhan"] }), [1]);
  const picked = pickedRows(data, { ...PICKS, period: "2016" });
  deepEqual(picked.absent, [["Wuhan", "none of 2016"]]);
});

Deno.test("unlike periods and flags are to be minded", () => {
  const data = twoCities();
  const { info, rows } = pickedRows(data, { ...PICKS, indicator: "population" });
  deepEqual(minds(data, info, rows), [[
    "The periods differ: Bonn end of 2016 and Wuhan 2015.",
    "e, estimated: Bonn.",
    "People. Mind the gap.",
  ], "periods differ"]);
  deepEqual(minds(data, info, []), [["People. Mind the gap."], ""]);
});

Deno.test("bars begin at zero, also those to the left of it", () => {
  const span = spanOf([rowOf({ value: -50 }), rowOf({ value: 150 })]);
  deepEqual(span, [-50, 150]);
  deepEqual(barOf(-50, span), ["0.00", "25.00"]);
  deepEqual(barOf(150, span), ["25.00", "75.00"]);
  deepEqual(barOf(0, [0, 0]), ["0.00", "0.00"]);
});

Deno.test("the file has a line for each row and each city without one", () => {
  const data = twoCities();
  const picks = { ...PICKS, indicator: "population", period: "2015" };
  const [head, wuhan, bonn] = indicatorCsv(data, [pickedRows(data, picks)]);
  equal(head.length, 13);
  deepEqual(wuhan.slice(0, 6), [
    "Wuhan",
    "The population",
    2000,
    "2,000 persons",
    "2015",
    "2,000",
  ]);
  deepEqual(bonn.slice(0, 4), ["Bonn", "The population", "", "none of 2015"]);
  deepEqual([bonn.length, bonn.at(-1)], [13, "Mind the gap."]);
});

Deno.test("long texts are set in lines", () => {
  deepEqual(wrapped("one two three", 7), ["one two", "three"]);
  deepEqual(wrapped("extraordinary", 5), ["extraordinary"]);
});
