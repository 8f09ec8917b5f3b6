/**
 * What a column gives as JSON.
 *
 * A number is a JSON number as long as no digit is lost by that, else text. Times are ISO 8601, those with a zone in UTC;
 * bytes are base64; JSON is what it is; of any other type it is Postgres' own text.
 */
import { Buffer } from "node:buffer";
import type { Json } from "@holdfast/dsl";
import { isJson } from "../json.ts";

type Reader = (text: string) => Json;

const BOOL = 16;
const BYTEA = 17;
const INT8 = 20;
const SMALL_INTEGERS: ReadonlySet<number> = new Set([21, 23, 26]);
const JSONS: ReadonlySet<number> = new Set([114, 3802]);
const FLOATS: ReadonlySet<number> = new Set([700, 701]);
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;

/** Element types by the type of the array. Of other arrays it is Postgres' own text. */
const ARRAYS: ReadonlyMap<number, number> = new Map([
  [1000, BOOL],
  [1001, BYTEA],
  [1005, 21],
  [1007, 23],
  [1016, INT8],
  [199, 114],
  [3807, 3802],
  [1021, 700],
  [1022, 701],
  [1115, TIMESTAMP],
  [1185, TIMESTAMPTZ],
  [1231, NUMERIC],
  // date, time, text, varchar, char, uuid: as they are
  [1182, 0],
  [1183, 0],
  [1009, 0],
  [1015, 0],
  [1014, 0],
  [2951, 0],
]);

const asIs: Reader = (text) => text;

/** Of a column's type. */
export function cellReader(oid: number, { numbersAsText }: { readonly numbersAsText: boolean }): Reader {
  const element = ARRAYS.get(oid);
  if (element !== undefined) {
    const each = cellReader(element, { numbersAsText });
    return (text) => readArray(text, each);
  }
  if (SMALL_INTEGERS.has(oid)) return Number;
  if (oid === INT8 || oid === NUMERIC) return numbersAsText ? asIs : exactNumber;
  if (FLOATS.has(oid)) return (text) => (Number.isFinite(Number(text)) ? Number(text) : text);
  if (JSONS.has(oid)) return readJson;
  switch (oid) {
    case BOOL:
      return (text) => text === "t";
    case BYTEA:
      return (text) => (text.startsWith("\\x") ? Buffer.from(text.slice(2), "hex").toString("base64") : text);
    case TIMESTAMP:
      return (text) => text.replace(" ", "T");
    case TIMESTAMPTZ:
      return (text) => text.replace(" ", "T").replace(/\+00$/, "Z");
    default:
      return asIs;
  }
}

/** Digits that a double always keeps. */
const DIGITS = 15;

function exactNumber(text: string): Json {
  const digits = text.replace(/^-/, "").replace(".", "").replace(/^0+/, "");
  if (!/^\d*$/.test(digits)) return text;
  const number = Number(text);
  return digits.length <= DIGITS || (!text.includes(".") && Number.isSafeInteger(number)) ? number : text;
}

function readJson(text: string): Json {
  const value: unknown = JSON.parse(text);
  return isJson(value) ? value : null;
}

/** An array as Postgres writes it: `{1,"two",NULL,{…}}`, perhaps with its bounds before it. */
function readArray(text: string, each: Reader): Json {
  let at = text.indexOf("{");
  const list = (): Json[] => {
    const items: Json[] = [];
    at += 1;
    while (text[at] !== "}") {
      if (text[at] === "{") items.push(list());
      else items.push(item());
      if (text[at] === ",") at += 1;
    }
    at += 1;
    return items;
  };
  const item = (): Json => {
    const quoted = /"((?:[^"\\]|\\.)*)"/y;
    quoted.lastIndex = at;
    const [whole, inner] = quoted.exec(text) ?? [];
    if (whole !== undefined && inner !== undefined) {
      at += whole.length;
      return each(inner.replaceAll(/\\(.)/gs, "$1"));
    }
    const plain = /[^,}]*/y;
    plain.lastIndex = at;
    const [bare = ""] = plain.exec(text) ?? [];
    at += bare.length;
    return bare === "NULL" ? null : each(bare);
  };
  return at < 0 ? text : list();
}
