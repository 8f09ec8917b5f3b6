import { expect, it } from "vitest";
import { parseRetryAfter } from "./retry-after.ts";

const NOW = Date.UTC(2026, 10, 22, 12);

it.each([
  ["5", 5_000],
  ["0", 0],
  ["1.5", 1_500],
  [" 120 ", 120_000],
  ["Sun, 22 Nov 2026 12:00:30 GMT", 30_000],
  ["Sunday, 22-Nov-26 12:00:30 GMT", 30_000],
  ["Sun, 22 Nov 2026 11:00:00 GMT", 0],
  ["99999999", 86_400_000],
  ["Sun, 22 Nov 2099 12:00:00 GMT", 86_400_000],
  ["-5", undefined],
  ["soon", undefined],
  ["", undefined],
  [null, undefined],
  ["2026-11-23", undefined],
])("%j", (header, expected) => {
  expect(parseRetryAfter(header, NOW)).toBe(expected);
});
