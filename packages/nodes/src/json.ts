/** Guards for JSON values. */
import type { Json } from "@holdfast/dsl";

/**
 * True if `value` survives `JSON.stringify` unchanged: no functions, dates, class instances, holes, `undefined`
 * or numbers that JSON can't write.
 */
export function isJson(value: unknown): value is Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object": {
      if (value === null) return true;
      if (Array.isArray(value)) return value.every(isJson);
      const prototype: unknown = Object.getPrototypeOf(value);
      return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isJson);
    }
    default:
      return false;
  }
}

/**
 * Takes a value for JSON after looking at all of it.
 * @throws TypeError if it is not JSON.
 */
export function toJson(value: unknown): Json {
  if (!isJson(value)) throw new TypeError("Not a JSON value.");
  return value;
}
