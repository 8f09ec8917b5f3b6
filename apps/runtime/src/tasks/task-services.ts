/** What people do with tasks, for every door. Each call is committed when it resolves, or throws and has changed nothing. */
import type { JsonObject } from "@holdfast/dsl";
import type { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/caller.ts";

export interface Decide {
  readonly task: string;
  readonly outcome: string;
  readonly data?: JsonObject;
  /** `data` is all there is: what it leaves out was emptied, and is not taken from the prefill. */
  readonly whole?: boolean;
  readonly comment?: string;
  readonly graceSeconds?: number;
  /** Milliseconds; instead of `graceSeconds`. */
  readonly graceUntil?: number;
  /** Of decisions that are made together. */
  readonly bulk?: string;
  /** The hash of the link it comes by, which is used up with it. */
  readonly link?: Buffer;
}

export interface DecideMany {
  readonly tasks: readonly { readonly id: string; readonly data?: JsonObject }[];
  readonly outcome: string;
  readonly comment?: string;
  readonly graceSeconds?: number;
}

export interface DecisionMade {
  readonly decisionId: string;
  readonly effectiveAt: string;
  /** False: a vote, and more people have to agree. */
  readonly decided: boolean;
}

/** What came of one of several. */
export type ManyResult<Done> = { readonly task: string } & (
  ({ readonly done: true } & Done) | { readonly done: false; readonly problem: Problem }
);

export interface Delegate {
  readonly task: string;
  /** A person, by id or e-mail address. */
  readonly to: string;
  /** `delegate`: on my behalf, and I still may. `handOver`: instead of me. */
  readonly kind: "delegate" | "handOver";
  /** ISO. Absent: as long as the task is open. */
  readonly until?: string;
  readonly reason?: string;
}

export interface NewFile {
  readonly task: string;
  readonly name: string;
  /** As whoever sends it says. */
  readonly type?: string;
  readonly content: Buffer;
}

export interface TaskServices {
  decideTask(caller: Caller, decide: Decide): Promise<DecisionMade>;
  /** Within its grace, or while others have to agree. */
  takeBackDecision(caller: Caller, task: string): Promise<void>;
  /** The same answer for tasks that are alike. @throws Problem 422 `not_alike`; then none is decided */
  decideMany(caller: Caller, many: DecideMany): Promise<readonly ManyResult<DecisionMade>[]>;
  takeBackMany(caller: Caller, tasks: readonly string[]): Promise<readonly ManyResult<object>[]>;
  claimTask(caller: Caller, task: string): Promise<{ claimedUntil: string }>;
  /** By whoever holds it, or an administrator. */
  releaseTask(caller: Caller, task: string): Promise<void>;
  delegateTask(caller: Caller, delegate: Delegate): Promise<void>;
  /** By either of the two. */
  endDelegation(caller: Caller, task: string): Promise<void>;
  commentOnTask(caller: Caller, task: string, text: string): Promise<{ id: string }>;
  addTaskFile(caller: Caller, file: NewFile): Promise<{ id: string }>;
  removeTaskFile(caller: Caller, task: string, file: string): Promise<void>;
}
