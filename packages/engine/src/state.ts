/**
 * What a run's engine remembers: facts only. Which nodes are scheduled or skipped and which edges are taken is
 * derived from these facts and the plan (`derive.ts`), never stored.
 *
 * JSON with a version and upcasters. A host that finds it over its limit (256 KiB) tells `run.outgrown`. Outputs are not here: they live in checkpoints.
 * Times are milliseconds since the epoch, from durable data.
 */
import type { StepError } from "@holdfast/dsl";

/** Where the tries of a step, or of its compensation, are. */
export interface Tries {
  /** The number of the attempt, from 1. It grows over the whole life of the step and is never given twice. */
  readonly attempt: number;
  /** Attempts before this round. A person's `retry` opens a new round, and only its own attempts count. */
  readonly base: number;
}

/** What every state of a step that isn't over carries along. */
export interface Progress extends Tries {
  /** Since when the target may know our idempotency key; `keyRetention` counts from here. */
  readonly keySince: number;
}

/** Attempts have been made, another is due. Also a step whose children ended and whose `resume` is due. */
export interface ScheduledState extends Progress {
  readonly status: "scheduled";
  /** Not before this time (back-off); 0: at once. */
  readonly notBefore: number;
  /** When the first attempt of this round began to count for `totalTimeout`. */
  readonly since: number;
  /** `run.now` of the attempt: what made the node, or its `resume`, ready. */
  readonly readyAt: number;
  /** `resume`: children have ended and the behavior has to say what follows. */
  readonly phase: "begin" | "resume";
  /** With `resume`: how many children the step has had so far, over all its specs. */
  readonly children?: number;
  /** How often this attempt has gone on after a wait of its own. Absent: never. */
  readonly passage?: number;
  readonly lastError?: StepError;
}

/** A wait for a time or an event. */
export interface WaitState extends Progress {
  readonly status: "waiting";
  readonly wait: "time" | "event";
  readonly since: number;
  /** `event` waits without a time-out have none. */
  readonly deadline?: { readonly at: number; readonly port: string };
  /** The step waits in its middle: when the wait has ended the same attempt goes on. */
  readonly resumes?: Resumption;
}

/** How a step goes on after a wait, or children, in its middle. */
export interface Resumption {
  /** What the step calls this wait. */
  readonly call: string;
  /** The passage that opened it: 0 is the first of its attempt. */
  readonly passage: number;
  /** `run.now` of the attempt, which every passage shares. */
  readonly readyAt: number;
}

/** A wait for child runs. */
export interface ChildrenState extends Progress {
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
  /** How many children of the node have ended, those of earlier specs included; so all are over at `first + total`. */
  readonly ended: number;
  /** The first failure, with `stopOnError`: the others are being canceled. */
  readonly failure?: { readonly index: number; readonly error: StepError };
  /** The step itself has failed (its deadline passed): the children are being canceled, and then it is over. */
  readonly expired?: StepError;
  /** The step started them in its middle: when they have ended, however, the same attempt goes on. */
  readonly resumes?: Resumption;
}

/** A wait for a person to repair the step. */
export interface IncidentState extends Progress {
  readonly status: "waiting";
  readonly wait: "incident";
  readonly since: number;
  readonly incident: IncidentKind;
  readonly error: StepError;
  /** Whether the host has made it known to people. */
  readonly opened: boolean;
  /** What a `retry` goes on with. */
  readonly phase: "begin" | "resume";
  readonly children?: number;
  readonly readyAt: number;
}

export interface CompletedState {
  readonly status: "completed";
  readonly port: string;
  readonly at: number;
  /** Position in commit order, from 1: compensation runs backwards along it. */
  readonly order: number;
  readonly attempt: number;
  /** The step has a value to show as the run's output (a terminal node with an output). */
  readonly hasOutput?: boolean;
  readonly undo?: UndoState;
}

