import type { OutputUnit } from "@cfworker/json-schema";
import { isJsonObject } from "../document/json-field.ts";
import type { Json, JsonSchema } from "../json.ts";
import { resolveLocal } from "./local-ref.ts";
import { patternOf } from "./pattern.ts";

type Message = (value: Json | undefined, unit: OutputUnit) => string;

const unknownField: Message = () => "is not a known field";

/** By keyword; `value` is what the schema says there. */
const MESSAGES: { readonly [keyword: string]: Message } = {
  type: (value) => `must be ${typeNames(value)}`,
  required: (_value, unit) => `lacks the field ${JSON.stringify(missingField(unit))}`,
  enum: (value) => `must be one of ${list(value)}`,
  const: (value) => `must be ${JSON.stringify(value)}`,
  minimum: (value) => `must be at least ${text(value)}`,
  maximum: (value) => `must be at most ${text(value)}`,
  exclusiveMinimum: (value) => `must be more than ${text(value)}`,
  exclusiveMaximum: (value) => `must be less than ${text(value)}`,
  multipleOf: (value) => `must be a multiple of ${text(value)}`,
  minLength: (value) => (value === 1 ? "must not be empty" : `must have at least ${text(value)} characters`),
  maxLength: (value) => `must have at most ${count(value, "character")}`,
  minItems: (value) => `must have at least ${count(value, "element")}`,
  maxItems: (value) => `must have at most ${count(value, "element")}`,
  minProperties: (value) => `must have at least ${count(value, "field")}`,
  maxProperties: (value) => `must have at most ${count(value, "field")}`,
  uniqueItems: () => "must not hold the same element twice",
  format: (value, unit) => formatMessage(unit, value),
  anyOf: () => "fits none of the allowed forms",
  oneOf: (value, unit) => {
    const fields = fieldsAsked(value);
    if (unit.error.includes("(0 matches)")) {
      return fields === undefined ? "fits none of the allowed forms" : `needs one of the fields ${fields}`;
    }
    return fields === undefined
      ? "must fit exactly one of the allowed forms"
      : `must have only one of the fields ${fields}`;
  },
  contains: () => "lacks an element of the form that is needed",
  not: () => "has a form that is not allowed",
  false: unknownField,
  additionalProperties: unknownField,
  unevaluatedProperties: unknownField,
};

/** Words for a person; the schema's keyword gives the numbers. */
export function messageOf(unit: OutputUnit, schema: JsonSchema): string {
  const message = Object.hasOwn(MESSAGES, unit.keyword) ? MESSAGES[unit.keyword] : undefined;
  if (message !== undefined) return message(keywordValue(unit, schema), unit);
  return unit.error.replace(/^Instance /, "").replace(/\.$/, "");
}

/** The names, where each alternative is a field that is required. */
function fieldsAsked(alternatives: Json | undefined): string | undefined {
  const asked = (Array.isArray(alternatives) ? alternatives : [undefined]).map((one) =>
    isJsonObject(one) && Object.keys(one).length === 1 && Array.isArray(one["required"]) ? one["required"] : [],
  );
  return asked.every((names) => names.length === 1)
    ? asked.map(([name]) => JSON.stringify(name)).join(", ")
    : undefined;
}

function keywordValue(unit: OutputUnit, schema: JsonSchema): Json | undefined {
  let current: Json | undefined = schema;
  for (const part of unit.keywordLocation.split("/").slice(1)) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof current !== "object" || current === null) return undefined;
    if (Array.isArray(current)) {
      current = current[Number(key)];
    } else {
      current = Object.hasOwn(current, key) ? current[key] : undefined;
    }
    if (key === "$ref" && typeof current === "string") current = resolveLocal(current, schema);
  }
  return current;
}

const TYPE_NAMES: { readonly [type: string]: string } = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

function typeNames(value: Json | undefined): string {
  const types = Array.isArray(value) ? value : [value];
  return types.map((type) => (typeof type === "string" ? (TYPE_NAMES[type] ?? type) : "of another type")).join(" or ");
}

function missingField(unit: OutputUnit): string {
  return /required property "(.*)"/s.exec(unit.error)?.[1] ?? "";
}

function formatMessage(unit: OutputUnit, value: Json | undefined): string {
  const used = /format "(.*)"/s.exec(unit.error)?.[1] ?? "";
  const pattern = patternOf(used);
  if (pattern !== undefined) return `must match the pattern ${pattern}`;
  return `must be a valid ${text(value ?? used)}`;
}

function list(value: Json | undefined): string {
  if (!Array.isArray(value)) return text(value);
  const shown = value.slice(0, 10).map((item) => JSON.stringify(item));
  return value.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}

function count(value: Json | undefined, noun: string): string {
  return value === 1 ? `1 ${noun}` : `${text(value)} ${noun}s`;
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
