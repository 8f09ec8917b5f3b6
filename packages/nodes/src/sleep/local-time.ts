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
  return atWallTime(wall, timeZone);
}

function valid(instant: number): number | undefined {
  return Number.isNaN(instant) ? undefined : instant;
}
