/**
 * Everything that changes something, for every door: API, CLI, and the app to come. Rights are checked by the
 * door's `authorize`; what depends on the task (who may decide it now) is checked inside, in the transaction.
 *
 * Each call either is committed when it resolves, or throws a `Problem` and has changed nothing.
 */
import type { Json } from "@holdfast/dsl";
import type { ProblemIssue } from "../problem/problem.ts";
import type { RunView } from "../read/run-view.ts";
import type { TaskServices } from "../tasks/task-services.ts";
import type { Caller } from "./caller.ts";
import type { MigratedNodes, NodesToMigrate } from "./migrate-nodes.ts";
import type { TriedOut, TryOut } from "./tried-out.ts";

export type { Caller } from "./caller.ts";

export interface StartRun {
  readonly flow: string;
  readonly input: Json;
  readonly version?: number;
  readonly idempotencyKey?: string;
}

export interface NewEvent {
  readonly name: string;
  readonly data: Json;
  /** The sender's id: the same again is accepted and ignored. */
  readonly id?: string;
}

export interface PublishDraft {
  readonly revision: number;
  /** What the publisher says about it. */
  readonly note?: string;
  /** Also if a scenario fails. */
  readonly despite?: boolean;
  /** Only if this version is the live one; null: none is. */
  readonly replaces?: number | null;
}

export interface ResolveIncident {
  readonly incident: string;
  readonly action: "retry" | "complete" | "fail";
  /** For `complete`: the port (default `out`) and the output, checked against the port's schema. */
  readonly port?: string;
  readonly output?: Json;
}

export interface Services extends TaskServices {
  /** Publishes a document. The same semantic hash updates names, layout and tests of the live version. */
  publishFlow(
    caller: Caller,
    id: string,
    document: unknown,
  ): Promise<{ flow: string; version: number; created: boolean; warnings: readonly ProblemIssue[] }>;
  /** Publishes the draft, if it still is at this revision and its scenarios hold, or `despite` it. */
  publishDraft(caller: Caller, id: string, publish: PublishDraft): Promise<{ version: number; created: boolean }>;
  /** The flow starts nothing any more; what runs goes on. */
  archiveFlow(caller: Caller, id: string): Promise<void>;
  /** Moves the live version. */
  setLiveVersion(caller: Caller, flow: string, version: number): Promise<void>;
  /** `created` is false when the idempotency key was seen before. */
  startRun(caller: Caller, start: StartRun): Promise<{ runId: string; created: boolean }>;
  /**
   * The same, and waits for its end, `ms` at most. `run` as reading gives it, where this process has carried it to its
   * end and so knows it without reading; else it has to be read.
   */
  startAndAwait(
    caller: Caller,
    start: StartRun,
    ms: number,
    signal?: AbortSignal,
  ): Promise<{ runId: string; created: boolean; run: RunView | undefined }>;
  /** Ids in the order of the events. */
  acceptEvents(caller: Caller, events: readonly NewEvent[]): Promise<{ ids: readonly string[] }>;
  cancelRun(caller: Caller, run: string, mode: "cancel" | "terminate"): Promise<void>;
  pauseRun(caller: Caller, run: string): Promise<void>;
  resumeRun(caller: Caller, run: string): Promise<void>;
  retryRun(caller: Caller, run: string): Promise<void>;
  skipWait(caller: Caller, run: string, wait: string, port: string): Promise<void>;
  resolveIncident(caller: Caller, resolve: ResolveIncident): Promise<void>;
  /** Resolves when the run has ended, or after `ms`, whichever is first. */
  awaitRun(workspace: number, run: string, ms: number, signal?: AbortSignal): Promise<void>;
  /** What nodes of an older version of their type would be with the newest. @throws Problem */
  migrateNodes(nodes: NodesToMigrate): MigratedNodes;
  /** Asks an AI node's model, outside of any run: for whoever tests a draft. */
  tryOut(caller: Caller, tried: TryOut, signal?: AbortSignal): Promise<TriedOut>;
  /** Demo mode only: moves `holdfast.now()` forward and lets everything that is due happen. Returns the new time, ISO. */
  advanceClock(caller: Caller, ms: number): Promise<{ now: string }>;
}
