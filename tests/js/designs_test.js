// Mill's methods and their sentences.

import { deepEqual, equal } from "node:assert/strict";
import {
  findingsOf,
  wordsFor,
} from "../../book/fourcities/explorers/designs/findings.js";
import { matrixOf } from "../../book/fourcities/explorers/designs/matrix.js";
import {
  agreement,
  combinations,
  covarying,
  difference,
  inseparable,
  pairsOf,
} from "../../book/fourcities/explorers/designs/methods.js";
import { compared } from "../../book/fourcities/explorers/designs/recoded.js";

/** @import * as design from "../../book/fourcities/explorers/designs/types.js" */

/** @param {string} codes separated by spaces; - where none is stated */
const codings = (codes) =>
  codes.split(" ").map((
    code,
  ) => /** @type {[string, string, string]} */ ([
    code === "-" ? "not stated" : code,
    "",
    "",
  ]));

/** @type {design.DesignData} */
const DATA = {
  kind: "design",
  id: "design",
  title: "Explorer: designs of comparison",
  cite: ["A book.", "A report."],
  choices: {
    cities: [["a", "A"], ["b", "B"], ["c", "C"]],
    conditions: [["size", "Size"], ["rank", "Rank"], ["age", "Age"], ["role", "Role"]],
    outcome: [["size", "Size"], ["role", "Role"]],
    recode: [["a.role.low", "low"], ["b.age.old", "old"]],
  },
  value: {},
  codes: {
    size: codings("big big small"),
    rank: codings("high high low"),
    age: codings("old - old"),
    role: codings("high high low"),
  },
};

/** @type {design.DesignPicks} */
const PICKS = {
  cities: ["a", "b", "c"],
  conditions: ["size", "rank", "age"],
  outcome: "role",
  recode: [],
};
const ROWS = matrixOf(DATA, PICKS);
const WORDS = wordsFor(DATA, PICKS);

Deno.test("the matrix has the outcome last, and the reader's codes", () => {
  deepEqual(ROWS.map(([dimension]) => dimension), ["size", "rank", "age", "role"]);
  const changed = matrixOf(DATA, { ...PICKS, recode: ["b.age.old"], cities: ["b"] });
  deepEqual(changed[2], ["age", ["old"], ["not stated"]]);
});

Deno.test("what is not stated is neither shared nor different", () => {
  deepEqual(pairsOf(ROWS), [
    { one: 0, other: 1, shared: ["size", "rank"], different: [], alike: true },
    { one: 0, other: 2, shared: ["age"], different: ["size", "rank"], alike: false },
    { one: 1, other: 2, shared: [], different: ["size", "rank"], alike: false },
  ]);
});

Deno.test("agreement, difference and both together", () => {
  deepEqual(agreement(ROWS), [
    { code: "high", cases: [0, 1], shared: ["size", "rank"], dropped: [] },
    { code: "low", cases: [2], shared: ["size", "rank", "age"], dropped: [] },
  ]);
  equal(difference(pairsOf(ROWS)).length, 2);
  deepEqual(covarying(ROWS), ["size", "rank"]);
  const alone = matrixOf(DATA, { ...PICKS, cities: ["a"] });
  deepEqual(covarying(alone), []);
});

Deno.test("what can't be told apart, and how few the cases are", () => {
  deepEqual(inseparable(ROWS), [["size", "rank"]]);
  deepEqual(combinations(ROWS), { possible: 4n, observed: 2 });
});

Deno.test("the sentences", () => {
  deepEqual(findingsOf(ROWS, WORDS), [
    "Most similar: A and B, with 2 shared conditions. " +
    "Most different: B and C, with none.",
    "Agreement: A and B have the outcome “high”. They share Size and Rank.",
    "Agreement: only C has the outcome “low”. One case has nothing to agree with.",
    "Difference: A and C have unlike outcomes and differ in 2 of 3 conditions compared, " +
    "Size and Rank. The method can't tell which of them counts.",
    "Difference: B and C have unlike outcomes and differ in 2 of 2 conditions compared, " +
    "Size and Rank. The method can't tell which of them counts.",
    "Joint method: Size and Rank go with the outcome in every case.",
    "Undetermined: Size and Rank divide the cities in the same way. " +
    "No comparison of these cities can tell them apart.",
    "Few cases: 2 of 4 possible combinations of these conditions stand in the cities.",
  ]);
});

Deno.test("a reader's code may change the conclusion of each method", () => {
  const of = (/** @type {string} */ change) =>
    compared(matrixOf(DATA, { ...PICKS, recode: [change] }), WORDS);
  const { lines, methods } = of("a.role.low");
  deepEqual(lines, [
    "Your codes change what the method of agreement, the method of difference and " +
    "the joint method conclude.",
    "Recoded: A, Role: “low” in place of “high”.",
  ]);
  deepEqual(methods[2], {
    name: "Joint method",
    survives: false,
    before: "Size and Rank go with the outcome in every case.",
    after: "no condition goes with the outcome in every case.",
  });
  const { lines: [verdict], methods: [agreeing, ...others] } = of("b.age.old");
  equal(
    verdict,
    "Your codes change what the method of agreement and the method of difference " +
      "conclude. What the joint method concludes survives.",
  );
  equal(
    agreeing.after,
    "A and B have the outcome “high”. They share Size, Rank and Age.",
  );
  deepEqual(others.map(({ survives }) => survives), [false, true]);
  deepEqual(compared(ROWS, WORDS), { lines: [], methods: [] });
});

Deno.test("one city or no condition is no comparison", () => {
  const said = ["A comparison needs two cities and a condition at least."];
  for (const change of [{ cities: ["a"] }, { conditions: [] }]) {
    const picks = { ...PICKS, ...change, recode: ["a.role.low"] };
    const rows = matrixOf(DATA, picks);
    deepEqual(findingsOf(rows, WORDS), said);
    deepEqual(compared(rows, WORDS), { lines: [], methods: [] });
  }
});
