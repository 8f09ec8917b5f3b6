/** Points in time as people write them. */
import { atWallTime } from "@holdfast/dsl";

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
  if (WITH_OFFSET.test(text)) return isDay(text.slice(0, 10)) ? valid(Date.parse(text)) : undefined;
  const parts = LOCAL.exec(text);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const same = new Date(wall);
  if (!isDay(text.slice(0, 10)) || same.getUTCHours() !== hour || same.getUTCMinutes() !== minute) return undefined;
  return atWallTime(wall, timeZone);
}

/** JavaScript rolls 31 June over to July; that was not what was written. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function valid(instant: number): number | undefined {
  return Number.isNaN(instant) ? undefined : instant;
}
