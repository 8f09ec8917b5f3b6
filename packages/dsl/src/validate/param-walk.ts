/** What every value in a node's params is: text to take literally, a condition, a template, a body, a schema. */
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { isJsonObject } from "../document/json-field.ts";
import { childSchema, dereference } from "../document/param-schema.ts";
import { joinPointer } from "../document/pointer.ts";

export interface ParamPlace {
  /** JSON pointer into the params. */
  readonly pointer: string;
  readonly value: Json;
  /** What the manifest says about the place; `true` where it says nothing. */
  readonly schema: JsonSchema;
  readonly role: "literal" | "condition" | "template" | "body" | "schema" | "flow" | "calendar" | "duration" | "plain";
}

/** Whether text holds an expression. */
export function isTemplate(value: Json): value is string {
  return typeof value === "string" && value.includes("{{");
}

/** Whether text is one expression and nothing else, so that it keeps the expression's type. */
export function isLoneTemplate(text: string): boolean {
  return /^\s*\{\{(?:(?!\}\}).)*\}\}\s*$/s.test(text);
}

/** Every place that means something by itself; lists and objects are walked into, literal and opaque ones are not. */
export function* walkParams(manifestParams: JsonSchema, params: JsonObject): Generator<ParamPlace> {
  const open: { pointer: string; value: Json; schema: JsonSchema }[] = [
    { pointer: "", value: params, schema: manifestParams },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { pointer, value } = next;
    const schema = dereference(next.schema, manifestParams);
    const place = { pointer, value, schema, role: roleOf(value, schema) };
    yield place;
    if (place.role !== "plain" && place.role !== "schema") continue;
    if (place.role === "schema" && hint(schema, "x-literal") === true) continue;
    if (typeof value !== "object" || value === null) continue;
    const children = Object.entries(value).map(([key, child]) => ({
      pointer: joinPointer(pointer, key),
      value: child,
      schema: childSchema(schema, key, value, manifestParams),
    }));
    open.push(...children.toReversed());
  }
}

function roleOf(value: Json, schema: JsonSchema): ParamPlace["role"] {
  if (hint(schema, "x-expression") === "condition" && typeof value === "string") return "condition";
  if (hint(schema, "x-body") === true) return "body";
  if (hint(schema, "x-widget") === "schema" && isJsonObject(value)) return "schema";
  if (hint(schema, "x-flow") === true) return "flow";
  if (hint(schema, "x-calendar") === true) return "calendar";
  if (hint(schema, "x-literal") === true) return "literal";
  if (isTemplate(value)) return "template";
  return hint(schema, "x-duration") === true && !isJsonObject(value) ? "duration" : "plain";
}

function hint(schema: JsonSchema, name: string): Json | undefined {
  return isJsonObject(schema) ? schema[name] : undefined;
}
