// Numbers, lists and searches in words.

import { deepEqual, equal } from "node:assert/strict";
import {
  digits,
  fine,
  fmt,
  written,
} from "../../book/fourcities/explorers/common/numbers.js";
import { fold, holds, wordsOf } from "../../book/fourcities/explorers/common/search.js";
import {
  compare,
  listOf,
  RIGHT_TO_LEFT,
  some,
  unique,
} from "../../book/fourcities/explorers/common/words.js";

Deno.test("numbers have commas, and large ones their size in words", () => {
  equal(fmt(1234567), "1,234,567");
  equal(fmt(49_999_999), "49,999,999");
  equal(fmt(50_000_000), "50 million");
  equal(fmt(-82_521_653), "-82.522 million");
  equal(fmt(999_999_999), "1,000 million");
  equal(fmt(1_379_000_000), "1.379 billion");
  equal(fmt(0.5, 2), "0.50");
});

Deno.test("a number is rounded as the decimal number that it shows", () => {
  equal(digits(1.005, 2), "1.01");
  equal(digits(2.5, 0), "3");
  equal(digits(1 / 3, 0, 3), "0.333");
});

Deno.test("small numbers keep two digits", () => {
  deepEqual([0, 3, 0.5, 0.034, 0.0099999999].map((x) => fine(x, 2)), [2, 2, 2, 3, 4]);
  equal(fine(1e-30, 2), 20);
});

Deno.test("a value has its unit, its plural and its qualifier", () => {
  const row = { pattern: "{} person{s}", decimals: 0, qualifier: "" };
  equal(written({ ...row, value: 1 }), "1 person");
  equal(written({ ...row, value: 79034 }), "79,034 persons");
  equal(written({ ...row, value: 0, qualifier: "about" }), "about 0 persons");
});

Deno.test("lists in words", () => {
  equal(listOf([]), "");
  equal(listOf(["a"]), "a");
  equal(listOf(["a", "b", "c"]), "a, b and c");
  const names = Array.from({ length: 13 }, (_, n) => `c${n}`);
  equal(some(names.slice(1)).split(/, | and /).length, 12);
  equal(some(names), "13 cities");
  deepEqual(unique(["b", "a", "b"]), ["b", "a"]);
  deepEqual(["b", "a", "B", "a"].sort(compare), ["B", "a", "a", "b"]);
});

Deno.test("words are found without regard to case and accents", () => {
  equal(fold("KÖLN é ﬁ"), "koln e fi");
  deepEqual(wordsOf("  Plan\tintegration "), ["plan", "integration"]);
  equal(holds(["Master Plan", "Köln"], ["koln", "plan"]), true);
  equal(holds(["户籍"], ["户"]), true);
  equal(holds(["Master"], ["plan"]), false);
  equal(holds([], []), true);
});

Deno.test("names in Hebrew and Arabic letters are told from others", () => {
  const others = ["Köln", "北京", "Ελλάδα"];
  deepEqual(others.filter((name) => RIGHT_TO_LEFT.test(name)), []);
  equal(["שלום", "مرحبا"].every((name) => RIGHT_TO_LEFT.test(name)), true);
});
