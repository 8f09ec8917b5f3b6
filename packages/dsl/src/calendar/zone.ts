/** Between a time and what the clocks on the wall show. A wall time is told as if it were UTC: milliseconds. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  if (formats.size < 100) formats.set(timeZone, made);
  return made;
}

/** What the wall shows at a time. */
export function wallTime(at: number, timeZone: string): number {
  const parts: { [type: string]: number } = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1_000) + 1_000) % 1_000);
}

const DAY = 86_400_000;

/**
 * When the wall shows a time: of two such times (the clocks are set back) the first; of none (they are set forward) the
 * time as much later as they jump.
 */
export function atWallTime(wall: number, timeZone: string): number {
  const before = wall - offset(wall - DAY, timeZone);
  if (wallTime(before, timeZone) === wall) return before;
  const after = wall - offset(wall + DAY, timeZone);
  return wallTime(after, timeZone) === wall ? after : before;
}

const offset = (at: number, timeZone: string): number => wallTime(at, timeZone) - at;
