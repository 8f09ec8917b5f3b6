import type { OutputUnit } from "@cfworker/json-schema";
import type { Json, JsonSchema } from "../json.ts";
import { resolveLocal } from "./local-ref.ts";
import { patternOf } from "./pattern.ts";

/** Words for a person; the schema's keyword gives the numbers. */
export function messageOf(unit: OutputUnit, schema: JsonSchema): string {
  const value = keywordValue(unit, schema);
  switch (unit.keyword) {
    case "type":
      return `must be ${typeNames(value)}`;
    case "required":
      return `lacks the field ${JSON.stringify(missingField(unit))}`;
    case "enum":
      return `must be one of ${list(value)}`;
    case "const":
      return `must be ${JSON.stringify(value)}`;
    case "minimum":
      return `must be at least ${text(value)}`;
    case "maximum":
      return `must be at most ${text(value)}`;
    case "exclusiveMinimum":
      return `must be more than ${text(value)}`;
    case "exclusiveMaximum":
      return `must be less than ${text(value)}`;
    case "multipleOf":
      return `must be a multiple of ${text(value)}`;
    case "minLength":
      return value === 1 ? "must not be empty" : `must have at least ${text(value)} characters`;
    case "maxLength":
      return `must have at most ${text(value)} characters`;
    case "minItems":
      return `must have at least ${count(value, "element")}`;
    case "maxItems":
      return `must have at most ${count(value, "element")}`;
    case "minProperties":
      return `must have at least ${count(value, "field")}`;
    case "maxProperties":
      return `must have at most ${count(value, "field")}`;
    case "uniqueItems":
      return "must not hold the same element twice";
    case "format":
      return formatMessage(unit, value);
    case "anyOf":
      return "fits none of the allowed forms";
    case "oneOf":
      return unit.error.includes("(0 matches)")
        ? "fits none of the allowed forms"
        : "must fit exactly one of the allowed forms";
    case "contains":
      return "lacks an element of the form that is needed";
    case "not":
      return "has a form that is not allowed";
    case "false":
    case "additionalProperties":
    case "unevaluatedProperties":
      return "is not a known field";
    default:
      return unit.error.replace(/^Instance /, "").replace(/\.$/, "");
  }
}

function keywordValue(unit: OutputUnit, schema: JsonSchema): Json | undefined {
  let current: Json | undefined = schema;
  for (const part of unit.keywordLocation.split("/").slice(1)) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof current !== "object" || current === null) return undefined;
    if (Array.isArray(current)) current = current[Number(key)];
    else current = Object.hasOwn(current, key) ? current[key] : undefined;
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
