/** A durable node in tests: what is kept of its sub-steps outlives the attempts that a test makes of it. */
import type { JsonObject, Outcome } from "@holdfast/dsl";
import type { ActionNode } from "../src/action.ts";
import { MemoryCalls } from "../src/passage/memory-calls.ts";
import { Passage } from "../src/passage/passage.ts";
import { actionContext, type ContextOptions } from "./action-context.ts";

/** A step of the node. */
export interface DurableStep {
  readonly kept: MemoryCalls;
  /** One attempt: what has failed before is tried again. */
  attempt(params: JsonObject, options?: ContextOptions): Promise<Outcome>;
}

/** A step whose attempts share what is kept. */
export function durableStep(node: ActionNode): DurableStep {
  const kept = new MemoryCalls();
  return {
    kept,
    attempt(params, options = {}) {
      kept.nextAttempt();
      const given = actionContext(params, options);
      const passage = new Passage({
        keyOf: (name) => `run-1:refund:0:${name}`,
        call: "main",
        effect: "repeatable",
        store: kept,
        signal: given.signal,
        now: given.now,
      });
      return passage.run(() => node.execute({ ...given, passage }));
    },
  };
}
