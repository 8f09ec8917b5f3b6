/**
 * Inputs made from schemas, so that whatever takes an id can be tried with one that is somebody else's. Texts with a
 * known name get what the test tells for it; all else gets something that fits.
 */
import { z } from "zod";

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly format?: string;
}

/** What stands under a name; undefined: nothing in particular. */
export type TextFor = (name: string) => string | undefined;

/** An input that fits, as far as a schema tells; every optional part is there. */
export function inputFor(schema: z.ZodType, textFor: TextFor): unknown {
  const described: JsonSchema = JSON.parse(
    JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })),
  );
  return made(described, "", textFor);
}

function made(schema: JsonSchema, name: string, textFor: TextFor): unknown {
  const { anyOf = schema.oneOf, items, properties } = schema;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (anyOf !== undefined) return made(anyOf[0] ?? {}, name, textFor);
  if (properties !== undefined) {
    return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, made(value, key, textFor)]));
  }
  switch (schema.type) {
    case "object":
      return {};
    case "array":
      return Array.from({ length: schema.minItems ?? 1 }, () => made(items ?? {}, name, textFor));
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return false;
    case "null":
      return null;
    case "string":
      return textFor(name) ?? (schema.format === "date-time" ? "2026-03-01T00:00:00Z" : "dGV4dA==");
    default:
      return {};
  }
}
