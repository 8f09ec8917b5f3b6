import { expect, test } from "vitest";
import { closedLoop } from "./closed-loop.ts";

test("keeps so many under way, and counts each run once", async () => {
  let now = 0;
  let most = 0;
  let runs = 0;
  const result = await closedLoop({ at: 4, forMs: 20 }, async () => {
    runs += 1;
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
  });
  expect(most).toBe(4);
  expect(result.runs).toBe(runs);
  expect(result.runsPerSecond).toBeLessThanOrEqual(runs / 0.02);
  expect(result.p50).toBeLessThanOrEqual(result.p99);
});

test("a run that fails fails the measurement", async () => {
  await expect(closedLoop({ at: 1, forMs: 20 }, () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
});
