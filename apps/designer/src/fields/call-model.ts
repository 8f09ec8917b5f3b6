/** Who fills in a setting of a node that is called: nobody, the flow, or the model that calls it. */
import { isJsonObject } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import { startValue, type FieldSpec } from "./form-model.ts";

export type FilledBy = "nobody" | "flow" | "model";

export function filledBy({ params, arguments: open }: JsonObject, name: string): FilledBy {
  if (isJsonObject(params) && Object.hasOwn(params, name)) return "flow";
  return isJsonObject(open) && isJsonObject(open["properties"]) && Object.hasOwn(open["properties"], name)
    ? "model"
    : "nobody";
}

/** The call, in which that setting is filled in so. */
export function withFilledBy(call: JsonObject, { name, schema, required }: FieldSpec, by: FilledBy): JsonObject {
  const { params, arguments: open, ...rest } = call;
  const fixed = without(isJsonObject(params) ? params : {}, name);
  const given = isJsonObject(open) ? open : {};
  const properties = without(isJsonObject(given["properties"]) ? given["properties"] : {}, name);
  const needed = (Array.isArray(given["required"]) ? given["required"] : []).filter((one) => one !== name);
  if (by === "flow") fixed[name] = startValue(schema);
  if (by === "model") {
    properties[name] = argumentOf(schema) ?? {};
    if (required) needed.push(name);
  }
  return {
    ...rest,
    ...(Object.keys(fixed).length > 0 && { params: fixed }),
    ...(Object.keys(properties).length > 0 && {
      arguments: {
        ...given,
        type: "object",
        properties,
        ...(needed.length > 0 ? { required: needed } : {}),
        additionalProperties: false,
      },
    }),
  };
}

function without(values: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
}

/** Hints of settings that are evaluated or made safe by the node itself: no other node can fill them in. */
const NEVER = ["x-escape", "x-expression", "x-body"];

/** What a model is told of the setting: its shape, without what only the form needs. */
export function argumentOf(schema: JsonObject): JsonObject | undefined {
  if (NEVER.some((hint) => Object.hasOwn(schema, hint))) return undefined;
  const plain = plainOf(schema);
  return isJsonObject(plain) ? plain : undefined;
}

function plainOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(plainOf);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (key.startsWith("x-") ? [] : [[key, plainOf(each)]])),
  );
}
