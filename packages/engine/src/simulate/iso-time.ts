/** Times as text. Arithmetic only: what time it is, is always given. */

/** @param at milliseconds since the epoch */
export function isoTime(at: number): string {
  // oxlint-disable-next-line eslint/no-restricted-globals -- writes a time that is given
  return new Date(at).toISOString();
}

/** Milliseconds since the epoch; NaN if the text is no ISO 8601 time. */
export function parseIsoTime(text: string): number {
  // oxlint-disable-next-line eslint/no-restricted-globals -- reads a time that is given
  return Date.parse(text);
}
