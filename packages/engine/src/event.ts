/**
 * What happened to a run. The host stamps `at` from durable data; the engine has no clock.
 *
 * Every host delivers at least once: an event about a node that is past it (a result for a completed step, a
 * second resolution of a wait) is ignored by `evolve`, never an error. Where `attempt` is optional, a host whose events
 * can come late over a new attempt of the same step should give it; left out it stands for the attempt that is due.
 */
import type { StepError } from "@holdfast/dsl";
import type { IncidentKind, StepPart, UndoPart } from "./state.ts";

export type RunEvent =
  | { readonly type: "run.started"; readonly at: number }
  /** An attempt, or a wait, or `resume`, gave a result. */
  | {
      readonly type: "step.completed";
      readonly node: string;
      readonly attempt: number;
      readonly port: string;
      readonly hasOutput?: boolean;
      readonly at: number;
    }
  /**
   * An attempt failed, or a wait, or what `failStep` asked for. `jitter` is a number in [0, 1) that the host drew and
   * stored with the attempt, so that replaying gives the same back-off.
   */
  | {
      readonly type: "step.failed";
      readonly node: string;
      readonly attempt: number;
      readonly error: StepError;
      readonly jitter: number;
      /** When the attempt began; where it is not said, the first counts from the time its node became ready. */
      readonly startedAt?: number;
      readonly at: number;
    }
  | {
      readonly type: "step.waiting";
      readonly node: string;
      readonly attempt?: number;
      readonly wait: "time" | "event";
      readonly deadline?: { readonly at: number; readonly port: string };
      /**
       * The wait stands in the middle of the step, which calls it so: `wait.ended` follows, and no result. A step
       * whose behavior has children does not wait so.
       */
      readonly resumes?: string;
      /** As in the command. */
      readonly passage?: number;
      readonly at: number;
    }
  /** A wait in the middle of a step is over, in whatever way: the attempt goes on, with its next passage. */
  | {
      readonly type: "wait.ended";
      readonly node: string;
      readonly attempt: number;
      /** Of the wait that ended. */
      readonly passage: number;
      readonly at: number;
    }
  | {
      readonly type: "step.children";
      readonly node: string;
      readonly attempt?: number;
      readonly first: number;
      readonly total: number;
      readonly concurrency: number;
      readonly stopOnError: boolean;
      readonly notBefore?: number;
      readonly deadline?: number;
      /** They are of the middle of the step, which calls them so: it goes on when they have ended. */
      readonly resumes?: string;
      /** As in the command. */
      readonly passage?: number;
      readonly at: number;
    }
  /** The host has created the children up to, not including, `next`. */
  | {
      readonly type: "children.started";
      readonly node: string;
      readonly attempt?: number;
      readonly next: number;
      readonly at: number;
    }
  /**
   * `ended` counts all children of the node that have ended so far, those of earlier specs (iterations) included, so
   * that telling it twice, or late, changes nothing.
   */
  | {
      readonly type: "children.ended";
      readonly node: string;
      readonly attempt?: number;
      readonly ended: number;
      readonly failure?: { readonly index: number; readonly error: StepError };
      readonly at: number;
    }
  /** The answer to `cancelStep`; without such a command outstanding it is ignored. */
  | {
      readonly type: "step.canceled";
      readonly node: string;
      readonly attempt?: number;
      readonly of?: StepPart;
      readonly at: number;
    }
  /** Without a command: `node_type_missing`, which only a host can notice. */
  | {
      readonly type: "incident.opened";
      readonly node: string;
      /** As in the command; left out, `compensation_failed` is of the compensation and every other of the step. */
      readonly of?: StepPart;
      readonly incident: IncidentKind;
      readonly attempt: number;
      readonly error: StepError;
      readonly at: number;
    }
  /** `complete` comes with the port; its output is checked and stored by the host. */
  | {
      readonly type: "incident.resolved";
      readonly node: string;
      /** Left out: whichever is open. */
      readonly of?: StepPart;
      readonly attempt?: number;
      readonly action: "retry" | "complete" | "fail";
      readonly port?: string;
      readonly hasOutput?: boolean;
      readonly at: number;
    }
  /** The compensation is done: the node's own (the default of `of`), or that of all its completed children. */
  | { readonly type: "undo.completed"; readonly node: string; readonly of?: UndoPart; readonly at: number }
  | {
      readonly type: "undo.failed";
      readonly node: string;
      readonly attempt: number;
      readonly error: StepError;
      readonly jitter: number;
      readonly at: number;
    }
  | { readonly type: "run.paused"; readonly at: number }
  | { readonly type: "run.resumed"; readonly at: number }
  | { readonly type: "run.canceled"; readonly mode: "cancel" | "terminate"; readonly at: number }
  /** `settings.timeouts.finish` has passed. */
  | { readonly type: "run.timed_out"; readonly at: number }
  /** The state has become larger than a host keeps. */
  | { readonly type: "run.outgrown"; readonly at: number }
  /** A failed, not compensated run is taken up again at its failed nodes. */
  | { readonly type: "run.retried"; readonly at: number }
  /** The parent compensates: a child that has completed undoes its steps and ends again, as canceled. */
  | { readonly type: "run.undo"; readonly at: number }
  | { readonly type: "run.ended"; readonly status: "completed" | "failed" | "canceled"; readonly at: number };
