/** Finds the part of a manifest's params schema that speaks about one place in the params. */
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { isJsonObject, isJsonSchema } from "./json-field.ts";
import { joinPointer, pointerParts, valueAt } from "./pointer.ts";

/** The schema of what stands at a pointer into the params; `true` where nothing is said. */
export function schemaAt(schema: JsonSchema, params: Json, pointer: string): JsonSchema {
  let place = "";
  let found = dereference(schema, schema);
  for (const part of pointerParts(pointer)) {
    const parent = valueAt(params, place);
    if (parent === undefined) return true;
    found = dereference(childSchema(found, part, parent, schema), schema);
    place = joinPointer(place, part);
  }
  return found;
}

/** The schema of what stands at a key; `true` where the parent's schema says nothing or leaves a choice. */
export function childSchema(schema: JsonSchema, key: string, parent: Json, root: JsonSchema): JsonSchema {
  const resolved = dereference(schema, root);
  if (!isJsonObject(resolved)) return true;
  const direct = Array.isArray(parent) ? elementSchema(resolved, Number(key)) : propertySchema(resolved, key);
  if (direct !== undefined) return direct;
  const variants = [resolved["anyOf"], resolved["oneOf"], resolved["allOf"]].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const found = variants.flatMap((variant) => {
    const child = isJsonSchema(variant) ? childSchema(variant, key, parent, root) : true;
    return child === true ? [] : [child];
  });
  return found.length === 1 ? (found[0] ?? true) : true;
}

function propertySchema({ properties, additionalProperties }: JsonObject, key: string): JsonSchema | undefined {
  const own = isJsonObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (isJsonSchema(own)) return own;
  return isJsonObject(additionalProperties) ? additionalProperties : undefined;
}

function elementSchema({ prefixItems, items }: JsonObject, index: number): JsonSchema | undefined {
  const own = Array.isArray(prefixItems) ? prefixItems[index] : undefined;
  if (isJsonSchema(own)) return own;
  return isJsonObject(items) ? items : undefined;
}

/** Follows `$ref` within the manifest; a chain of references is cut off after a few. */
export function dereference(schema: JsonSchema, root: JsonSchema, depth = 0): JsonSchema {
  const reference = isJsonObject(schema) ? schema["$ref"] : undefined;
  if (typeof reference !== "string" || !reference.startsWith("#") || depth > 8 || !isJsonObject(root)) return schema;
  const target = valueAt(root, reference.slice(1));
  return isJsonSchema(target) ? dereference(target, root, depth + 1) : true;
}
