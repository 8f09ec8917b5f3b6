/** Arithmetic in working time. */
import { isDuration } from "../document/duration.ts";
import { DAY, timeOfDay, type WorkCalendar } from "./calendar.ts";
import { atWallTime, wallTime } from "./zone.ts";

/** Whole working days, then working time. */
export interface WorkingSpan {
  readonly days: number;
  /** Milliseconds. */
  readonly ms: number;
}

/** After so many days without working time there is none. */
const LONGEST_BREAK = 3_660;

/**
 * When so much working time is over, counted from `start`: outside working hours from when they begin next. A working
 * day leads to the same time on the next working day, or into its hours where it is outside of them.
 * @param start milliseconds since the epoch
 * @throws RangeError in a calendar in which nobody ever works
 */
export function addWorkingTime(start: number, { days, ms }: WorkingSpan, calendar: WorkCalendar): number {
  const hours = new Hours(calendar);
  let place = hours.placeOf(start);
  for (let left = days; left > 0; left--) place = { day: hours.workday(place.day + 1), time: place.time };
  if (days > 0) place = hours.within(place);
  return hours.after(place, ms);
}

/** A day since the epoch, and milliseconds on its wall clock. */
interface Place {
  readonly day: number;
  readonly time: number;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

class Hours {
  readonly #zone: string;
  readonly #week: readonly (readonly Stretch[])[];
  readonly #once: ReadonlySet<string>;
  readonly #yearly: ReadonlySet<string>;

  constructor({ timeZone, hours, holidays }: WorkCalendar) {
    this.#zone = timeZone;
    this.#week = hours.map((day) => day.map(({ from, to }) => ({ from: timeOfDay(from), to: timeOfDay(to) })));
    this.#once = new Set(holidays.flatMap(({ date, yearly }) => (yearly ? [] : [date])));
    this.#yearly = new Set(holidays.flatMap(({ date, yearly }) => (yearly ? [date.slice(5)] : [])));
  }

  /** Where it is, or where working time begins next. */
  placeOf(at: number): Place {
    const wall = wallTime(at, this.#zone);
    const day = Math.floor(wall / DAY);
    const time = wall - day * DAY;
    const next = this.#on(day).find(({ to }) => time < to);
    if (next !== undefined) return { day, time: Math.max(time, next.from) };
    const later = this.workday(day + 1);
    return { day: later, time: this.#on(later)[0]?.from ?? 0 };
  }

  /** The first day of work, this one or later. */
  workday(from: number): number {
    for (let day = from; day < from + LONGEST_BREAK; day++) if (this.#on(day).length > 0) return day;
    throw new RangeError("nobody ever works in this calendar");
  }

  /** The same time, moved into the day's hours. */
  within({ day, time }: Place): Place {
    const stretches = this.#on(day);
    const next = stretches.find(({ to }) => time <= to);
    return { day, time: next === undefined ? (stretches.at(-1)?.to ?? time) : Math.max(time, next.from) };
  }

  /** Working time later; real time, also where the clocks are set within working hours. */
  after(place: Place, ms: number): number {
    let left = ms;
    let { day, time } = place;
    for (;;) {
      for (const { from, to } of this.#on(day)) {
        if (to < time) continue;
        const begin = this.#at(day, Math.max(from, time));
        const length = Math.max(0, this.#at(day, to) - begin);
        if (left <= length) return begin + left;
        left -= length;
      }
      day = this.workday(day + 1);
      time = 0;
    }
  }

  #on(day: number): readonly Stretch[] {
    const date = new Date(day * DAY).toISOString().slice(0, 10);
    if (this.#once.has(date) || this.#yearly.has(date.slice(5))) return [];
    // The epoch was a Thursday.
    return this.#week[(((day + 3) % 7) + 7) % 7] ?? [];
  }

  #at(day: number, time: number): number {
    return atWallTime(day * DAY + time, this.#zone);
  }
}

const WORKWEEK = 5;
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000 };

/**
 * A duration in working time: a day is a working day, a week five of them, hours and less are working time.
 * @param text as `parseDuration` takes it
 */
export function workingSpanOf(text: string): WorkingSpan | undefined {
  if (!isDuration(text)) return undefined;
  const [, count, unit] = /^(\d+)(ms|s|m|h|d|w)$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    if (unit === "d") return { days: Number(count), ms: 0 };
    if (unit === "w") return { days: Number(count) * WORKWEEK, ms: 0 };
    return { days: 0, ms: Number(count) * (UNITS[unit] ?? 1) };
  }
  const [date = "", time = ""] = text.slice(1).split("T");
  const sum = (part: string, units: Readonly<Record<string, number>>): number =>
    [...part.matchAll(/([\d.]+)([A-Z])/g)].reduce(
      (total, [, much, name = ""]) => total + Number(much) * (units[name.toLowerCase()] ?? 0),
      0,
    );
  return { days: sum(date, { d: 1, w: WORKWEEK }), ms: Math.round(sum(time, UNITS)) };
}
