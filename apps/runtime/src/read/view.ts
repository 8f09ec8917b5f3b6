/**
 * Pieces that the views of several nouns share. A view is what the API shows of a thing: its zod schema is the one
 * description, from which both the TypeScript type and the API's own description come.
 */
import { z } from "@hono/zod-openapi";
import type { Json, JsonObject } from "@holdfast/dsl";

/** Any JSON value, passed on as it is. */
export const jsonView = z
  .custom<Json>(() => true)
  .openapi({
    type: ["object", "array", "string", "number", "boolean", "null"],
    description: "Any JSON value.",
    example: { orderId: "ORD-1001" },
  });

export const jsonObjectView = z
  .custom<JsonObject>(() => true)
  .openapi({ type: "object", additionalProperties: true, description: "Any JSON object." });

export const timeView = z.string().openapi({ format: "date-time", example: "2026-03-01T09:30:00.000Z" });

export const uuidView = z.string().openapi({ format: "uuid", example: "019a8f3e-5b7c-7d21-9c55-0f6f5a3b2c10" });

export const actorView = z
  .object({ kind: z.enum(["person", "key", "flow", "system"]), id: z.string() })
  .openapi("Actor", { description: "Who did a thing." });

export const errorView = z
  .looseObject({ code: z.string(), message: z.string() })
  .openapi("StepError", { description: "Why a step or a run failed." });

/** The schema of a page of a list. */
export const pageView = <Item>(item: z.ZodType<Item>): z.ZodType<{ items: Item[]; nextCursor: string | null }> =>
  z.object({
    items: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .openapi({ description: "Give it as `cursor` for the next page; null on the last." }),
  });

/** A named view or null. `.nullable()` would make the named schema itself nullable wherever it is used. */
export const orNull = <View>(view: z.ZodType<View>): z.ZodType<View | null> => z.union([view, z.null()]);
