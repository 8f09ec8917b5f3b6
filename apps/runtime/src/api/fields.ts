/** Fields that the routes of several nouns take. */
import { z } from "@hono/zod-openapi";
import { formatDuration, isDuration, parseDuration, type JsonObject } from "@holdfast/dsl";
import { DEFAULT_LIMIT, MAX_LIMIT } from "../read/cursor.ts";
import { API_LIMITS } from "./limits.ts";

export const idParams = z.strictObject({ id: z.string().min(1).max(200) });

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().max(500).optional().openapi({ description: "`nextCursor` of the page before." }),
});

/** A duration as the query has it, in milliseconds. */
export const waitField = z
  .string()
  .refine(isDuration, { error: "this must be a duration such as 30s", params: { code: "duration_invalid" } })
  .transform(parseDuration)
  .refine((ms) => ms <= API_LIMITS.waitMs, {
    error: `at most ${formatDuration(API_LIMITS.waitMs)}`,
    params: { code: "too_big" },
  })
  .optional()
  .openapi({ type: "string", example: "30s", description: "Answer when the run has ended, or after this time." });

/** A JSON object whose fields are somebody else's to check. */
export const objectField = z
  .custom<JsonObject>((value) => typeof value === "object" && value !== null && !Array.isArray(value), {
    error: "this must be an object",
    params: { code: "wrong_type" },
  })
  .openapi({ type: "object", additionalProperties: true });
