/**
 * What a run's engine remembers: facts only. Which nodes are scheduled or skipped and which edges are taken is
 * derived from these facts and the plan (`derive.ts`), never stored.
 *
 * JSON, at most 256 KiB, with a version and upcasters. Outputs are not here: they live in checkpoints.
 * Times are milliseconds since the epoch, from durable data.
 */
import type { StepError } from "@holdfast/dsl";

export type NodeState =
  /** Attempts have been made, another is due. Also a step whose children ended and whose `resume` is due. */
  | {
      readonly status: "scheduled";
      /** The number of the attempt to come, from 1. */
      readonly attempt: number;
      /** Not before this time (back-off); 0: at once. */
      readonly notBefore: number;
      /** When the first attempt began to count for `totalTimeout`. */
      readonly since: number;
      /** `resume`: children have ended and the behaviour has to say what follows. */
      readonly phase: "begin" | "resume";
      readonly lastError?: StepError;
    }
  | {
      readonly status: "waiting";
      readonly wait: "time" | "event";
      readonly since: number;
      /** `event` waits without a time-out have none. */
      readonly deadline?: { readonly at: number; readonly port: string };
    }
  /** A wait for child runs. */
  | {
      readonly status: "waiting";
      readonly wait: "children";
      readonly since: number;
      /** The children of this spec are numbered `first` to `first + total - 1`. */
      readonly first: number;
      readonly total: number;
      readonly concurrency: number;
      readonly stopOnError: boolean;
      readonly notBefore: number;
      readonly deadline?: number;
      /** Next index to start. */
      readonly next: number;
      /** How many have ended. */
      readonly ended: number;
      /** The first failure, with `stopOnError`: the others are being canceled. */
      readonly failure?: { readonly index: number; readonly error: StepError };
    }
  /** A wait for a person to repair. */
  | {
      readonly status: "waiting";
      readonly wait: "incident";
      readonly since: number;
      readonly incident: IncidentKind;
      /** The attempt that led here. */
      readonly attempt: number;
      readonly error: StepError;
      /** What is to be repaired: the step, or its compensation. */
      readonly of: "step" | "undo";
    }
  | {
      readonly status: "completed";
      readonly port: string;
      readonly at: number;
      /** Position in commit order, from 1: compensation runs backwards along it. */
      readonly order: number;
      readonly attempt: number;
      /** The step has a value to show as the run's output (a terminal node with an output). */
      readonly hasOutput?: boolean;
      readonly undo?: "done" | "failed" | { readonly attempt: number; readonly notBefore: number };
    }
  /** Failed for good; leaves by its `error` port if that is connected. */
  | { readonly status: "failed"; readonly at: number; readonly order: number; readonly attempt: number; readonly error: StepError }
  | { readonly status: "canceled"; readonly at: number };

export type IncidentKind = "retries_exhausted" | "unknown_outcome" | "node_type_missing" | "compensation_failed";

export interface RunState {
  /** Format of this object. */
  readonly v: 1;
  /** Time of `run.started`. */
  readonly startedAt: number;
  /** - `active`: the graph is being walked. `compensating`: nothing new starts, attempts end, then compensations run. `ended`: final. */
  readonly phase: "active" | "compensating" | "ended";
  readonly paused: boolean;
  /** Why the run is not going to complete. The first reason stands. */
  readonly stop?:
    | { readonly reason: "failed"; readonly node: string; readonly error: StepError; readonly at: number }
    | { readonly reason: "timed_out"; readonly error: StepError; readonly at: number }
    | { readonly reason: "canceled"; readonly mode: "cancel" | "terminate"; readonly at: number };
  /** How it ended, once `phase` is `ended`. */
  readonly end?: { readonly status: "completed" | "failed" | "canceled"; readonly at: number };
  /** Nodes that something happened to. */
  readonly nodes: { readonly [node: string]: NodeState };
  /** How many steps have completed or failed: the next `order` is one more. */
  readonly count: number;
}
