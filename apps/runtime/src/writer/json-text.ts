/**
 * JSON as Postgres takes it. Postgres refuses U+0000 and halves of surrogate pairs in text, and one refused value
 * would fail a whole batch, so values are looked at once, where they come in.
 */
import type { Json } from "@holdfast/dsl";

/** What JSON can hold and Postgres can't, or too much of it. */
export class UnstorableValueError extends Error {
  override readonly name = "UnstorableValueError";
  readonly code: "value_too_large" | "invalid_text";

  constructor(code: "value_too_large" | "invalid_text", message: string) {
    super(message);
    this.code = code;
  }
}

// An escape that JSON.stringify only writes for U+0000 and for lone surrogates, unless its backslash is itself escaped.
const SUSPECT = /\\u(?:0000|d[89a-f])/i;
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/**
 * Serializes a value for a row.
 * @throws UnstorableValueError when it is larger than `maxBytes` or holds text that Postgres can't store.
 */
export function jsonText(value: Json, maxBytes: number): string {
  const text = JSON.stringify(value);
  // A UTF-16 unit takes three bytes at most: only texts near the limit are counted exactly.
  if (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes) {
    throw new UnstorableValueError(
      "value_too_large",
      `a value of ${Buffer.byteLength(text)} bytes is over the limit of ${maxBytes}`,
    );
  }
  if (SUSPECT.test(text) && UNSTORABLE.test(text)) {
    throw new UnstorableValueError("invalid_text", "text with U+0000 or half a surrogate pair can't be stored");
  }
  return text;
}

/** A string as JSON, for row texts that are glued together. */
export const quoted = (text: string): string => JSON.stringify(text);
