import { expect, test } from "vitest";
import { nextDigest, settingsFrom } from "./settings.ts";

test.each([
  ["today", "2026-11-23T05:00:00Z", "08:30 Europe/Kyiv", "2026-11-23T06:30:00.000Z"],
  ["tomorrow, when it is past", "2026-11-23T06:30:00Z", "08:30 Europe/Kyiv", "2026-11-24T06:30:00.000Z"],
  ["by the wall of the zone", "2026-11-23T23:00:00Z", "08:30 Pacific/Auckland", "2026-11-24T19:30:00.000Z"],
  ["an hour sooner in summer", "2026-03-28T12:00:00Z", "08:30 Europe/Kyiv", "2026-03-29T05:30:00.000Z"],
  ["at a time that is jumped over, later", "2026-03-28T12:00:00Z", "03:30 Europe/Kyiv", "2026-03-29T01:30:00.000Z"],
])("the next digest is %s", (_, now, wall, expected) => {
  const [at = "", timeZone = ""] = wall.split(" ");
  expect(new Date(nextDigest(Date.parse(now), { at, timeZone })).toISOString()).toBe(expected);
});

test("whoever has set nothing is told at once", () => {
  expect(settingsFrom(null)).toEqual({ mail: "now", at: "08:30", timeZone: "UTC", language: "en" });
  expect(settingsFrom({ mail: "never" })).toMatchObject({ mail: "now" });
});
