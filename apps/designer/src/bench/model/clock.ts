/** The test clock: where it stands, what lies on its way, and how it is drawn. */
import type { Simulation } from "@holdfast/engine/simulate";
import { laterOf } from "./needs.ts";
import type { Session } from "./session.ts";
import type { Told } from "./story.ts";

export interface ClockMark {
  readonly kind: "reminder" | "deadline" | "wake" | "retry" | "deed";
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly node?: string;
  /** It belongs to a wait that is over: the mark stands only for orientation. */
  readonly past: boolean;
}

export interface Clock {
  readonly start: number;
  readonly now: number;
  /** The latest time that is known to matter. */
  readonly end: number;
  readonly marks: readonly ClockMark[];
  /** What comes next by itself, or by the scenario. */
  readonly next?: ClockMark;
}

export function clockOf(simulation: Simulation, session: Session, told: Told): Clock {
  const { start, deeds, done } = session;
  const now = Math.max(simulation.now, start.now + session.until);
  const marks = [
    ...waitMarks(told, now),
    ...laterMarks(simulation),
    ...deedMarks(start.now, deeds.slice(done)),
  ].toSorted((a, b) => a.at - b.at);
  const next = nextMark(simulation, marks, now);
  const end = Math.max(now, ...marks.filter(({ at, past }) => !past || at <= now).map(({ at }) => at));
  return { start: start.now, now, end, marks, ...(next !== undefined && { next }) };
}

function waitMarks(told: Told, now: number): ClockMark[] {
  return told.waits.flatMap(({ kind, node, deadline, reminders, escalations, closedAt }): ClockMark[] => {
    const over = Math.min(deadline ?? Infinity, closedAt ?? Infinity);
    const past = closedAt !== undefined;
    return [
      ...[...reminders, ...escalations]
        .filter((at) => at < over)
        .map((at): ClockMark => ({ kind: "reminder", at, node, past: past || at <= now })),
      ...(deadline !== undefined && deadline <= (closedAt ?? Infinity)
        ? [{ kind: kind === "time" ? ("wake" as const) : ("deadline" as const), at: deadline, node, past }]
        : []),
    ];
  });
}

function laterMarks(simulation: Simulation): ClockMark[] {
  return simulation.runs.flatMap((run) =>
    Object.entries(simulation.stateOf(run).nodes).flatMap(([node, fact]): ClockMark[] => {
      const later = laterOf(fact);
      if (later === undefined || later.at <= simulation.now) return [];
      return [{ kind: later.type === "retry" ? "retry" : "wake", at: later.at, node, past: false }];
    }),
  );
}

function deedMarks(start: number, deeds: Session["deeds"]): ClockMark[] {
  return deeds.map((deed): ClockMark => ({
    kind: "deed",
    at: start + deed.at,
    ...("node" in deed && { node: deed.node }),
    past: false,
  }));
}

/** What the engine waits for may be none of these: the time limit of the whole run. */
function nextMark(simulation: Simulation, marks: readonly ClockMark[], now: number): ClockMark | undefined {
  const known = marks.find(({ at, past, kind }) => !past && (at > now || (kind === "deed" && at >= now)));
  const timer = simulation.nextTimer;
  if (timer !== undefined && timer > now && (known === undefined || timer < known.at)) {
    return { kind: "deadline", at: timer, past: false };
  }
  return known;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What one segment of the rail may stand for, the longest first. */
const UNITS = [28 * DAY, 7 * DAY, DAY, 6 * HOUR, HOUR, 10 * MINUTE, MINUTE, 10_000, 1_000];

/** How many segments of which length the clock's rail has. */
export function railOf(length: number): { readonly unit: number; readonly total: number } {
  const unit = UNITS.find((one) => length / one >= 2) ?? 1_000;
  return { unit, total: Math.max(1, length / unit) };
}

/** The number of the day and the time of day, in the flow's zone. */
export function dayOf(at: number, start: number, timeZone: string): number {
  return Math.round((dateNumber(at, timeZone) - dateNumber(start, timeZone)) / DAY);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  formats.set(timeZone, made);
  return made;
}

function dateNumber(at: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(parts["year"] ?? 0, (parts["month"] ?? 1) - 1, parts["day"] ?? 1);
}

const times = new Map<string, Intl.DateTimeFormat>();

/** `09:14:07` */
export function timeOf(at: number, timeZone: string): string {
  const known = times.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hour12: false,
    });
  if (known === undefined) times.set(timeZone, format);
  return format.format(at);
}
