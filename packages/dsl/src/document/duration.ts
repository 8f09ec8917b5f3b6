/**
 * Durations: a whole number and a unit (`30s`, `15m`, `2h`, `7d`), or ISO 8601 without years and months, whose length
 * depends on a calendar. A day is 24 hours and a week is seven days, whatever the time zone says.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** A hundred years of 365 days: nothing waits longer. Milliseconds. */
export const LONGEST_DURATION = 36_500 * DAY;

const SHORT = /^(\d{1,15})(ms|s|m|h|d|w)$/;
/** In the order of the standard, each left out if it is nothing, but not all of them. No look-ahead, for RE2. */
const ISO_DATE = String.raw`(?:\d{1,9}W(?:\d{1,9}D)?|\d{1,9}D)`;
const ISO_SECONDS = String.raw`\d{1,9}(?:\.\d{1,3})?S`;
const ISO_TIME = String.raw`T(?:\d{1,9}H(?:\d{1,9}M)?(?:${ISO_SECONDS})?|\d{1,9}M(?:${ISO_SECONDS})?|${ISO_SECONDS})`;
const ISO = new RegExp(`^P(?:${ISO_DATE}(?:${ISO_TIME})?|${ISO_TIME})$`);

/** Both forms in one pattern, for the published schema. */
export const DURATION_PATTERN = new RegExp(`${SHORT.source}|${ISO.source}`);

const UNITS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", SECOND],
  ["m", MINUTE],
  ["h", HOUR],
  ["d", DAY],
  ["w", WEEK],
]);

/** The text is no duration, or longer than {@link LONGEST_DURATION}. */
export class DurationError extends Error {
  readonly text: string;

  constructor(text: string) {
    super(`“${text}” is not a duration; write 30s, 15m, 2h, 7d, or ISO 8601 without years and months`);
    this.name = "DurationError";
    this.text = text;
  }
}

/**
 * The length in milliseconds.
 * @throws DurationError
 */
export function parseDuration(text: string): number {
  const length = shortLength(text) ?? isoLength(text);
  if (length === undefined || length > LONGEST_DURATION) throw new DurationError(text);
  return length;
}

/** Whether {@link parseDuration} accepts the text. */
export function isDuration(text: string): boolean {
  const length = shortLength(text) ?? isoLength(text);
  return length !== undefined && length <= LONGEST_DURATION;
}

/**
 * The shortest text that {@link parseDuration} reads back as the same length: the largest of d, h, m, s, ms that
 * divides it. Weeks are written as days.
 * @param length whole milliseconds, 0 or more
 */
export function formatDuration(length: number): string {
  if (length === 0) return "0s";
  for (const unit of ["d", "h", "m", "s"]) {
    const size = UNITS.get(unit) ?? 1;
    if (length % size === 0) return `${length / size}${unit}`;
  }
  return `${length}ms`;
}

function shortLength(text: string): number | undefined {
  const [, count, unit] = SHORT.exec(text) ?? [];
  const size = UNITS.get(unit ?? "");
  return size === undefined ? undefined : Number(count) * size;
}

function isoLength(text: string): number | undefined {
  if (!ISO.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)([WDHMS])/g)];
  return Math.round(
    parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS.get(unit.toLowerCase()) ?? 0), 0),
  );
}
