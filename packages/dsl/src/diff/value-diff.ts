/** What differs between two JSON values. Lists are compared by what their elements are, not by where they stand. */
import { isJsonObject } from "../document/json-field.ts";
import { joinPointer } from "../document/pointer.ts";
import type { Json, JsonObject } from "../json.ts";

export type ValueChange =
  | { readonly kind: "added"; readonly pointer: string; readonly after: Json }
  | { readonly kind: "removed"; readonly pointer: string; readonly before: Json }
  | { readonly kind: "changed"; readonly pointer: string; readonly before: Json; readonly after: Json };

/** What tells the elements of a list apart, first fit first. */
const IDENTITIES = ["id", "port", "name", "event", "type"] as const;

/** An absent value is `undefined`. Pointers of removed values are into `before`, all others into `after`. */
export function diffValues(before: Json | undefined, after: Json | undefined, from = "", to = from): ValueChange[] {
  if (before === undefined) return after === undefined ? [] : [{ kind: "added", pointer: to, after }];
  if (after === undefined) return [{ kind: "removed", pointer: from, before }];
  if (isJsonObject(before) && isJsonObject(after)) return diffObjects(before, after, from, to);
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, from, to);
  return isEqual(before, after) ? [] : [{ kind: "changed", pointer: to, before, after }];
}

/** Equal as JSON; the order of keys does not count. */
export function isEqual(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((entry, index) => isEqual(entry, b[index] ?? null));
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key] ?? null, b[key] ?? null))
    );
  }
  return a === b;
}

function diffObjects(before: JsonObject, after: JsonObject, from: string, to: string): ValueChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return keys.flatMap((key) =>
    diffValues(own(before, key), own(after, key), joinPointer(from, key), joinPointer(to, key)),
  );
}

function diffLists(before: Json[], after: Json[], from: string, to: string): ValueChange[] {
  if (isEqual(before, after)) return [];
  const identity = identityOf(before, after);
  if (identity === undefined) return diffByPlace(before, after, from, to);
  const old = new Map(before.map((entry, index) => [identity(entry), { entry, index }]));
  const kept = after.map(identity);
  const changes = [
    ...[...old].flatMap(([key, { entry, index }]): ValueChange[] =>
      kept.includes(key) ? [] : [{ kind: "removed", pointer: joinPointer(from, index), before: entry }],
    ),
    ...after.flatMap((entry, index) => {
      const match = old.get(identity(entry));
      return diffValues(match?.entry, entry, joinPointer(from, match?.index ?? index), joinPointer(to, index));
    }),
  ];
  const order = before.map(identity).filter((key) => kept.includes(key));
  const reordered = !isEqual(order, kept.filter((key) => old.has(key))); // prettier-ignore
  return reordered ? [...changes, { kind: "changed", pointer: to, before, after }] : changes;
}

/** Scalars are told apart by themselves, objects by the first field that is a different text in each of them. */
function identityOf(before: readonly Json[], after: readonly Json[]): ((entry: Json) => string) | undefined {
  const candidates = [
    (entry: Json) => (typeof entry === "object" ? undefined : JSON.stringify(entry)),
    ...IDENTITIES.map((field) => (entry: Json) => {
      const value = isJsonObject(entry) ? entry[field] : undefined;
      return typeof value === "string" ? value : undefined;
    }),
  ];
  const fits = candidates.find((candidate) => [before, after].every((list) => areDistinct(list.map(candidate))));
  return fits && ((entry) => fits(entry) ?? "");
}

function areDistinct(keys: readonly (string | undefined)[]): boolean {
  return keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
}

/** What is equal at both ends stays out; the middle is compared place by place. */
function diffByPlace(before: Json[], after: Json[], from: string, to: string): ValueChange[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && isEqual(before[head] ?? null, after[head] ?? null)) head++;
  let tail = 0;
  while (tail < shorter - head && isEqual(before.at(-1 - tail) ?? null, after.at(-1 - tail) ?? null)) tail++;
  const places = Math.max(before.length, after.length) - tail;
  return Array.from({ length: places - head }, (_, offset) => head + offset).flatMap((index) =>
    diffValues(
      index < before.length - tail ? before[index] : undefined,
      index < after.length - tail ? after[index] : undefined,
      joinPointer(from, index),
      joinPointer(to, index),
    ),
  );
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
