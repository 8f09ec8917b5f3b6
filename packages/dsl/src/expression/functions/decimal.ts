/**
 * Decimal arithmetic for money.
 *
 * JSON numbers are binary: 1.005 is stored as 1.00499999999999989…, and 1.1 * 1.15 as 1.2649999999999999. Fifteen
 * significant digits are what a double keeps of any decimal, so a number is read as the decimal with fifteen digits
 * that is nearest to it, and rounded digit by digit from there.
 */
import { FunctionFailure } from "./failure.ts";

const DECIMAL_TEXT = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/;

/** Value = sign × coefficient / 10^scale. */
interface Decimal {
  readonly negative: boolean;
  readonly coefficient: bigint;
  readonly scale: number;
}

function parse(value: number | string): Decimal {
  const text = typeof value === "number" ? plainText(value) : value.trim();
  const match = DECIMAL_TEXT.exec(text);
  if (match === null) throw new FunctionFailure("type_error", `${JSON.stringify(value)} is not an amount`);
  const fraction = match[3] ?? "";
  return { negative: match[1] === "-", coefficient: BigInt(`${match[2] ?? "0"}${fraction}`), scale: fraction.length };
}

function plainText(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) {
    throw new FunctionFailure("type_error", `${value} is too large for decimal arithmetic`);
  }
  if (Math.abs(value) < 1e-9) return "0";
  // Of fifteen significant digits, those behind the point; toPrecision would fall into exponents for small values.
  const integerDigits = Math.max(1, Math.floor(Math.log10(Math.abs(value))) + 1);
  return Number(value.toPrecision(15)).toFixed(Math.max(0, 15 - integerDigits));
}

/** Rounds half up, away from zero (1.005 → 1.01, -1.005 → -1.01), and gives the text with exactly `digits` decimals. */
export function roundToText(value: number | string, digits: number): string {
  const { negative, coefficient, scale } = parse(value);
  const rounded =
    scale <= digits
      ? coefficient * 10n ** BigInt(digits - scale)
      : (coefficient + 5n * 10n ** BigInt(scale - digits - 1)) / 10n ** BigInt(scale - digits);
  const padded = rounded.toString().padStart(digits + 1, "0");
  const text = digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
  return negative && rounded !== 0n ? `-${text}` : text;
}

/** The number nearest to `roundToText`. */
export function roundDecimal(value: number | string, digits: number): number {
  return Number(roundToText(value, digits));
}
