/** Where schemas stand inside a schema. */
import { isJsonObject } from "../document/json-field.ts";
import type { Json, JsonObject } from "../json.ts";

/** Below these stand schemas under names of the author's choice. */
const NAMED: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
  "definitions",
]);
const LISTS: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const SINGLE: ReadonlySet<string> = new Set([
  "additionalProperties",
  "unevaluatedProperties",
  "propertyNames",
  "items",
  "contains",
  "unevaluatedItems",
  "not",
  "if",
  "then",
  "else",
]);

/** The schemas directly inside, with the path to each. What stands there may be no schema at all. */
export function subschemasOf(schema: JsonObject): { readonly path: readonly string[]; readonly value: Json }[] {
  return Object.entries(schema).flatMap(([key, value]) => {
    if (SINGLE.has(key)) return [{ path: [key], value }];
    if (LISTS.has(key) && Array.isArray(value)) {
      return value.map((item, index) => ({ path: [key, String(index)], value: item }));
    }
    if (NAMED.has(key) && isJsonObject(value)) {
      return Object.entries(value).map(([name, item]) => ({ path: [key, name], value: item }));
    }
    return [];
  });
}

/** A copy in which every schema directly inside is replaced. */
export function mapSubschemas(schema: JsonObject, change: (value: Json) => Json): JsonObject {
  const entries = Object.entries(schema).map(([key, value]): [string, Json] => {
    if (SINGLE.has(key)) return [key, change(value)];
    if (LISTS.has(key) && Array.isArray(value)) return [key, value.map(change)];
    if (NAMED.has(key) && isJsonObject(value)) {
      return [key, Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(item)]))];
    }
    return [key, value];
  });
  return Object.fromEntries(entries);
}
