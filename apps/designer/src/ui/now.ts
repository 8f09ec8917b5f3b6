/** The present, for everything on the page that shows how long ago: one timer for all. */
import { useSyncExternalStore } from "react";

const EVERY = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
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
