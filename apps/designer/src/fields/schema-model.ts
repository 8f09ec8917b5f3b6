/** A JSON Schema of an object, as fields that can be added, named and moved. What is not shown is kept. */
import { isJsonObject } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";

export const FIELD_TYPES = [
  "text",
  "longText",
  "number",
  "integer",
  "boolean",
  "choice",
  "date",
  "dateTime",
  "email",
  "uri",
  "list",
  "object",
  "any",
] as const;
export type SchemaFieldType = (typeof FIELD_TYPES)[number];

export interface SchemaField {
  readonly name: string;
  readonly schema: JsonObject;
  readonly required: boolean;
}

/** Words of JSON Schema that fields can't show. */
const BEYOND = [
  "$ref",
  "allOf",
  "anyOf",
  "oneOf",
  "not",
  "if",
  "patternProperties",
  "$defs",
  "definitions",
  "prefixItems",
];

/** Whether the fields can show the schema, so that nothing is changed by accident. */
export function canShow(schema: JsonObject): boolean {
  if (BEYOND.some((word) => word in schema)) return false;
  const { type } = schema;
  if (type !== undefined && type !== "object") return false;
  return fieldsIn(schema).every(({ schema: field }) => canShowField(field));
}

function canShowField(schema: JsonObject): boolean {
  if (BEYOND.some((word) => word in schema) || Array.isArray(schema["type"])) return false;
  if (schema["type"] === "object") return canShow(schema);
  const { items } = schema;
  return schema["type"] !== "array" || !isJsonObject(items) || canShowField(items);
}

/** In the order of `x-order`, then as they are written. */
export function fieldsIn(schema: JsonObject): SchemaField[] {
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties)
    .map(([name, property], index) => ({
      name,
      schema: isJsonObject(property) ? property : {},
      required: required.includes(name),
      order: isJsonObject(property) && typeof property["x-order"] === "number" ? property["x-order"] : 1_000 + index,
    }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ order: _, ...field }) => field);
}

/** The schema with these fields. The order stands in `x-order`, since that of keys does not count. */
export function withFields(schema: JsonObject, fields: readonly SchemaField[]): JsonObject {
  const { required: _, ...rest } = schema;
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const properties: [string, Json][] = fields.map(({ name, schema: field }, index) => [
    name,
    fields.length > 1 || "x-order" in field ? { ...field, "x-order": index + 1 } : field,
  ]);
  return {
    type: "object",
    ...rest,
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
  };
}

const FORMATS: { readonly [format: string]: SchemaFieldType } = {
  date: "date",
  "date-time": "dateTime",
  email: "email",
  uri: "uri",
};

export function typeOfField(schema: JsonObject): SchemaFieldType {
  if (Array.isArray(schema["enum"])) return "choice";
  switch (schema["type"]) {
    case "string": {
      const { format } = schema;
      const known = typeof format === "string" ? FORMATS[format] : undefined;
      return known ?? (schema["x-widget"] === "text" ? "longText" : "text");
    }
    case "number":
      return "number";
    case "integer":
      return "integer";
    case "boolean":
      return "boolean";
    case "array":
      return "list";
    case "object":
      return "object";
    default:
      return "any";
  }
}

const SHAPES: { readonly [type in SchemaFieldType]: JsonObject } = {
  text: { type: "string" },
  longText: { type: "string", "x-widget": "text" },
  number: { type: "number" },
  integer: { type: "integer" },
  boolean: { type: "boolean" },
  choice: { type: "string", enum: [] },
  date: { type: "string", format: "date" },
  dateTime: { type: "string", format: "date-time" },
  email: { type: "string", format: "email" },
  uri: { type: "string", format: "uri" },
  list: { type: "array", items: { type: "string" } },
  object: { type: "object", properties: {}, additionalProperties: false },
  any: {},
};

/** The words that every type keeps. */
const COMMON: ReadonlySet<string> = new Set(["title", "description", "x-label", "x-order"]);

/** A field of another type: its words stay, its bounds and choices go. */
export function withType(schema: JsonObject, type: SchemaFieldType): JsonObject {
  const kept = Object.entries(schema).filter(([word]) => COMMON.has(word));
  return { ...SHAPES[type], ...Object.fromEntries(kept) };
}

/** What the field is called where people see it. */
export function labelOf({ name, schema }: SchemaField): string {
  const { title, "x-label": label } = schema;
  if (typeof label === "string" && label !== "") return label;
  return typeof title === "string" && title !== "" ? title : name;
}

/** The choices as lines of text, and back. */
export function choicesText(schema: JsonObject): string {
  return Array.isArray(schema["enum"]) ? schema["enum"].map(String).join("\n") : "";
}

export function withChoices(schema: JsonObject, text: string): JsonObject {
  const lines = text.split("\n").map((line) => line.trim());
  return { ...schema, enum: [...new Set(lines.filter((line) => line !== ""))] };
}

/** A copy with a word set, or left out. */
export function withWord(schema: JsonObject, word: string, value: Json | undefined): JsonObject {
  if (value !== undefined && value !== "") return { ...schema, [word]: value };
  const { [word]: _, ...rest } = schema;
  return rest;
}
