/** The rail of a planned wait: how many segments stand for its length, and where its reminders are. */
import { isDuration, parseDuration } from "@holdfast/dsl";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Units that a segment may stand for, the longest first. */
const UNITS = [7 * DAY, DAY, 6 * HOUR, HOUR, 30 * MINUTE, 10 * MINUTE, 5 * MINUTE, MINUTE, 10_000, 1_000];

/** Fewer can't be read as time, more can't be counted. */
const FEWEST = 4;
const MOST = 14;

export interface WaitLength {
  /** Milliseconds. */
  readonly length: number;
  readonly segments: number;
  /** In segments. */
  readonly marks: readonly number[];
}

/** Absent where the text is no duration (a template, say). */
export function waitLength(duration: unknown, reminders: readonly unknown[] = []): WaitLength | undefined {
  if (typeof duration !== "string" || !isDuration(duration)) return undefined;
  const length = parseDuration(duration);
  if (length <= 0) return undefined;
  const unit = UNITS.find((one) => length % one === 0 && length / one >= FEWEST && length / one <= MOST);
  const segments = unit === undefined ? 10 : length / unit;
  const marks = reminders.flatMap((reminder) => {
    if (typeof reminder !== "string" || !isDuration(reminder)) return [];
    const at = (parseDuration(reminder) / length) * segments;
    return at > 0 && at < segments ? [at] : [];
  });
  return { length, segments, marks };
}
