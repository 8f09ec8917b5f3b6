/** Points in time as people write them. */

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?$/;

/**
 * Milliseconds since the epoch of an ISO 8601 date and time. Without an offset it is read in `timeZone`, and a
 * bare date is the beginning of that day there. A local time that a clock change skips is the moment of the
 * change's later side; one that occurs twice is its first occurrence.
 *
 * @returns `undefined` if the text is no such time.
 */
export function parseDateTime(text: string, timeZone: string): number | undefined {
  if (WITH_OFFSET.test(text)) return valid(Date.parse(text));
  const parts = LOCAL.exec(text);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const same = new Date(wall);
  // Date.UTC rolls 31 June over to July; that was not what was written.
  if (same.getUTCMonth() !== month - 1 || same.getUTCDate() !== day || same.getUTCHours() !== hour) return undefined;
  return localToInstant(wall, timeZone);
}

/** Where the wall clock of `timeZone` shows `wall` (its fields written as if they were UTC). */
function localToInstant(wall: number, timeZone: string): number {
  const day = 86_400_000;
  // Offsets change at most once within two days, so one of these two is in force at `wall`.
  const before = offsetAt(wall - day, timeZone);
  const after = offsetAt(wall + day, timeZone);
  const candidates = [wall - before, wall - after].toSorted((a, b) => a - b);
  const exact = candidates.find((instant) => instant + offsetAt(instant, timeZone) === wall);
  return exact ?? wall - before;
}

/** How far the wall clock of `timeZone` is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const shown = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const field = (type: Intl.DateTimeFormatPartTypes): number => Number(shown.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    field("year"),
    field("month") - 1,
    field("day"),
    field("hour"),
    field("minute"),
    field("second"),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

function valid(instant: number): number | undefined {
  return Number.isNaN(instant) ? undefined : instant;
}
