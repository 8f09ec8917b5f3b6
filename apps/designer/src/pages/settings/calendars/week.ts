/** A week of working hours in words. */
import type { WorkingHours } from "@holdfast/dsl";
import type { Outputs } from "../../../rpc/outputs.ts";
import type { Language } from "../../../words/language.ts";

export type Calendar = Outputs["calendars"]["list"][number];

/** The names of the days, Monday first. The fifth of January 2026 is a Monday. */
export function dayNames(language: Language, weekday: "short" | "long"): readonly string[] {
  const format = new Intl.DateTimeFormat(language, { weekday, timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, day) => format.format(new Date(Date.UTC(2026, 0, 5 + day))));
}

const hoursText = (day: readonly WorkingHours[]): string => day.map(({ from, to }) => `${from}–${to}`).join(", ");

/** "Mon–Thu 09:00–17:00, Fri 09:00–13:00"; days alike that follow each other are told together. */
export function weekText(hours: readonly (readonly WorkingHours[])[], language: Language): string {
  const names = dayNames(language, "short");
  const stretches: { first: number; last: number; text: string }[] = [];
  for (const [day, stretch] of hours.entries()) {
    const text = hoursText(stretch);
    const before = stretches.at(-1);
    if (text === "") continue;
    if (before?.text === text && before.last === day - 1) before.last = day;
    else stretches.push({ first: day, last: day, text });
  }
  return stretches
    .map(({ first, last, text }) => {
      const days = first === last ? names[first] : `${names[first]}–${names[last]}`;
      return `${days} ${text}`;
    })
    .join(", ");
}
