/** What a durable node may have others do. Types only. */
import type { Effect, JsonObject, JsonSchema, Outcome } from "@holdfast/dsl";
import type { Passage } from "./passage/passage.ts";

/** Where sub-steps and waits are kept, and flows are run. */
export type Parts = Pick<Passage, "step" | "wait"> & Partial<Pick<Passage, "runFlow">>;

/** A call of an action of another type. */
export interface OtherCall {
  /** One that the node's params name; see the hint `x-node`. */
  readonly type: string;
  readonly params: JsonObject;
  /** Name of a credential, which has to be granted to the flow as that of any node. */
  readonly credential?: string | undefined;
  /** Its idempotency key: that of the sub-step in which it is called. */
  readonly key: string;
  readonly signal: AbortSignal;
  /** For a type that is made of sub-steps itself: where they are kept, and what their names begin with there. */
  readonly parts?: (Parts & { readonly prefix: string }) | undefined;
}

export interface OtherNodes {
  /** What a call of the type would do, in the version that the run keeps to; absent: it can't be called. */
  look(type: string, params: JsonObject): { readonly effect: Effect; readonly isDurable: boolean } | undefined;
  /**
   * What came of it, with every form of its credential taken out. Never throws for a failure of its target. It is to
   * be called in a sub-step with the effect that `look` tells, or with `parts`.
   */
  call(call: OtherCall): Promise<Outcome>;
  /** What a flow of the workspace takes, as it is live now; absent: there is none. */
  flow(id: string): Promise<{ readonly input: JsonSchema } | undefined>;
}
