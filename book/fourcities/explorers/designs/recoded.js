// What the reader's codes change.

import { covarying } from "./methods.js";

/** @import { MatrixRow, Words } from "./types.js" */

/**
 * Whether the conclusion survives the reader's codes.
 * @param {MatrixRow[]} rows
 * @param {Words} words
 */
export function recoded(rows, { named, names }) {
  const lines = [];
  for (const [dimension, codes, before] of rows) {
    for (const [n, code] of codes.entries()) {
      if (code === before[n]) continue;
      const cell = `${names[n]}, ${named([dimension])}`;
      lines.push(`Recoded: ${cell}: “${code}” in place of “${before[n]}”.`);
    }
  }
  if (!lines.length) return [];
  const reports = rows.map((
    [dimension, , before],
  ) => /** @type {MatrixRow} */ ([dimension, before, before]));
  const was = covarying(reports);
  const now = covarying(rows);
  const verdict = String(was) === String(now) ? "survives" : "changes";
  const conclusion = "By the report's codes " +
    `${named(was) || "no condition"} went with the outcome; ` +
    `by yours ${named(now) || "no condition"}: the conclusion ${verdict}.`;
  return [...lines, conclusion];
}
