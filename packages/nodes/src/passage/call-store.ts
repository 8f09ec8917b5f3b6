/** Where the sub-steps of a step are kept: rows of a database, or a test's memory. */
import type { Json, StepError } from "@holdfast/dsl";
import type { SqlSession } from "../own-database.ts";
import type { FlowRequest, FlowRun } from "./flow-run.ts";

/** How a sub-step ended. */
export type CallRecord =
  /** Finished, in whichever attempt. Without a value it gave nothing. */
  | { readonly status: "completed"; readonly value: Json | undefined }
  /** Failed, in this attempt. */
  | { readonly status: "failed"; readonly error: StepError };

export interface CallStore {
  /** What is recorded of a call. */
  find(call: string): Promise<CallRecord | undefined>;
  /** Resolves when the record is durable; that of a failure need not be, it goes with what comes next. */
  keep(call: string, record: CallRecord, startedAt: number): Promise<void>;
  /** Before an effect that can't be repeated: resolves when it is durably announced. `inDoubt`: it was before. */
  announce(call: string, key: string): Promise<"announced" | "inDoubt">;
  /** What stands of the run of a flow that a call asks for, and has no record of. */
  runOf(call: string, request: FlowRequest): Promise<FlowRun>;
  /** Of a store in a database: runs `work` in a transaction of its own, which the record of what it gives is part of. */
  transact?<Value extends Json>(call: string, transaction: OwnTransaction<Value>): Promise<Value>;
}

/** A session of the store's own database, and what is to happen there once. */
export interface OwnTransaction<Value extends Json> {
  readonly session: SqlSession;
  readonly work: () => Promise<Value>;
  readonly startedAt: number;
}
