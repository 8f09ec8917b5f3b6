/** What makes two questions the same. */
import { createHash } from "node:crypto";
import type { Question } from "./ask.ts";

/**
 * The SHA-256 of everything that has a part in the answer, whatever the order of its keys.
 * @param models each with the server that it is asked of
 */
export function cacheKey(models: readonly (readonly [string, string])[], question: Omit<Question, "model">): string {
  const { instructions, messages, schema, tools, temperature, maxOutputTokens } = question;
  const whole = { models, instructions, messages, schema, tools, temperature, maxOutputTokens };
  return createHash("sha256")
    .update(JSON.stringify(ordered(whole)))
    .digest("hex");
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  // By code units: the same in every language.
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, ordered(inner)]),
  );
}
