/**
 * UUID v7 (RFC 9562): time first, so that rows land at the end of their index. Version 4 ids cost several times
 * the WAL once there is history.
 */
import { randomFillSync } from "node:crypto";

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const POOL_SIZE = 10 * 512;
const pool = Buffer.allocUnsafe(POOL_SIZE);
let used = POOL_SIZE;
let lastMs = 0;
let counter = 0;

const hex = (byte: number): string => HEX[byte & 0xff] ?? "00";

/** A new id. Ids of one process are in the order of the calls, also within a millisecond. */
export function uuid7(nowMs: number = Date.now()): string {
  if (used + 10 > POOL_SIZE) {
    randomFillSync(pool);
    used = 0;
  }
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = ((pool[used] ?? 0) << 3) | ((pool[used + 1] ?? 0) & 0x07);
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  const at = used;
  used += 10;
  const high = Math.floor(lastMs / 0x1_0000_0000);
  const low = lastMs >>> 0;
  return `${hex(high >>> 8) + hex(high) + hex(low >>> 24) + hex(low >>> 16)}-${hex(low >>> 8)}${hex(low)}-${hex(
    0x70 | (counter >>> 8),
  )}${hex(counter)}-${hex(0x80 | ((pool[at + 2] ?? 0) & 0x3f))}${hex(pool[at + 3] ?? 0)}-${hex(pool[at + 4] ?? 0)}${hex(
    pool[at + 5] ?? 0,
  )}${hex(pool[at + 6] ?? 0)}${hex(pool[at + 7] ?? 0)}${hex(pool[at + 8] ?? 0)}${hex(pool[at + 9] ?? 0)}`;
}

/** Ids made at a time, milliseconds since the epoch, or later are not below it. */
export function firstUuid7At(ms: number): string {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be an id at all: anything else must not reach a uuid parameter. */
export const isUuid = (text: string): boolean => UUID.test(text);
