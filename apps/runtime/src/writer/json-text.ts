/**
 * JSON as Postgres takes it. Postgres refuses U+0000 and halves of surrogate pairs in text, and one refused value
 * would fail a whole batch, so values are looked at once, where they come in.
 */
import type { Json } from "@holdfast/dsl";

type Unstorable = "value_too_large" | "outputs_too_large" | "invalid_text";

/** What JSON can hold and Postgres can't, or too much of it. */
export class UnstorableValueError extends Error {
  override readonly name = "UnstorableValueError";
  readonly code: Unstorable;

  constructor(code: Unstorable, message: string) {
    super(message);
    this.code = code;
  }
}

// An escape that JSON.stringify only writes for U+0000 and for lone surrogates, unless its backslash is itself escaped.
const SUSPECT = /\\u(?:0000|d[89a-f])/i;
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;

/**
 * Serializes a value for a row.
 * @throws UnstorableValueError when it is larger than `maxBytes` or holds text that Postgres can't store.
 */
export function jsonText(value: Json, maxBytes: number): string {
  const text = written(value, maxBytes);
  // A UTF-16 unit takes three bytes at most: only texts near the limit are counted exactly.
  if (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes) {
    throw new UnstorableValueError(
      "value_too_large",
      `a value of ${Buffer.byteLength(text)} bytes is over the limit of ${maxBytes}`,
    );
  }
  if (SUSPECT.test(text) && text.search(UNSTORABLE) !== -1) {
    throw new UnstorableValueError("invalid_text", "text with U+0000 or half a surrogate pair can't be stored");
  }
  return text;
}

function written(value: Json, maxBytes: number): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Longer than a string can be.
    if (!(error instanceof RangeError)) throw error;
    throw new UnstorableValueError("value_too_large", `a value is far over the limit of ${maxBytes} bytes`);
  }
}

/** JSON text of a value in which the replacement character stands for whatever Postgres can't store. */
export function storedText(value: unknown): string {
  const text = JSON.stringify(value);
  return SUSPECT.test(text) ? text.replaceAll(UNSTORABLE, String.raw`$1\ufffd`) : text;
}

/** A string as JSON, for row texts that are glued together. */
export const quoted = (text: string): string => JSON.stringify(text);