/** Failed for good; leaves by its `error` port if that is connected. */
export interface FailedState {
  readonly status: "failed";
  readonly at: number;
  readonly order: number;
  readonly attempt: number;
  readonly keySince: number;
  readonly error: StepError;
  /** A loop that failed: its completed children are undone all the same. */
  readonly undo?: UndoState;
}

export interface CanceledState {
  readonly status: "canceled";
  readonly at: number;
  readonly order: number;
  /** The last attempt that may have been begun. */
  readonly attempt: number;
  readonly keySince: number;
  readonly undo?: UndoState;
}

/** A node to which something happened. */
export type NodeState =
  ScheduledState | WaitState | ChildrenState | IncidentState | CompletedState | FailedState | CanceledState;

/** How far a step's compensation is. Absent: nothing is known to have been tried. */
export type UndoState =
  /** `of: "children"`: the node's own compensation is done, that of its children is due. */
  | ({ readonly status: "scheduled"; readonly notBefore: number; readonly of: UndoPart } & Tries)
  /** It failed, and waits for a person; the run can't end before. */
  | ({
      readonly status: "incident";
      readonly since: number;
      readonly error: StepError;
      readonly opened: boolean;
      readonly of: UndoPart;
    } & Tries)
  | { readonly status: "done" | "failed" | "canceled"; readonly at: number };

/** A step is undone by the compensation written on it, and a loop also by that of the steps in its children. */
export type UndoPart = "self" | "children";

/** What an incident, or a closing, is about: the step itself or its compensation. */
export type StepPart = "step" | "undo";

export type IncidentKind = "retries_exhausted" | "unknown_outcome" | "node_type_missing" | "compensation_failed";

/** Why a run is not going to complete. */
export type StopReason = {
  readonly at: number;
  /** How many facts came before it: what a later fact makes ready is not begun. */
  readonly after: number;
} & (
  | { readonly reason: "failed"; readonly node: string; readonly error: StepError }
  | { readonly reason: "timed_out"; readonly error: StepError }
  | { readonly reason: "outgrown"; readonly error: StepError }
  | { readonly reason: "canceled"; readonly mode: "cancel" | "terminate" }
  /** A completed child whose parent compensates. */
  | { readonly reason: "undone" }
);

export interface RunState {
  /** Format of this object. */
  readonly v: 1;
  /** Time of `run.started`. */
  readonly startedAt: number;
  /**
   * - `active`: the graph is being walked.
   * - `compensating`: nothing new starts, attempts end, then compensations run.
   * - `ended`: final, unless the run is taken up again or undone by its parent.
   */
  readonly phase: "active" | "compensating" | "ended";
  readonly paused: boolean;
  /** The first reason stands. */
  readonly stop?: StopReason;
  /** No compensation runs any more. `closing`: the node whose compensation may be running and has to be closed. */
  readonly terminated?: { readonly closing?: string };
  /** How it ended, once `phase` is `ended`. */
  readonly end?: { readonly status: "completed" | "failed" | "canceled"; readonly at: number };
  /** Nodes that something happened to. */
  readonly nodes: { readonly [node: string]: NodeState };
  /** How many steps have completed, failed or been canceled: the next `order` is one more. */
  readonly count: number;
}

/** The state of a run that has just started. */
export function initialState(at: number): RunState {
  return { v: 1, startedAt: at, phase: "active", paused: false, nodes: {}, count: 0 };
}

/** What is known about a node; ids such as `constructor` must not find what every object inherits. */
export function factOf(state: RunState, node: string): NodeState | undefined {
  const fact = state.nodes[node];
  return typeof fact === "object" ? fact : undefined;
}

/** How a node goes on after what it waits for, if that stands in its middle. */
export function resumptionOf(state: RunState, node: string): Resumption | undefined {
  const fact = factOf(state, node);
  return fact?.status === "waiting" && "resumes" in fact ? fact.resumes : undefined;
}
