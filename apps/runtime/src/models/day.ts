/** Days of a flow, in its own time zone. */
import { atWallTime, wallTime } from "@holdfast/dsl";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** As 2026-11-23. */
export const dayOf = (now: number, timeZone: string): string =>
  new Date(wallTime(now, timeZone)).toISOString().slice(0, 10);

/** When the day after it begins. */
export const endOf = (day: string, timeZone: string): number => atWallTime(Date.parse(day) + DAY_MS, timeZone);
