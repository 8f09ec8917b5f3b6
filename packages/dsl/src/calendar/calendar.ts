/** When people work: hours per weekday, days off, and a time zone. */

/** From one time of day to a later one of the same day, `HH:MM`; the day ends at `24:00`. */
export interface WorkingHours {
  readonly from: string;
  readonly to: string;
}

/** A day on which nobody works. */
export interface Holiday {
  /** `2026-12-25` */
  readonly date: string;
  readonly name: string;
  /** Every year on this day of this month. */
  readonly yearly: boolean;
}

export interface WorkCalendar {
  /** IANA name. */
  readonly timeZone: string;
  /** Seven, Monday first. Of a day in order, without overlap; none: it is free. */
  readonly hours: readonly (readonly WorkingHours[])[];
  readonly holidays: readonly Holiday[];
}

/** The calendar that is always there. */
export const DEFAULT_CALENDAR = "default";

const NINE_TO_FIVE: readonly WorkingHours[] = [{ from: "09:00", to: "17:00" }];

/** Monday to Friday, nine to five. */
export const defaultCalendar = (timeZone: string): WorkCalendar => ({
  timeZone,
  hours: [NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, [], []],
  holidays: [],
});

/** `09:30` as milliseconds from midnight; NaN where it is no time of day. */
export function timeOfDay(text: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text) ?? [];
  const time = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return time <= DAY ? time : Number.NaN;
}

/** Milliseconds. */
export const DAY = 86_400_000;

/** Whether a text is a day that exists, `2026-02-28`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
