/** How long a server asks to be left alone. */

/** A day: unless the caller knows better, no server is waited for longer by its own word alone. */
const LONGEST = 86_400_000;

/**
 * Milliseconds from `now`, out of a `Retry-After` header in seconds or as a date.
 * @returns `undefined` if there is none or it makes no sense. Never negative, at most `longest`.
 */
export function parseRetryAfter(
  header: string | null | undefined,
  now: number,
  longest: number = LONGEST,
): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), longest);
  // An HTTP date has letters; Date.parse alone would read "-5" or "1.5.2027" as a date too.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at - now, 0), longest);
}

/**
 * The same, out of an answer. A date is read by the clock of the server that gave it, where the answer tells that: clocks
 * differ, and the one here may have been moved.
 */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const there = Date.parse(headers.get("date") ?? "");
  return parseRetryAfter(headers.get("retry-after"), Number.isNaN(there) ? now : there);
}
