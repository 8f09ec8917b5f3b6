/** The schema as a provider may see it. */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";

/** A schema to send, and whether the provider can promise to keep to it. */
export interface StrictSchema {
  readonly schema: JsonObject;
  /** OpenAI's strict mode takes only schemas in which every object is closed and every property required. */
  readonly isStrict: boolean;
}

/** Keywords OpenAI's strict mode refuses; with one of them the answer is only checked by us. */
const NOT_STRICT = [
  "oneOf",
  "allOf",
  "not",
  "if",
  "patternProperties",
  "dependentRequired",
  "dependentSchemas",
  "prefixItems",
  "default",
];

/** Leaves out the hints for forms (`x-…`), which are none of the provider's business, and `$schema`. */
export function strictSchema(schema: JsonObject): StrictSchema {
  const plain = withoutHints(schema);
  return { schema: plain, isStrict: isStrict(plain) };
}

function withoutHints(schema: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith("x-") || key === "$schema") continue;
    // Names of properties are no keywords: one may well be called x-ray.
    result[key] = MAPS.has(key) && isJsonObject(value) ? mapValues(value) : clean(value);
  }
  return result;
}

const MAPS: ReadonlySet<string> = new Set(["properties", "$defs", "definitions", "patternProperties"]);

function mapValues(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, clean(value)]));
}

function clean(value: Json): Json {
  if (Array.isArray(value)) return value.map(clean);
  return isJsonObject(value) ? withoutHints(value) : value;
}

function isStrict(schema: Json | undefined): boolean {
  if (schema === undefined) return true;
  if (!isJsonObject(schema) || NOT_STRICT.some((keyword) => keyword in schema)) return false;
  const anyOf = schema["anyOf"];
  if (Array.isArray(anyOf) && !anyOf.every(isStrict)) return false;
  const definitions = schema["$defs"];
  if (isJsonObject(definitions) && !Object.values(definitions).every(isStrict)) return false;
  const properties = schema["properties"];
  if (schema["type"] === "object" || properties !== undefined) {
    const required = schema["required"];
    if (schema["additionalProperties"] !== false || !isJsonObject(properties) || !Array.isArray(required)) return false;
    return Object.entries(properties).every(([name, property]) => required.includes(name) && isStrict(property));
  }
  return isStrict(schema["items"]) && ["type", "enum", "const", "anyOf", "$ref"].some((keyword) => keyword in schema);
}
