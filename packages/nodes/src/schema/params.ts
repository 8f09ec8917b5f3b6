/**
 * Building blocks for the params of node types: zod schemas that carry the `x-` hints of the manifest.
 *
 * The JSON Schema describes the params after their templates are evaluated; a document may hold a template
 * wherever no `x-literal` forbids it.
 */
import {
  DEFAULT_CALENDAR,
  ERROR_PORT,
  EVENT_NAME,
  isDuration,
  isJsonObject,
  type Json,
  type JsonObject,
} from "@holdfast/dsl";
import { z } from "zod";

/** Any JSON value. Params come out of JSON, so only its absence is looked for. */
export function json(): z.ZodType<Json, Json> {
  return z.custom<Json>((value) => value !== undefined, { error: "must be there" });
}

/** Any JSON object. In the manifest: `{ "type": "object" }`. */
export function jsonObject(): z.ZodType<JsonObject, JsonObject> {
  return z.custom<JsonObject>(isJsonObject, { error: "must be an object" }).meta({
    type: "object",
  });
}

/** A duration such as `30s`, `7d` or `PT1H`. */
export function duration(): z.ZodString {
  return z
    .string()
    .refine(isDuration, { error: "must be a duration such as 30s, 15m, 2h or 7d" })
    .meta({ "x-duration": true });
}

type Span = z.ZodUnion<
  readonly [z.ZodString, z.ZodObject<{ in: z.ZodString; calendar: z.ZodDefault<z.ZodString> }, z.core.$strict>]
>;

/** A length of time by the clock (`2d`), or in working time of a calendar (`{ "in": "2d", "calendar": "office" }`). */
export function span(): Span {
  return z
    .union([
      duration(),
      z.strictObject({
        in: duration(),
        calendar: z.string().min(1).max(63).default(DEFAULT_CALENDAR).meta({ "x-literal": true, "x-calendar": true }),
      }),
    ])
    .meta({ "x-duration": true, "x-working": true });
}

/** A bare CEL condition; `roots` may be read besides what the node may read anyway. */
export function condition(roots: readonly string[] = []): z.ZodString {
  return z
    .string()
    .min(1)
    .meta({ "x-expression": "condition", ...(roots.length > 0 && { "x-roots": [...roots] }) });
}

/** The name of a port: taken as it is, and none of those that the node or the engine has anyway. */
export function portName(...reserved: readonly string[]): z.ZodString {
  const taken = [ERROR_PORT, ...reserved];
  return z
    .string()
    .regex(/^[a-z][A-Za-z0-9_]{0,62}$/)
    .refine((name) => !taken.includes(name), { error: `must not be ${taken.join(" or ")}, which the node has anyway` })
    .meta({ "x-literal": true, not: { enum: taken } });
}

/** An empty name is told of as such, and not as one that is misspelled, too. */
const NAME_OR_NOTHING = new RegExp(`^(?:${EVENT_NAME.source.slice(1, -1)})?$`);

/** The name of an event, as every door takes it. */
export function eventName(): z.ZodString {
  return z
    .string()
    .min(1)
    .regex(NAME_OR_NOTHING, { error: "must be the name of an event such as support/refund.approved" });
}

/** A JSON Schema that stands in the params as it is. */
export function schemaParam(): z.ZodType<JsonObject, JsonObject> {
  return jsonObject().meta({ "x-literal": true, "x-widget": "schema" });
}

/** A JSON Schema of an object: what providers of language models ask for, and what gives an answer names. */
export function objectSchemaParam(): z.ZodType<JsonObject, JsonObject> {
  return schemaParam()
    .refine((schema) => schema["type"] === "object", {
      path: ["type"],
      error: "must be object: the fields stand in `properties`",
    })
    .meta({ properties: { type: { const: "object" } }, required: ["type"] });
}

/** The body of a loop: a flow of its own, kept as it is. */
export function bodyParam(): z.ZodType<JsonObject, JsonObject> {
  return jsonObject().meta({ "x-body": true });
}
