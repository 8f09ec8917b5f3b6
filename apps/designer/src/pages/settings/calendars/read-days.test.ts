import { expect, test } from "vitest";
import { readDays, withDays } from "./read-days.ts";

test.each([
  ["2026-12-25 Christmas, every year", { date: "2026-12-25", name: "Christmas", yearly: true }],
  ["25.12.2026;Різдво (щороку)", { date: "2026-12-25", name: "Різдво", yearly: true }],
  ["1/1/2027, New Year", { date: "2027-01-01", name: "New Year", yearly: false }],
  ['"2026-05-01","Labour Day","yearly"', { date: "2026-05-01", name: "Labour Day", yearly: true }],
  ["2026-08-24", { date: "2026-08-24", name: "", yearly: false }],
])("reads %s", (line, day) => {
  expect(readDays(line)).toEqual({ days: [day] });
});

test("says which line is none", () => {
  expect(readDays("2026-01-01 New Year\n\nChristmas\n")).toEqual({ badLine: 3 });
  expect(readDays("2026-02-30 Never")).toEqual({ badLine: 1 });
});

test("has no day twice", () => {
  const christmas = { date: "2026-12-25", name: "Christmas", yearly: true };
  const again = { date: "2027-12-25", name: "Різдво", yearly: true };
  const once = { date: "2026-05-01", name: "May", yearly: false };
  expect(withDays([christmas], [again, once])).toEqual([once, again]);
});
