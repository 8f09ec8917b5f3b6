/** A case that a node is checked by, and what is found. */
import type { JsonObject } from "@holdfast/dsl";
import type { ActionNode } from "@holdfast/nodes";
import { credentialsOf } from "./credentials.ts";
import type { Target } from "../target.ts";
import type { NodeTestOptions, WaitAnswer } from "../test-node.ts";

/** A call of the node, and what its target answers when all is well. */
export interface CheckCase {
  readonly name?: string;
  readonly params: JsonObject;
  readonly target: Target;
  readonly waits?: { readonly [name: string]: WaitAnswer };
  /** As of `testNode`. */
  readonly runs?: NonNullable<NodeTestOptions["runs"]>;
}

export interface Found {
  readonly code:
    | "case_failed"
    | "door_bypassed"
    | "key_unused"
    | "key_changes"
    | "key_shared"
    | "output_invalid"
    | "params_unchecked"
    | "secret_leaked"
    | "cancellation_ignored";
  readonly message: string;
}

export function optionsOf(node: ActionNode, { params, target, waits, runs }: CheckCase): NodeTestOptions {
  const [credential] = credentialsOf(node.manifest);
  return {
    params,
    target,
    ...(waits !== undefined && { waits }),
    ...(runs !== undefined && { runs }),
    ...(credential !== undefined && { credential }),
  };
}
