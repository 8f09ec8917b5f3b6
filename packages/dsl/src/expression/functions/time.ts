/**
 * Dates and times as ISO 8601 text. Nothing here reads a clock: "now" is `run.now`, an argument like any other, so an
 * expression gives the same result in every attempt.
 */
import { isDuration, parseDuration } from "../../document/duration.ts";
import { FunctionFailure } from "./failure.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

// A date, or a date-time with its zone: without one the result would depend on the machine.
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since the epoch of an ISO date (midnight UTC), an ISO date-time with zone, or milliseconds. */
export function instant(value: string | number): number {
  const time = typeof value === "number" ? Math.trunc(value) : parseText(value);
  if (Number.isNaN(time) || Math.abs(time) > 8.64e15) {
    throw new FunctionFailure(
      "type_error",
      `${JSON.stringify(value)} is not a date or time such as "2026-05-04T09:30:00Z"`,
    );
  }
  return time;
}

function parseText(text: string): number {
  if (!DATE.test(text) && !DATE_TIME.test(text)) return Number.NaN;
  const time = Date.parse(text);
  // JavaScript rolls 2026-02-30 over to March; that is a typing error, not a date.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10) ? Number.NaN : time;
}

/** Whole units from one time to another, rounded toward zero; negative if `to` lies before `from`. */
export function unitsBetween(from: string | number, to: string | number, unit: number): number {
  return Math.trunc((instant(to) - instant(from)) / unit) + 0;
}

/** `addTime("2026-05-04T00:00:00Z", "2d")` → "2026-05-06T00:00:00.000Z". A minus sign goes back. */
export function addTime(value: string | number, duration: string): string {
  const length = duration.startsWith("-") ? duration.slice(1) : duration;
  if (!isDuration(length)) {
    throw new FunctionFailure(
      "type_error",
      `${JSON.stringify(duration)} is not a duration such as "30s", "2h" or "7d"`,
    );
  }
  return isoText(instant(value) + (length === duration ? 1 : -1) * parseDuration(length));
}

/** Like `Date.toISOString`, for any value that `instant` takes. */
export function isoText(value: string | number): string {
  return new Date(instant(value)).toISOString();
}

/** The calendar day, `2026-05-04`, in a zone by its IANA name (default UTC). */
export function calendarDate(value: string | number, zone = "UTC"): string {
  const parts = zonedParts(value, zone);
  return `${parts("year").padStart(4, "0")}-${parts("month")}-${parts("day")}`;
}

/** The time of day, `09:30`, in a zone. */
export function clockTime(value: string | number, zone = "UTC"): string {
  const parts = zonedParts(value, zone);
  return `${parts("hour")}:${parts("minute")}`;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** 1 (Monday) to 7 (Sunday), as ISO 8601 counts, in a zone. */
export function weekday(value: string | number, zone = "UTC"): number {
  return WEEKDAYS.indexOf(zonedParts(value, zone)("weekday")) + 1;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zonedParts(value: string | number, zone: string): (type: Intl.DateTimeFormatPartTypes) => string {
  let format = formats.get(zone);
  if (format === undefined) {
    format = zoneFormat(zone);
    if (formats.size < 100) formats.set(zone, format);
  }
  const parts = format.formatToParts(instant(value));
  return (type) => parts.find((part) => part.type === type)?.value ?? "";
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "iso8601",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      weekday: "short",
    });
  } catch {
    throw new FunctionFailure("type_error", `${JSON.stringify(timeZone)} is not a time zone such as "Europe/Kyiv"`);
  }
}
