/** Working time to times, in the calendars as they are when a wait opens. */
import { addWorkingTime, DEFAULT_CALENDAR, defaultCalendar, type InboxSpec, type Span } from "@holdfast/dsl";
import type { Queryable } from "../read/queryable.ts";
import { calendarsNamed } from "./calendar-store.ts";

export interface Place {
  readonly workspace: number;
  /** The flow's: of calendars that have none. */
  readonly timeZone: string;
  /** When the wait opens. */
  readonly at: number;
}

/** A calendar that is gone is replaced by the default one, and the task says so. */
export async function inClockTime(database: Queryable, place: Place, inbox: InboxSpec): Promise<InboxSpec> {
  const names = calendarsOf(inbox);
  if (names.length === 0) return inbox;
  const stored = await calendarsNamed(database, place.workspace, [...names, DEFAULT_CALENDAR]);
  const calendars = new Map(
    [...stored].map(([name, calendar]) => [name, { ...calendar, timeZone: calendar.timeZone ?? place.timeZone }]),
  );
  const fallback = calendars.get(DEFAULT_CALENDAR) ?? defaultCalendar(place.timeZone);
  const toTime = (span: Span): Span => {
    if (typeof span === "number" || "at" in span) return span;
    return { at: addWorkingTime(place.at, span, calendars.get(span.calendar) ?? fallback) };
  };
  const missing = names.filter((name) => name !== DEFAULT_CALENDAR && !calendars.has(name));
  return {
    ...inbox,
    ...(inbox.due === undefined ? {} : { due: toTime(inbox.due) }),
    reminders: inbox.reminders.map(toTime),
    escalation: inbox.escalation.map((rung) => ({ ...rung, after: toTime(rung.after) })),
    ...(missing.length === 0 ? {} : { missingCalendars: missing }),
  };
}

function calendarsOf({ due, reminders, escalation }: InboxSpec): readonly string[] {
  const spans = [...(due === undefined ? [] : [due]), ...reminders, ...escalation.map(({ after }) => after)];
  return [...new Set(spans.flatMap((span) => (typeof span === "object" && "calendar" in span ? [span.calendar] : [])))];
}
