import type { Json } from "../json.ts";
import { isJsonObject } from "../document/json-field.ts";
import type { Issue } from "../document/issue.ts";
import { joinPointer, pointerParts } from "../document/pointer.ts";

/**
 * The document without the fields that its shape was refused for, so that one misspelled field does not hide what is
 * wrong with the graph. Whether the rest is a document has to be tried: a required field may be among them.
 */
export function withoutRefused(input: Json, issues: readonly Issue[]): Json {
  const rest = copy(input, "", new Set(issues.map((issue) => issue.pointer)));
  if (!isJsonObject(rest)) return rest;
  const standIns = { id: "unnamed", name: "Unnamed", triggers: [{ type: "call" }] };
  const whole = Object.entries(rest).filter(([key]) => !LISTS.some((list) => list === key && isHit(list, issues)));
  return { ...standIns, ...Object.fromEntries(whole) };
}

/** Lists that are left out as a whole: what remained of an element would not be one. */
const LISTS = ["triggers", "tests"];

function isHit(list: string, issues: readonly Issue[]): boolean {
  return issues.some(({ pointer }) => pointerParts(pointer)[0] === list);
}

function copy(value: Json, pointer: string, refused: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return value.map((entry, index) => copy(entry, joinPointer(pointer, index), refused));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]): [string, Json][] => {
      const at = joinPointer(pointer, key);
      return refused.has(at) ? [] : [[key, copy(entry, at, refused)]];
    }),
  );
}

/** Whether leaving the fields out can't change what else is checked: nodes and edges are never left out. */
export function isSalvageable(issues: readonly Issue[]): boolean {
  return issues.every(
    ({ pointer }) =>
      !/^\d+$/.test(pointerParts(pointer).at(-1) ?? "") &&
      !/^(?:|\/(?:dsl|nodes|edges)|.*\/nodes\/[^/]*)$/.test(pointer),
  );
}
