// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { readNowAndThen } from "./read-now-and-then.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("reads seldom while changes arrive, often while they do not, and also while the connection comes and goes", () => {
  const live = createStore<boolean>(() => true);
  const read = vi.fn<() => void>();
  const stop = readNowAndThen(live, 5_000, read);
  vi.advanceTimersByTime(29_000);
  expect(read).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(1_000);
  expect(read).toHaveBeenCalledTimes(1);
  live.setState(false, true);
  vi.advanceTimersByTime(10_000);
  expect(read).toHaveBeenCalledTimes(3);
  for (let second = 0; second < 20; second++) {
    live.setState(second % 2 === 0, true);
    vi.advanceTimersByTime(1_000);
  }
  expect(read).toHaveBeenCalledTimes(7);
  live.setState(true, true);
  vi.advanceTimersByTime(5_000);
  read.mockClear();
  vi.advanceTimersByTime(25_000);
  expect(read).toHaveBeenCalledTimes(0);
  stop();
  vi.advanceTimersByTime(60_000);
  expect(read).toHaveBeenCalledTimes(0);
});
