// The bars as a picture of its own: white ground, so that it stands in any document.
// Lengths are in pixels.

import { written } from "../common/numbers.js";
import { colourOf } from "../common/places.js";
import { unique } from "../common/words.js";
import { barOf, spanOf } from "./bars.js";

/** @import { IndicatorData, Picked, Row } from "./types.js" */

const WIDTH = 760;
const MARGIN = 16;
const BARS = { left: 150, width: 330, height: 20 };
const VALUES = BARS.left + BARS.width + 10;
const STEP = { title: 22, row: 38, small: 15 };
const LETTERS = { title: 66, small: 118 }; // that fit into a line
const FONTS = "Noto Sans, DejaVu Sans, Noto Sans CJK SC, sans-serif";
const TITLE = ' font-weight="700" font-size="17"';
const SMALL = ' font-size="11.500" fill="#444"';
const PERIOD = ' font-size="11.500" fill="#555"';

/**
 * A text in lines of so many characters.
 * @param {string} text
 * @param {number} width
 */
export function wrapped(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1];
    if (!line) lines[lines.length - 1] = word;
    else if ((line + word).length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

/** @param {string} text */
const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {string} more attributes
 */
function textAt(x, y, words, more = "") {
  return `<text x="${x}" y="${y}"${more}>${safe(words)}</text>`;
}

/**
 * @param {IndicatorData} data
 * @param {string} caption
 * @param {Picked} picked
 * @param {string[]} lines what to mind
 */
export function picture(data, caption, { rows, absent }, lines) {
  const span = spanOf(rows);
  const title = wrapped(caption, LETTERS.title);
  const parts = title.map((line, n) =>
    textAt(MARGIN, 30 + STEP.title * n, line, TITLE)
  );
  let y = 30 + STEP.title * parts.length;
  for (const row of rows) {
    parts.push(...rowAt(y, row, span, colourOf(data, row.place)));
    y += STEP.row;
  }
  for (const [city, why] of absent) {
    parts.push(textAt(MARGIN, y + 15, city));
    parts.push(textAt(BARS.left, y + 15, why, ' font-style="italic"'));
    y += STEP.row;
  }
  const origin = `Stands in: ${unique(rows.map((row) => row.origin)).join("; ")}.`;
  const below = [...lines, origin, ...data.cite];
  for (const line of below.flatMap((text) => wrapped(text, LETTERS.small))) {
    y += STEP.small;
    parts.push(textAt(MARGIN, y, line, SMALL));
  }
  return drawing(y + 18, caption, parts);
}

/**
 * City, bar, value and period.
 * @param {number} y
 * @param {Row} row
 * @param {[low: number, high: number]} span
 * @param {string} colour
 */
function rowAt(y, row, span, colour) {
  const [from, size] = barOf(row.value, span).map(Number);
  const x = BARS.left + (from * BARS.width) / 100;
  const width = (size * BARS.width) / 100;
  const place = `x="${x}" y="${y}" width="${width}" height="${BARS.height}"`;
  const flag = row.flag ? ` (${row.flag})` : "";
  return [
    textAt(MARGIN, y + 15, row.city),
    `<rect ${place} fill="${colour}"/>`,
    textAt(VALUES, y + 12, written(row) + flag),
    textAt(VALUES, y + 27, row.period, PERIOD),
  ];
}

/**
 * @param {number} height
 * @param {string} title
 * @param {string[]} parts
 */
function drawing(height, title, parts) {
  const size = `width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`;
  const text = `font-family="${FONTS}" font-size="14" fill="#111"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${text}>`,
    `<title>${safe(title)}</title>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...parts,
    "</svg>",
  ].join("");
}
