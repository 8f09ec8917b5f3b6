/** What the checker knows about a part of an expression. */
import type { JsonKind } from "../../json-schema/shape.ts";
import { describeKinds, isAnything, kindsOf } from "../../json-schema/shape.ts";
import type { JsonSchema } from "../../json.ts";
import type { Kind } from "../functions/spec.ts";

export interface Typed {
  readonly schema: JsonSchema;
  /** A CEL optional: what `.?` gives, until `orValue` ends it. */
  readonly optional: boolean;
}

export const ANYTHING: Typed = { schema: true, optional: false };
export const BOOL: Typed = { schema: { type: "boolean" }, optional: false };
export const NUMBER: Typed = { schema: { type: "number" }, optional: false };
export const INTEGER: Typed = { schema: { type: "integer" }, optional: false };
export const TEXT: Typed = { schema: { type: "string" }, optional: false };

export function plain(schema: JsonSchema): Typed {
  return { schema, optional: false };
}

/** The kinds a value can be of; none for an optional, which is no value yet. */
export function kinds(typed: Typed): ReadonlySet<JsonKind> {
  return typed.optional ? new Set() : kindsOf(typed.schema);
}

export function isUnknown(typed: Typed): boolean {
  return !typed.optional && isAnything(typed.schema);
}

const OF_KIND: { readonly [kind in Kind]: readonly JsonKind[] } = {
  any: ["null", "bool", "number", "text", "list", "map"],
  bool: ["bool"],
  number: ["number"],
  text: ["text"],
  list: ["list"],
  map: ["map"],
  time: ["text", "number"],
  optional: [],
};

/** Whether the value can be what a function takes. */
export function fits(typed: Typed, wanted: readonly Kind[]): boolean {
  if (typed.optional) return wanted.includes("optional");
  const possible = kinds(typed);
  return wanted.some(
    (kind) => OF_KIND[kind].some((json) => possible.has(json)) || (kind === "optional" && isUnknown(typed)),
  );
}

/** "text or null" */
export function describe(typed: Typed): string {
  return typed.optional ? "an optional value" : describeKinds(kindsOf(typed.schema));
}

const KIND_NAMES: { readonly [kind in Kind]: string } = {
  any: "anything",
  bool: "true or false",
  number: "a number",
  text: "text",
  list: "a list",
  map: "an object",
  time: "a time",
  optional: "an optional value",
};

/** "a number or text", for what a function takes. */
export function describeParam(wanted: readonly Kind[]): string {
  return wanted.map((kind) => KIND_NAMES[kind]).join(" or ");
}
