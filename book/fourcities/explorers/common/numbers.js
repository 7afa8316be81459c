// Numbers in words. Rounding and wording are those of units.py.

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * @param {number} least digits after the point
 * @param {number} most digits after the point
 */
function formatOf(least, most) {
  const key = `${least}-${most}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat("en-US", {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    });
    formats.set(key, format);
  }
  return format;
}

/**
 * A number with commas between thousands and that many digits after the point.
 * @param {number} number
 * @param {number} least
 * @param {number} most
 */
export function digits(number, least, most = least) {
  // A text is rounded as the decimal number that it shows.
  const text = /** @type {`${number}`} */ (String(number));
  return formatOf(least, most).format(text);
}

/** @type {[size: number, word: string][]} */
const SIZES = [[1e9, "billion"], [1e6, "million"]];
const LEAST_WHOLE = 1e6; // smaller ones have decimals
const LEAST_IN_WORDS = 5e7; // smaller ones are written out

/**
 * A number as the book writes it: large ones in millions or billions.
 * @param {number} number
 * @param {number} decimals digits after the point, of those below a million
 */
export function fmt(number, decimals = 0) {
  for (const [size, word] of SIZES) {
    if (Math.abs(number) >= Math.max(size, LEAST_IN_WORDS)) {
      return `${digits(number / size, 0, 3)} ${word}`;
    }
  }
  return digits(number, Math.abs(number) < LEAST_WHOLE ? decimals : 0);
}

const MOST_DECIMALS = 20;

/**
 * Digits after the point that leave a small number two of its own.
 * @param {number} number
 * @param {number} decimals as many at least
 */
export function fine(number, decimals) {
  if (number === 0) return decimals;
  const power = Number(number.toExponential().split("e")[1]); // of 0.034: -2
  return Math.min(MOST_DECIMALS, Math.max(decimals, 1 - power));
}

/**
 * A value in words.
 * @param {object} row
 * @param {number} row.value in the unit of its pattern
 * @param {string} row.pattern the unit; {} is the number, {s} the plural's s
 * @param {number} row.decimals
 * @param {string} row.qualifier such as "about", or ""
 */
export function written({ value, pattern, decimals, qualifier }) {
  const shown = pattern
    .replace("{}", () => fmt(value, decimals))
    .replace("{s}", value === 1 ? "" : "s");
  return qualifier ? `${qualifier} ${shown}` : shown;
}
