/** What a control node is told in tests. */
import type { ControlContext, Json } from "@holdfast/dsl";

/** 22 November 2026, noon UTC. */
export const NOON = Date.UTC(2026, 10, 22, 12);

/** A context whose conditions are answered by `answer`. */
export function controlContext(
  answer: (condition: string, roots?: { readonly [root: string]: Json }) => Json = () => false,
): ControlContext {
  return { now: NOON, timeZone: "Europe/Kyiv", evaluate: answer };
}
