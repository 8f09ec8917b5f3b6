import { isJsonObject, isJsonSchema } from "../document/json-field.ts";
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { resolveLocal } from "./local-ref.ts";
import { mapSubschemas, subschemasOf } from "./subschemas.ts";

const MAX_DEPTH = 40;
const cache = new WeakMap<JsonObject, JsonSchema>();

/**
 * The schema with its local references put in place, so that any part of it can be looked at alone. A reference that
 * leads back into itself, or nowhere, becomes `true`: anything.
 */
export function inlineRefs(schema: JsonSchema): JsonSchema {
  if (typeof schema === "boolean") return schema;
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const inlined = holdsRef(schema, 0) ? inline(schema, schema, []) : schema;
  cache.set(schema, inlined);
  return inlined;
}

function holdsRef(schema: Json, depth: number): boolean {
  if (!isJsonObject(schema) || depth > MAX_DEPTH) return false;
  return "$ref" in schema || subschemasOf(schema).some(({ value }) => holdsRef(value, depth + 1));
}

function inline(schema: Json, root: JsonSchema, open: readonly string[]): JsonSchema {
  if (typeof schema === "boolean") return schema;
  if (!isJsonObject(schema) || open.length > MAX_DEPTH) return true;
  const { $ref: reference, $defs: _defs, definitions: _definitions, ...rest } = schema;
  const own = mapSubschemas(rest, (value) => inline(value, root, open));
  if (typeof reference !== "string") return own;
  if (open.includes(reference)) return true;
  const target = resolveLocal(reference, root);
  const referred = isJsonSchema(target) ? inline(target, root, [...open, reference]) : true;
  return Object.keys(own).length === 0 ? referred : { allOf: [referred, own] };
}
