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

/** What keeps a value from being plain JSON. */
export interface NotJson {
  /** JSON pointer into the value. */
  readonly pointer: string;
  /** What is wrong there, and what would be right. */
  readonly message: string;
}

/** Deeper than anybody nests by hand, and shallower than what a stack holds. */
const DEEPEST = 500;

/**
 * The first place where a value is not plain JSON; nothing, if it is. It may lead back to itself.
 * @param options.absent fields may be `undefined`, as those that were left out
 */
export function whyNotJson(value: unknown, { absent = false } = {}): NotJson | undefined {
  return problemIn(value, new Set(), absent);
}

function problemIn(value: unknown, above: Set<object>, absent: boolean): NotJson | undefined {
  if (typeof value !== "object" || value === null) {
    const message = wrongValue(value);
    return message === undefined ? undefined : { pointer: "", message };
  }
  if (above.has(value)) return { pointer: "", message: "leads back to what it stands in" };
  if (above.size >= DEEPEST) return { pointer: "", message: `is nested more than ${DEEPEST} levels deep` };
  const entries: readonly (readonly [number | string, unknown])[] | undefined = Array.isArray(value)
    ? [...value.entries()]
    : fieldsOf(value);
  if (entries === undefined) return { pointer: "", message: wrongObject(value) };
  above.add(value);
  for (const [key, each] of entries) {
    if (absent && each === undefined && typeof key === "string") continue;
    const problem = problemIn(each, above, absent);
    if (problem === undefined) continue;
    const part = String(key).replaceAll("~", "~0").replaceAll("/", "~1");
    return { pointer: `/${part}${problem.pointer}`, message: problem.message };
  }
  above.delete(value);
  return undefined;
}

function fieldsOf(value: object): readonly (readonly [string, unknown])[] | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : undefined;
}

function wrongValue(value: unknown): string | undefined {
  switch (typeof value) {
    case "undefined":
      return "is undefined: leave it out, or give null";
    case "number":
      return Number.isFinite(value) ? undefined : `is ${value}, which JSON can't write: give null, or a text`;
    case "bigint":
      return "is a bigint: give a number, or its text";
    case "function":
    case "symbol":
      return `is a ${typeof value}: give a value`;
    default:
      return undefined;
  }
}

function wrongObject(value: object): string {
  const { name } = value.constructor;
  return value instanceof Date
    ? "is a Date: give its text, by toISOString()"
    : `is a ${name === "" ? "class instance" : name}: give a plain object, a list or a text`;
}

/** The same without fields that are `undefined`, as JSON would write it. */
export function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  const fields = typeof value === "object" && value !== null ? fieldsOf(value) : undefined;
  if (fields === undefined) return value;
  return Object.fromEntries(
    fields.flatMap(([name, each]) => (each === undefined ? [] : [[name, withoutUndefined(each)]])),
  );
}

/**
 * Takes a value for JSON after looking at all of it.
 * @throws TypeError if it is not JSON.
 */
export function toJson(value: unknown): Json {
  if (!isJson(value)) throw new TypeError("Not a JSON value.");
  return value;
}
