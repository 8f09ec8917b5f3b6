import fc from "fast-check";
import { expect, it } from "vitest";
import { DAY, timeOfDay, type WorkCalendar, type WorkingHours } from "./calendar.ts";
import { addWorkingTime } from "./working-time.ts";
import { atWallTime, wallTime } from "./zone.ts";

const ZONES = ["UTC", "Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"];
const FROM = Date.parse("2024-01-01T00:00:00Z");
const TO = Date.parse("2030-01-01T00:00:00Z");

const text = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const stretches: fc.Arbitrary<WorkingHours[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 4 })
  .map((quarters) => {
    const sorted = quarters.toSorted((a, b) => a - b).map((quarter) => text(quarter * 15));
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
      from: sorted[index * 2] ?? "",
      to: sorted[index * 2 + 1] ?? "",
    }));
  });

const calendars: fc.Arbitrary<WorkCalendar> = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  // At least one day has hours.
  hours: fc
    .tuple(...Array.from({ length: 6 }, () => stretches))
    .map((week) => [...week, [{ from: "08:15", to: "16:45" }]]),
  holidays: fc.array(
    fc.record({
      date: fc.integer({ min: FROM, max: TO }).map((at) => new Date(at).toISOString().slice(0, 10)),
      name: fc.constant("Free"),
      yearly: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
});
const starts = fc.integer({ min: FROM, max: TO });
const days = fc.integer({ min: 0, max: 30 });
const lengths = fc.integer({ min: 0, max: 200 * 3_600_000 });

/** Whether somebody works then, or has just stopped. */
function isWorked(at: number, { timeZone, hours, holidays }: WorkCalendar): boolean {
  const wall = wallTime(at, timeZone);
  const date = new Date(wall).toISOString().slice(0, 10);
  const free = holidays.some((day) => (day.yearly ? day.date.slice(5) === date.slice(5) : day.date === date));
  const time = wall % DAY;
  const weekday = (new Date(wall).getUTCDay() + 6) % 7;
  return !free && (hours[weekday] ?? []).some(({ from, to }) => timeOfDay(from) <= time && time <= timeOfDay(to));
}

it("ends in working time, never before it began", () => {
  fc.assert(
    fc.property(calendars, starts, days, lengths, (calendar, start, count, ms) => {
      const end = addWorkingTime(start, { days: count, ms }, calendar);
      expect(end).toBeGreaterThanOrEqual(start);
      // Midnight at the end of a day shows as the next day, and an hour that the clocks jump over as the one after it.
      const places = [end, end - 1, end - 3_600_000];
      expect(places.some((place) => isWorked(place, calendar))).toBe(true);
    }),
  );
});

it("later starts and longer spans end no sooner", () => {
  fc.assert(
    fc.property(calendars, starts, days, fc.tuple(lengths, lengths), (calendar, start, count, [ms, more]) => {
      const end = addWorkingTime(start, { days: count, ms }, calendar);
      expect(addWorkingTime(start, { days: count, ms: ms + more }, calendar)).toBeGreaterThanOrEqual(end);
      expect(addWorkingTime(start, { days: count + 1, ms }, calendar)).toBeGreaterThanOrEqual(end);
      expect(addWorkingTime(start + more, { days: 0, ms }, calendar)).toBeGreaterThanOrEqual(
        addWorkingTime(start, { days: 0, ms }, calendar),
      );
    }),
  );
});

it("one length after another is both together", () => {
  fc.assert(
    fc.property(calendars, starts, lengths, lengths, (calendar, start, first, second) => {
      const middle = addWorkingTime(start, { days: 0, ms: first }, calendar);
      const there = addWorkingTime(middle, { days: 0, ms: second }, calendar);
      expect(there).toBe(addWorkingTime(start, { days: 0, ms: first + second }, calendar));
    }),
  );
});

it("what the wall shows leads back to its time", () => {
  fc.assert(
    fc.property(starts, fc.constantFrom(...ZONES), (at, zone) => {
      const back = atWallTime(wallTime(at, zone), zone);
      // Of the hour that comes twice it is the first.
      expect(at - back === 0 || wallTime(back, zone) === wallTime(at, zone)).toBe(true);
    }),
  );
});
