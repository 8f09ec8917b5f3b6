import { isJsonObject } from "../document/json-field.ts";
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { inlineRefs } from "./inline.ts";

/**
 * A copy of the value in which absent fields take the `default` of their schema, in objects and lists at any depth.
 * Defaults inside alternatives (`anyOf`, `oneOf`) are left alone: which one holds is not known yet. What is there,
 * `null` too, stays.
 */
export function applyDefaults(schema: JsonSchema, value: Json): Json {
  return fill(inlineRefs(schema), value);
}

function fill(schema: Json | undefined, value: Json): Json {
  if (!isJsonObject(schema)) return value;
  const parts = Array.isArray(schema["allOf"]) ? schema["allOf"] : [];
  const filled = parts.reduce<Json>((current, part) => fill(part, current), value);
  if (Array.isArray(filled)) return fillList(schema, filled);
  return isJsonObject(filled) ? fillObject(schema, filled) : filled;
}

function fillList(schema: JsonObject, list: readonly Json[]): Json {
  const prefix = Array.isArray(schema["prefixItems"]) ? schema["prefixItems"] : [];
  return list.map((item, index) => fill(prefix[index] ?? schema["items"], item));
}

function fillObject(schema: JsonObject, object: JsonObject): Json {
  const properties = schema["properties"];
  if (!isJsonObject(properties)) return object;
  const entries = Object.entries(object).map(([key, item]): [string, Json] => [
    key,
    Object.hasOwn(properties, key) ? fill(properties[key], item) : item,
  ]);
  for (const [key, property] of Object.entries(properties)) {
    if (Object.hasOwn(object, key) || !isJsonObject(property)) continue;
    const standard = property["default"];
    if (standard !== undefined) entries.push([key, fill(property, standard)]);
  }
  return Object.fromEntries(entries);
}
