/** How many children run at a time. */
import type { ChildrenState } from "./state.ts";

/**
 * While more than this many children run, no more are started: the parent is woken once per half a window, not for
 * every child that ends.
 */
export function lowWater(concurrency: number): number {
  return Math.floor(concurrency / 2);
}

/** The children to start now, `from` to `to - 1`; undefined while enough run, or all have been started. */
export function nextWindow(fact: ChildrenState): { readonly from: number; readonly to: number } | undefined {
  const last = fact.first + fact.total;
  const running = fact.next - fact.ended;
  if (fact.next >= last || running > lowWater(fact.concurrency)) return undefined;
  return { from: fact.next, to: Math.min(last, fact.ended + fact.concurrency) };
}
