/**
 * What should be done next, as data. `decide` returns everything that is outstanding; it is the same until an
 * event changes it, so a host that lost its memory asks again and misses nothing, and a host that has a command
 * in hand recognizes it by `id` and does not begin it twice.
 */
import type { StepError } from "@holdfast/dsl";
import type { IncidentKind, StepPart } from "./state.ts";

export type Command =
  /** Run the node's behavior or executor. `readyAt` is `run.now` for its expressions. */
  | {
      readonly type: "execute";
      readonly id: string;
      readonly node: string;
      readonly attempt: number;
      readonly phase: "begin" | "resume";
      /** How often the attempt has gone on after a wait of its own. Absent: never. */
      readonly passage?: number;
      readonly readyAt: number;
      /** Whole milliseconds until `totalTimeout` strikes, when it is nearer than `timeout`; else `timeout`. */
      readonly timeout: number;
    }
  /** Run the node's compensation. `readyAt` is `run.now` for its expressions: when the run stopped. */
  | {
      readonly type: "undo";
      readonly id: string;
      readonly node: string;
      readonly attempt: number;
      readonly readyAt: number;
      readonly timeout: number;
    }
  /**
   * Compensate the completed children of a loop: feed each `run.undo`, the last to complete first, one at a time;
   * when all have ended, feed `undo.completed` of "children" to this run. Without such children that is at once.
   */
  | { readonly type: "undoChildren"; readonly id: string; readonly node: string }
  /** The deadline of a wait has passed: look once more for an event accepted before it, else complete by the port. */
  | {
      readonly type: "expire";
      readonly id: string;
      readonly node: string;
      readonly attempt: number;
      readonly port: string;
      readonly deadline: number;
    }
  /** Create children `from` to `to - 1`; `children.started` follows. */
  | {
      readonly type: "startChildren";
      readonly id: string;
      readonly node: string;
      readonly from: number;
      readonly to: number;
    }
  /** Cancel the children of a node that are not over and start no more; `children.ended` follows. */
  | { readonly type: "cancelChildren"; readonly id: string; readonly node: string }
  | {
      readonly type: "openIncident";
      readonly id: string;
      readonly node: string;
      readonly incident: IncidentKind;
      readonly attempt: number;
      readonly error: StepError;
      readonly of: StepPart;
    }
  /** Nothing good can come of the step any more: feed `step.failed` with this error. */
  | {
      readonly type: "failStep";
      readonly id: string;
      readonly node: string;
      readonly attempt: number;
      readonly error: StepError;
    }
  /** Close whatever the node, or its compensation, has open (attempt, wait, task, incident, children); `step.canceled` follows. */
  | { readonly type: "cancelStep"; readonly id: string; readonly node: string; readonly of: StepPart }
  /** Nothing is left. `outputOf` names the terminal node whose value is the run's output. */
  | { readonly type: "end"; readonly id: string; readonly status: "completed"; readonly outputOf?: string }
  | { readonly type: "end"; readonly id: string; readonly status: "failed" | "canceled"; readonly error?: StepError }
  /** `settings.timeouts.finish` has passed: feed `run.timed_out`. */
  | { readonly type: "timeOut"; readonly id: string; readonly error: StepError };

/** What `decide` answers. */
export interface Decision {
  readonly commands: readonly Command[];
  /** The next time at which `decide` would answer something new without an event; absent: only an event helps. */
  readonly wakeAt?: number;
}
