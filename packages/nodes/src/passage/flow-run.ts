/** A run of another flow, from the middle of a node. */
import type { ChildrenSpec, Json, StepError } from "@holdfast/dsl";

export interface FlowRequest {
  /** Its id. */
  readonly flow: string;
  readonly input: Json;
  /** Left out: the one that is live when the run starts. */
  readonly version?: number;
}

/** How the run ended. */
export type FlowResult =
  | { readonly status: "completed"; readonly output: Json }
  | { readonly status: "failed" | "canceled"; readonly error: StepError };

/** What stands of a run that a call asks for. */
export type FlowRun =
  /** It is over, or it can't be. */
  | { readonly result: FlowResult }
  /** It is still to come, or to end: its number among the children of the step. */
  | { readonly index: number };

/** The one child that a call of a node has. */
export function childrenOf({ flow, input, version }: FlowRequest, index: number): ChildrenSpec {
  return {
    source: { flow, ...(version !== undefined && { version }) },
    items: [input],
    firstIndex: index,
    concurrency: 1,
    onItemError: "collect",
  };
}

/** As it is kept. */
export function jsonOf(result: FlowResult): Json {
  const { status } = result;
  return status === "completed" ? { status, output: result.output } : { status, error: { ...result.error } };
}
