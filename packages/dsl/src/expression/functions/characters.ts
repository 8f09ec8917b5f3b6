/**
 * Positions in a text, counted in characters (code points) as `size` counts them: so no function takes a character
 * apart. Those of cel-js count UTF-16 units.
 */
import { FunctionFailure } from "./failure.ts";

type Position = number | bigint;

/** @throws FunctionFailure `absent_value`: the text has no such position */
export function substring(text: string, start: Position, end?: Position): string {
  const length = lengthOf(text);
  const first = checked(start, 0, length);
  const last = end === undefined ? length : checked(end, first, length);
  return text.slice(unitOf(text, first), unitOf(text, last));
}

/** @throws FunctionFailure `absent_value`: the text has no position `from` */
export function indexOf(text: string, part: string, from: Position = 0): bigint {
  const start = checked(from, 0, lengthOf(text));
  return characterAt(text, text.indexOf(part, unitOf(text, start)));
}

/** @throws FunctionFailure `absent_value`: the text has no position `from` */
export function lastIndexOf(text: string, part: string, from?: Position): bigint {
  if (from === undefined) return characterAt(text, text.lastIndexOf(part));
  const start = checked(from, 0, lengthOf(text));
  return characterAt(text, text.lastIndexOf(part, unitOf(text, start)));
}

/** At most `limit` pieces, the last of which is the rest; a negative number is no limit. */
export function split(text: string, separator: string, limit: Position = -1): string[] {
  const pieces = separator === "" ? Array.from(text) : text.split(separator);
  const most = Number(limit);
  if (most < 0 || pieces.length <= most) return pieces;
  return most === 0 ? [] : [...pieces.slice(0, most - 1), pieces.slice(most - 1).join(separator)];
}

function checked(position: Position, least: number, most: number): number {
  const value = Number(position);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new FunctionFailure("absent_value", `The text has no position ${value}: it has ${most} characters`);
}

const PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

function lengthOf(text: string): number {
  return text.length - (text.match(PAIR)?.length ?? 0);
}

/** From characters to UTF-16 units. */
function unitOf(text: string, character: number): number {
  let unit = 0;
  for (let count = 0; count < character; count++) unit += (text.codePointAt(unit) ?? 0) > 0xff_ff ? 2 : 1;
  return unit;
}

/** From UTF-16 units to characters; -1 stays. */
function characterAt(text: string, unit: number): bigint {
  return BigInt(unit < 0 ? unit : lengthOf(text.slice(0, unit)));
}
