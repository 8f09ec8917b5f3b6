import { describe, expect, test } from "vitest";
import { DEFAULT_RETRY, mayRetry, resolveRetry, retryDelay } from "./retry.ts";

describe("the policy", () => {
  test("of a node that says nothing: 5 attempts, 1 s, twice as long each time, at most 1 m, full jitter", () => {
    expect(DEFAULT_RETRY).toEqual({
      maxAttempts: 5,
      initialInterval: 1_000,
      backoff: 2,
      maxInterval: 60_000,
      jitter: "full",
    });
  });

  test("takes what the document says", () => {
    const spec = { maxAttempts: 2, initialInterval: "2s", backoff: 3, maxInterval: "1h", jitter: "none" } as const;
    expect(resolveRetry(spec)).toEqual({
      maxAttempts: 2,
      initialInterval: 2_000,
      backoff: 3,
      maxInterval: 3_600_000,
      jitter: "none",
    });
  });

  test("allows so many attempts, the first included; 0 is without end", () => {
    expect(mayRetry(resolveRetry({ maxAttempts: 2 }), 1)).toBe(true);
    expect(mayRetry(resolveRetry({ maxAttempts: 2 }), 2)).toBe(false);
    expect(mayRetry(resolveRetry({ maxAttempts: 0 }), 1_000_000)).toBe(true);
  });
});

describe("the delay", () => {
  const plain = resolveRetry({ jitter: "none" });

  test("grows up to the longest interval", () => {
    expect([1, 2, 3, 6, 7, 5_000].map((attempt) => retryDelay(plain, attempt, 0.1))).toEqual([
      1_000, 2_000, 4_000, 32_000, 60_000, 60_000,
    ]);
  });

  test("of nothing stays nothing, however often", () => {
    const at0 = resolveRetry({ initialInterval: "0s", backoff: 100, maxAttempts: 0 });
    expect([1, 2, 5_000].map((attempt) => retryDelay(at0, attempt, 0.5))).toEqual([0, 0, 0]);
  });

  test("with full jitter is the given part of the interval", () => {
    expect([0, 0.25, 0.999].map((jitter) => retryDelay(DEFAULT_RETRY, 3, jitter))).toEqual([0, 1_000, 3_996]);
  });

  test("is what the target asked for, longer or shorter, never negative", () => {
    expect(retryDelay(plain, 1, 0, 90_000.2)).toBe(90_001);
    expect(retryDelay(plain, 4, 0, 0)).toBe(0);
    expect(retryDelay(plain, 1, 0, -5)).toBe(0);
  });
});
