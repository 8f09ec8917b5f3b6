/** The present, for everything on the page that shows how long ago: one timer for all. */
import { useSyncExternalStore } from "react";

const EVERY = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
/** Demo mode moves the time of the flows: pages count from it. Milliseconds. */
let ahead = 0;
let now = Date.now();

function tick(): void {
  now = Date.now() + ahead;
  for (const each of listeners) each();
}

/** What the server tells with its answers. */
export function setAhead(milliseconds: number): void {
  if (Math.abs(milliseconds - ahead) < 1) return;
  ahead = milliseconds;
  tick();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now() + ahead;
    timer = setInterval(() => {
      tick();
    }, EVERY);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** The time, new every ten seconds. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, () => now));
}
