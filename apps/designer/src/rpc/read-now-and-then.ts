/** Reading again on the off chance: seldom while changes arrive by themselves, often while they do not. */
import type { StoreApi } from "zustand/vanilla";

/** A notice may be lost, and the server's own look sees the newest runs of a list alone. Milliseconds. */
const ALL_THE_SAME = 30_000;

/**
 * @param live Whether changes arrive by themselves. A connection that comes and goes counts as none.
 * @param fallback How often it is read while they do not. Milliseconds.
 * @returns stops it
 */
export function readNowAndThen(live: StoreApi<boolean>, fallback: number, read: () => void): () => void {
  let lost = !live.getState();
  let since = 0;
  const forget = live.subscribe((now) => {
    if (!now) lost = true;
  });
  const timer = setInterval(() => {
    since += fallback;
    if (document.visibilityState === "hidden" || (!lost && since < ALL_THE_SAME)) return;
    since = 0;
    lost = !live.getState();
    read();
  }, fallback);
  return () => {
    forget();
    clearInterval(timer);
  };
}
