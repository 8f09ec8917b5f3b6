/** Values that come in through a door: as row text, or what keeps them from being stored and where that stands. */
import { isJsonObject, type Json, joinPointer } from "@holdfast/dsl";
import { Problem, type ProblemIssue } from "../problem/problem.ts";
import { jsonText, UnstorableValueError } from "../writer/json-text.ts";

/**
 * JSON text of a value.
 * @param pointer Where the value stands in what was sent.
 * @throws Problem 413 `value_too_large` or 422 `invalid_text`, whose pointer leads to the text itself.
 */
export function storableText(value: Json, maxBytes: number, pointer: string): string {
  const stored = storable(value, maxBytes, pointer);
  if ("text" in stored) return stored.text;
  const { code, message } = stored.issue;
  throw new Problem(code === "value_too_large" ? 413 : 422, code, message, {
    pointer: stored.issue.pointer,
    issues: [stored.issue],
  });
}

/** The same for whoever collects what is wrong. */
export function storable(
  value: Json,
  maxBytes: number,
  pointer: string,
): { readonly text: string } | { readonly issue: ProblemIssue } {
  try {
    return { text: jsonText(value, maxBytes) };
  } catch (error) {
    if (!(error instanceof UnstorableValueError)) throw error;
    const { code, message } = error;
    return {
      issue: { code, pointer: code === "invalid_text" ? (badText(value, pointer) ?? pointer) : pointer, message },
    };
  }
}

/** Whether Postgres takes it as text. */
export const isStorableText = (text: string): boolean => !text.includes("\u0000") && text.isWellFormed();

/** Where the first text stands that can't be stored; a field's name counts as the field. */
function badText(value: Json, pointer: string): string | undefined {
  if (typeof value === "string") return isStorableText(value) ? undefined : pointer;
  if (Array.isArray(value)) return firstBad(value.entries(), pointer);
  return isJsonObject(value) ? firstBad(Object.entries(value), pointer) : undefined;
}

function firstBad(members: Iterable<readonly [number | string, Json]>, pointer: string): string | undefined {
  for (const [key, member] of members) {
    const at = joinPointer(pointer, key);
    if (typeof key === "string" && !isStorableText(key)) return at;
    const bad = badText(member, at);
    if (bad !== undefined) return bad;
  }
  return undefined;
}
