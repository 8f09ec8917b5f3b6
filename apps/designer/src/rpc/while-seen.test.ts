// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type LiveView, whileSeen } from "./while-seen.ts";

let views: (LiveView & { open: boolean })[] = [];

function open(view: LiveView): () => void {
  const mine = { ...view, open: true };
  views.push(mine);
  return () => {
    mine.open = false;
    // As a subscription does when it is ended from here.
    view.ended();
  };
}

const openNow = (): number => views.filter((view) => view.open).length;

function see(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  views = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a hidden page holds no connection, and has one again when it is seen", () => {
  const stop = whileSeen(open);
  expect(openNow()).toBe(1);
  see("hidden");
  vi.advanceTimersByTime(600_000);
  expect(openNow()).toBe(0);
  see("visible");
  expect([openNow(), views.length]).toEqual([1, 2]);
  see("visible");
  expect(views.length).toBe(2);
  stop();
  see("visible");
  expect(openNow()).toBe(0);
});

test("one that is opened in a tab behind begins when it is seen", () => {
  see("hidden");
  const stop = whileSeen(open);
  expect(views).toEqual([]);
  see("visible");
  expect(openNow()).toBe(1);
  stop();
});

test("what has ended is tried again, later each time, and at once after it worked", () => {
  const stop = whileSeen(open);
  const end = (): void => {
    const last = views.at(-1);
    if (last !== undefined) last.open = false;
    last?.ended();
  };
  end();
  vi.advanceTimersByTime(1_000);
  expect(views.length).toBe(2);
  end();
  vi.advanceTimersByTime(1_999);
  expect(views.length).toBe(2);
  vi.advanceTimersByTime(1);
  expect(views.length).toBe(3);
  views.at(-1)?.begun();
  end();
  vi.advanceTimersByTime(1_000);
  expect(views.length).toBe(4);
  stop();
  vi.advanceTimersByTime(600_000);
  expect([openNow(), views.length]).toEqual([0, 4]);
});
