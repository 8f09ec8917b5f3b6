import type { Json } from "@holdfast/dsl";

/** What was typed as JSON, or why it isn't. */
export function parseJson(
  text: string,
): { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value: asJson(value) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

// A parser of JSON gives nothing but JSON.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const asJson = (value: unknown): Json => value as Json;
