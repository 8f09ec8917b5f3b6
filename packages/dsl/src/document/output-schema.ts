/** The JSON Schema of what a node gives by a port. */
import { DEFAULT_PORT } from "../contract/manifest.ts";
import type { NodeManifest, ParamCondition } from "../contract/manifest.ts";
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { isJsonObject, isJsonSchema } from "./json-field.ts";
import { conditionHolds } from "./manifest-facts.ts";
import { valueAt } from "./pointer.ts";

/** The static type of a value or template; `pointer` is where in the params it stands. */
export type TypeOf = (value: Json, pointer: string) => JsonSchema;

/** The shape that a manifest gives a port: by its name, else `*`, else anything. */
export function outputSchemaOf(manifest: NodeManifest, params: JsonObject, port: string, typeOf: TypeOf): JsonSchema {
  const own = Object.hasOwn(manifest.output, port) ? manifest.output[port] : undefined;
  return resolve(own ?? manifest.output["*"] ?? true, params, typeOf);
}

/** Whether a node that ends its branch does so with a value. */
export function endsWithValue(manifest: NodeManifest, params: JsonObject): boolean {
  const shape = manifest.output[DEFAULT_PORT];
  if (manifest.ports.length > 0 || shape === undefined) return false;
  const source = isJsonObject(shape) ? (shape["$typeOf"] ?? shape["$param"]) : undefined;
  return typeof source !== "string" || valueAt(params, source) !== undefined;
}

function resolve(shape: JsonSchema, params: JsonObject, typeOf: TypeOf): JsonSchema {
  if (typeof shape === "boolean") return shape;
  const { $param, $typeOf, $when } = shape;
  if (typeof $param === "string") {
    const schema = valueAt(params, $param);
    return isJsonSchema(schema) ? schema : true;
  }
  if (typeof $typeOf === "string") {
    const value = valueAt(params, $typeOf);
    return value === undefined ? true : typeOf(value, $typeOf);
  }
  if (isCondition($when)) {
    const branch = shape[conditionHolds($when, params) ? "then" : "else"];
    return isJsonSchema(branch) ? resolve(branch, params, typeOf) : true;
  }
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, resolveWithin(value, params, typeOf)]));
}

/** Subschemas stand in objects and in lists (`anyOf`); whatever is no object is kept as it is. */
function resolveWithin(value: Json, params: JsonObject, typeOf: TypeOf): Json {
  if (Array.isArray(value)) return value.map((entry) => resolveWithin(entry, params, typeOf));
  return isJsonObject(value) ? resolve(value, params, typeOf) : value;
}

function isCondition(value: unknown): value is ParamCondition & JsonObject {
  return isJsonObject(value) && typeof value["pointer"] === "string";
}
