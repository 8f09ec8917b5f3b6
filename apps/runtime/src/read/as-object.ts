import type { Json, JsonObject } from "@holdfast/dsl";

/** The object itself; nothing in place of anything else. */
export const asObject = (value: Json): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
