/** Whether a value of one static type can ever be a value of another. */
import type { JsonObject, JsonSchema } from "../json.ts";
import { isJsonObject, isJsonSchema } from "../document/json-field.ts";

const ALL = ["null", "boolean", "number", "string", "array", "object"] as const;
type JsonType = (typeof ALL)[number];

/** The JSON types that a schema lets through. Careful: what it does not understand lets everything through. */
export function typesOf(schema: JsonSchema): ReadonlySet<JsonType> {
  if (schema === true) return new Set(ALL);
  if (schema === false) return new Set();
  let types = declaredTypes(schema);
  if (schema["const"] !== undefined) types = intersect(types, new Set([typeOfValue(schema["const"])]));
  if (Array.isArray(schema["enum"])) types = intersect(types, new Set(schema["enum"].map(typeOfValue)));
  for (const choice of [schema["anyOf"], schema["oneOf"]]) {
    if (!Array.isArray(choice)) continue;
    types = intersect(types, new Set(choice.flatMap((entry) => (isJsonSchema(entry) ? [...typesOf(entry)] : ALL))));
  }
  return types;
}

/** Whether no value fits both. */
export function areDisjoint(a: JsonSchema, b: JsonSchema): boolean {
  return intersect(typesOf(a), typesOf(b)).size === 0;
}

/** The schema that fits whatever fits one of them. */
export function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const distinct = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  if (distinct.some((schema) => schema === true || (isJsonObject(schema) && Object.keys(schema).length === 0))) {
    return true;
  }
  const [only, ...others] = distinct.filter((schema) => schema !== false);
  if (only === undefined) return distinct.length === 0;
  return others.length === 0 ? only : { anyOf: [only, ...others] };
}

/** What the types are called in a sentence. */
export function describeTypes(schema: JsonSchema): string {
  const words = [...typesOf(schema)].map(
    (type) => ({ array: "a list", object: "an object", null: "nothing" })[type as string] ?? `a ${type}`,
  );
  return words.length === ALL.length ? "anything" : words.join(" or ");
}

function declaredTypes(schema: JsonObject): ReadonlySet<JsonType> {
  const { type } = schema;
  const names = Array.isArray(type) ? type : [type];
  if (type === undefined) return new Set(ALL);
  return new Set(ALL.filter((name) => names.includes(name) || (name === "number" && names.includes("integer"))));
}

function typeOfValue(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return ALL.find((name) => name === typeof value) ?? "object";
}

function intersect(a: ReadonlySet<JsonType>, b: ReadonlySet<JsonType>): Set<JsonType> {
  return new Set([...a].filter((type) => b.has(type)));
}
