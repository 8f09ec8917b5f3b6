/** What is done to a list, piece by piece. Pure; a field is a path such as `customer.name`. */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";

/** The value at a path; nothing where a part of it is missing. */
function fieldOf(item: Json, path: string): Json | undefined {
  let value: Json | undefined = item;
  for (const name of path.split(".")) {
    if (Array.isArray(value)) value = value[Number(name)];
    else if (isJsonObject(value) && Object.hasOwn(value, name)) value = value[name];
    else return undefined;
  }
  return value;
}

/** Each element of the list at `path` becomes an item of its own, with the other fields of the item that it was in. */
export function flattened(items: readonly Json[], path: string): readonly Json[] {
  return items.flatMap((item): Json[] => {
    const inner = fieldOf(item, path);
    if (!Array.isArray(inner)) return inner === undefined || inner === null ? [] : [item];
    const outer = without(item, path);
    const name = path.split(".").at(-1) ?? path;
    return inner.map((element) => (isJsonObject(element) ? { ...outer, ...element } : { ...outer, [name]: element }));
  });
}

function without(item: Json, path: string): JsonObject {
  if (!isJsonObject(item)) return {};
  const [first = ""] = path.split(".");
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== first));
}

/** The first of those that have the same value there. */
export function uniqueBy(items: readonly Json[], path: string): readonly Json[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(fieldOf(item, path));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export interface SortKey {
  readonly field: string;
  readonly order: "ascending" | "descending";
}

/** By the first key, where that is equal by the next one. What has no value there comes last, either way. */
export function sorted(items: readonly Json[], keys: readonly SortKey[]): readonly Json[] {
  return items.toSorted((a, b) => {
    for (const { field, order } of keys) {
      const [left, right] = [fieldOf(a, field) ?? null, fieldOf(b, field) ?? null];
      if (left === null || right === null) {
        if (left !== right) return left === null ? 1 : -1;
        continue;
      }
      const by = compare(left, right);
      if (by !== 0) return order === "ascending" ? by : -by;
    }
    return 0;
  });
}

const KINDS = ["boolean", "number", "string", "object"];

/** Numbers by size, text by its characters; of different kinds, truth values before numbers before text. */
function compare(a: Json, b: Json): number {
  const kinds = KINDS.indexOf(typeof a) - KINDS.indexOf(typeof b);
  if (kinds !== 0) return kinds;
  const [left, right] = typeof a === "object" || typeof b === "object" ? [keyOf(a), keyOf(b)] : [a, b];
  if (left === null || right === null || left === right) return 0;
  return left < right ? -1 : 1;
}

export interface Grouped {
  readonly key: Json;
  readonly count: number;
  readonly sums: { [field: string]: number };
  readonly items: Json[];
}

/** What a sum met that is no number. */
export class NotANumber extends Error {
  readonly field: string;
  readonly value: Json;

  constructor(field: string, value: Json) {
    super(`${field} is ${JSON.stringify(value).slice(0, 60)}, not a number`);
    this.field = field;
    this.value = value;
  }
}

/**
 * Items with the same value, in the order in which each value first came.
 * @throws NotANumber
 */
export function grouped(items: readonly Json[], path: string, sums: readonly string[]): readonly Grouped[] {
  const groups = Map.groupBy(items, (item) => keyOf(fieldOf(item, path)));
  return [...groups.values()].map((members) => ({
    key: members[0] === undefined ? null : (fieldOf(members[0], path) ?? null),
    count: members.length,
    sums: sumsOf(members, sums),
    items: members,
  }));
}

/** @throws NotANumber */
export function sumsOf(items: readonly Json[], fields: readonly string[]): { [field: string]: number } {
  return Object.fromEntries(
    fields.map((field) => {
      const total = items.reduce<number>((sum, item) => {
        const value = fieldOf(item, field) ?? 0;
        if (typeof value !== "number") throw new NotANumber(field, value);
        return sum + value;
      }, 0);
      // Decimals add up as on paper: 0.1 and 0.2 are 0.3.
      return [field, Number.isInteger(total) ? total : Number(total.toPrecision(15))];
    }),
  );
}

/** Those fields alone, under their new names; what an item does not have is left out. */
export function picked(item: Json, fields: readonly (readonly [name: string, path: string])[]): Json {
  return Object.fromEntries(
    fields.flatMap(([name, path]): [string, Json][] => {
      const value = fieldOf(item, path);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Equal for equal values, whatever the order of their fields. */
function keyOf(value: Json | undefined): string {
  return JSON.stringify(value ?? null, (_key, each: Json) =>
    isJsonObject(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}
