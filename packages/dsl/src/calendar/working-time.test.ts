import { describe, expect, it } from "vitest";
import { defaultCalendar, timeOfDay, type WorkCalendar } from "./calendar.ts";
import { addWorkingTime, workingSpanOf } from "./working-time.ts";
import { atWallTime, wallTime } from "./zone.ts";

const HOUR = 3_600_000;
const KYIV = defaultCalendar("Europe/Kyiv");

/** Start in Kyiv, span, end in Kyiv. 2026-11-20 is a Friday. */
const kyiv = (start: string, span: string, calendar: WorkCalendar = KYIV): string => {
  const at = atWallTime(Date.parse(`${start}:00Z`), calendar.timeZone);
  const given = workingSpanOf(span);
  if (given === undefined) throw new Error(`${span} is no span`);
  return new Date(wallTime(addWorkingTime(at, given, calendar), calendar.timeZone)).toISOString().slice(0, 16);
};

describe("working time", () => {
  it.each([
    ["within a day", "2026-11-19T10:00", "3h", "2026-11-19T13:00"],
    ["over a night", "2026-11-19T16:00", "2h", "2026-11-20T10:00"],
    ["over a weekend", "2026-11-20T16:30", "1h", "2026-11-23T09:30"],
    ["to the end of the day, not to the next", "2026-11-19T16:00", "1h", "2026-11-19T17:00"],
    ["from before work", "2026-11-19T06:00", "1h", "2026-11-19T10:00"],
    ["from a Saturday", "2026-11-21T12:00", "1h", "2026-11-23T10:00"],
    ["no time, from a Saturday", "2026-11-21T12:00", "0h", "2026-11-23T09:00"],
    ["a working day", "2026-11-19T11:00", "1d", "2026-11-20T11:00"],
    ["a working day over a weekend", "2026-11-20T11:00", "1d", "2026-11-23T11:00"],
    ["two working days from a Saturday", "2026-11-21T12:00", "2d", "2026-11-25T09:00"],
    ["a week is five working days", "2026-11-20T11:00", "1w", "2026-11-27T11:00"],
    ["days and hours", "2026-11-20T15:00", "P1DT4H", "2026-11-24T11:00"],
  ])("%s", (_, start, span, end) => {
    expect(kyiv(start, span)).toBe(end);
  });

  it("goes round holidays, once and every year", () => {
    const calendar: WorkCalendar = {
      ...KYIV,
      holidays: [
        { date: "2020-12-25", name: "Christmas", yearly: true },
        { date: "2026-12-28", name: "The boss's birthday", yearly: false },
      ],
    };
    expect(kyiv("2026-12-24T16:00", "2h", calendar)).toBe("2026-12-29T10:00");
    expect(kyiv("2026-12-24T16:00", "2d", calendar)).toBe("2026-12-30T16:00");
    expect(kyiv("2027-12-24T16:00", "2h", calendar)).toBe("2027-12-27T10:00");
    expect(kyiv("2027-12-27T16:00", "2h", calendar)).toBe("2027-12-28T10:00");
  });

  it("keeps to split and shorter days", () => {
    const split = [
      { from: "09:00", to: "12:00" },
      { from: "13:00", to: "17:00" },
    ];
    const calendar: WorkCalendar = { ...KYIV, hours: [split, split, split, split, split.slice(0, 1), [], []] };
    expect(kyiv("2026-11-19T11:00", "2h", calendar)).toBe("2026-11-19T14:00");
    expect(kyiv("2026-11-19T12:30", "0h", calendar)).toBe("2026-11-19T13:00");
    expect(kyiv("2026-11-19T15:00", "1d", calendar)).toBe("2026-11-20T12:00");
    expect(kyiv("2026-11-19T15:00", "P1DT1H", calendar)).toBe("2026-11-23T10:00");
  });

  it("counts real hours on the days when the clocks are set", () => {
    const always: WorkCalendar = { ...KYIV, hours: KYIV.hours.map(() => [{ from: "00:00", to: "24:00" }]) };
    // 2026-03-29 has 23 hours in Kyiv, 2026-10-25 has 25.
    expect(kyiv("2026-03-29T00:00", "23h", always)).toBe("2026-03-30T00:00");
    expect(kyiv("2026-10-25T00:00", "25h", always)).toBe("2026-10-26T00:00");
    expect(kyiv("2026-03-28T12:00", "1d", always)).toBe("2026-03-29T12:00");
    // 03:30 does not exist then.
    expect(kyiv("2026-03-28T03:30", "1d", always)).toBe("2026-03-29T04:30");
  });

  it("refuses a calendar in which nobody works", () => {
    const never: WorkCalendar = { ...KYIV, hours: KYIV.hours.map(() => []) };
    expect(() => addWorkingTime(0, { days: 0, ms: HOUR }, never)).toThrow(RangeError);
  });
});

it.each([
  ["2d", { days: 2, ms: 0 }],
  ["90m", { days: 0, ms: 90 * 60_000 }],
  ["1w", { days: 5, ms: 0 }],
  ["P1W1DT1.5S", { days: 6, ms: 1_500 }],
  ["PT2H", { days: 0, ms: 2 * HOUR }],
  ["soon", undefined],
])("%s is read as working time", (text, span) => {
  expect(workingSpanOf(text)).toEqual(span);
});

it.each([
  ["00:00", 0],
  ["09:30", 9.5 * HOUR],
  ["24:00", 24 * HOUR],
  ["24:01", Number.NaN],
  ["9:30", Number.NaN],
])("%s as a time of day", (text, time) => {
  expect(timeOfDay(text)).toBe(time);
});
