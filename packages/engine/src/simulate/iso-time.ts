/** Times as text. Arithmetic only: what time it is, is always given. */

/** @param at milliseconds since the epoch */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** Milliseconds since the epoch; NaN if the text is no ISO 8601 time. */
export function parseIsoTime(text: string): number {
  return Date.parse(text);
}
