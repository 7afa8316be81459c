// Files that a reader can take away.

import { h } from "./dom.js";

/** @import { CsvCell } from "./types.js" */

// What a spreadsheet runs, also after blanks and in full-width signs.
const FORMULA = /^(?=\s*[=+\-@＝＋－＠]|[\t\r])/;

/**
 * A cell in quotation marks. One that a spreadsheet would run as a formula gets an
 * apostrophe.
 * @param {CsvCell} cell
 */
export function csvCell(cell) {
  if (typeof cell === "number") return String(cell);
  const harmless = cell.replace(FORMULA, "'");
  return `"${harmless.replaceAll('"', '""')}"`;
}

const BYTE_ORDER_MARK = "\ufeff"; // tells spreadsheets that this is UTF-8

/** @param {CsvCell[][]} rows */
export function csvText(rows) {
  const lines = rows.map((row) => `${row.map(csvCell).join(",")}\r\n`);
  return BYTE_ORDER_MARK + lines.join("");
}

const SAVED_BY_THEN = 10_000; // milliseconds

/**
 * Hands a file to the browser.
 * @param {string} name
 * @param {Blob} content
 */
export function save(name, content) {
  const address = URL.createObjectURL(content);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), SAVED_BY_THEN);
}

const PIXELS = 2; // for each pixel of the drawing, so that print is sharp

/**
 * Hands a drawing to the browser as a PNG.
 * @param {string} name
 * @param {string} svg
 */
export function savePng(name, svg) {
  const image = new Image();
  image.onload = () => {
    const size = { width: image.width * PIXELS, height: image.height * PIXELS };
    const canvas = h("canvas", size);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob && save(name, blob));
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
