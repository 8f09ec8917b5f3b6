/** Fields that hold JSON of any depth. `checkJson` has run before, so these look at the outermost level only. */
import { z } from "zod";
import type { Json, JsonObject, JsonSchema } from "../json.ts";

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Any JSON value. */
export const jsonField = z.custom<Json>((value) => value !== undefined);

/** Any JSON object. */
export const jsonObjectField = z
  .custom<JsonObject>(isJsonObject, { error: "must be an object" })
  .meta({ type: "object" });

/** A JSON Schema of an object: what an input or a form is. */
export const objectSchemaField = z
  .custom<JsonObject>(isJsonObject, { error: "must be a JSON Schema, an object" })
  .meta({ $ref: "https://json-schema.org/draft/2020-12/schema", type: "object" });

export function isJsonSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || isJsonObject(value);
}
