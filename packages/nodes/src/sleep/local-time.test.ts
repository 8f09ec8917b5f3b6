import { expect, it } from "vitest";
import { parseDateTime } from "./local-time.ts";

it.each([
  ["2026-07-01T12:00", "Europe/Kyiv", "2026-07-01T09:00:00.000Z"],
  ["2026-01-01T12:00", "Europe/Kyiv", "2026-01-01T10:00:00.000Z"],
  ["2026-01-01T12:00", "America/New_York", "2026-01-01T17:00:00.000Z"],
  ["2026-01-01T12:00", "Asia/Kathmandu", "2026-01-01T06:15:00.000Z"],
  ["2026-01-01", "Pacific/Kiritimati", "2025-12-31T10:00:00.000Z"],
  // 03:00 became 04:00 on 29 March 2026: half past three never was, so it is half an hour after the change.
  ["2026-03-29T03:30", "Europe/Kyiv", "2026-03-29T01:30:00.000Z"],
  // 04:00 became 03:00 on 25 October 2026: half past three was twice, and the first counts.
  ["2026-10-25T03:30", "Europe/Kyiv", "2026-10-25T00:30:00.000Z"],
  ["2026-10-25T03:30:00+02:00", "Europe/Kyiv", "2026-10-25T01:30:00.000Z"],
])("%s in %s", (text, zone, expected) => {
  const instant = parseDateTime(text, zone);
  expect(instant === undefined ? undefined : new Date(instant).toISOString()).toBe(expected);
});

it.each([
  ["2026-06-31"],
  ["2026-13-01"],
  ["2026-01-01T25:00"],
  ["2026-01-01T12:00:75"],
  ["2026-02-30T12:00Z"],
  ["2026-02-28T12:61+02:00"],
  ["1 May 2026"],
  [""],
  ["2026-01-01T12"],
])("refuses %j", (text) => {
  expect(parseDateTime(text, "UTC")).toBeUndefined();
});
