/** How a node with several ports says by which it leaves. */
import { DEFAULT_PORT } from "@holdfast/dsl";

/** Known across copies of this module, as a `NodeFailure` is. */
const LEAVING: unique symbol = Symbol.for("holdfast.leaving");

/** A value at a port. */
export interface Leaving<Port extends string, Value> {
  readonly [LEAVING]: true;
  readonly port: Port;
  readonly value: Value;
}

/**
 * The node is done and gives `value` at `port`.
 *
 * @example
 * ```ts
 * return leave("declined", { reason: "The card has expired." });
 * ```
 */
export function leave<const Port extends string, Value>(port: Port, value: Value): Leaving<Port, Value> {
  return { [LEAVING]: true, port, value };
}

/** What `execute` gave, and where: a bare value goes out by `out`. */
export function portAndValue(result: unknown): { readonly port: string; readonly value: unknown } {
  return isLeaving(result) ? result : { port: DEFAULT_PORT, value: result };
}

function isLeaving(result: unknown): result is Leaving<string, unknown> {
  return typeof result === "object" && result !== null && LEAVING in result;
}
