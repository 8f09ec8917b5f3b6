/**
 * What a run's actor needs of its process.
 */
import type pg from "pg";
import type { NodeManifest, WaitOutcome } from "@holdfast/dsl";
import type { ActionNode, AiSettings, LiveText, OwnDatabase } from "@holdfast/nodes";
import type { GuardedFetch } from "@holdfast/nodes/executors";
import type { Clock } from "../clock/host-clock.ts";
import type { CredentialUse, Granted } from "../credentials/granted.ts";
import type { Hidden } from "../live-text/hold-back.ts";
import type { WritingOf } from "../live-text/writing.ts";
import type { Logger } from "../log/logger.ts";
import type { Books } from "../models/books.ts";
import type { GroupWriter } from "../writer/group-writer.ts";
import type { CompiledFlow } from "./compiled-flow.ts";
import type { NewRun } from "./new-run.ts";
import type { RunEnd } from "./run-end.ts";
import type { Progress } from "./progress-board.ts";
import type { RunIdentity } from "./run-identity.ts";

export interface OpenedWait {
  readonly workspace: number;
  readonly id: string;
  readonly outcomes: readonly WaitOutcome[];
  /** Tells that it has been looked at. */
  readonly end: () => void;
}

export interface HostContext {
  readonly database: pg.Pool;
  readonly writer: GroupWriter;
  readonly clock: Clock;
  readonly log: Logger;
  readonly fetch: GuardedFetch;
  /** For flows that use the database of their runs. */
  readonly ownDatabase: OwnDatabase;
  readonly ai: AiSettings;
  /** Of what models cost. */
  readonly books: Books;
  /** An action's executor, where this process has it by now. */
  nodeType(type: string, version: number): ActionNode | undefined;
  /** By its name in the document, or the default of the node type. */
  credential(name: string | undefined, manifest: NodeManifest, use: CredentialUse): Promise<Granted | undefined>;
  /** By `flow_versions.ref`. */
  flowByRef(ref: number): Promise<CompiledFlow>;
  /** The version that new runs take, or the one asked for. */
  flowById(workspace: number, id: string, version?: number): Promise<CompiledFlow | undefined>;
  /** How far an attempt says it is. */
  progress(run: RunIdentity, of: { readonly node: string; readonly attempt: number }, progress: Progress): void;
  /** A text that a sub-step has written by a model, for those who look on. */
  liveText(of: WritingOf, hidden: Hidden): LiveText;
  /** Whether the process can carry another run. */
  hasRoom(): boolean;
  /** Goes on with a run that this process has just committed with `take`. */
  adopt(run: NewRun): void;
  /** Sees to it that somebody goes on with runs that nobody holds. */
  dispatch(runs: readonly string[]): void;
  /** A wait is committed: look back. */
  waitOpened(opened: OpenedWait): void;
  /** Events are committed: look for waits and triggers. */
  eventsAccepted(events: readonly string[], end: () => void): void;
  /** A wait or events are about to be committed; the answer goes to `waitOpened` or `eventsAccepted`. */
  beginLook(): () => void;
  /** Children have been told to stop. */
  childrenCanceled(parent: string, node: string): void;
  /** A run has ended. */
  runEnded(run: {
    readonly id: string;
    readonly parent: string | undefined;
    readonly node: string | undefined;
    readonly end: RunEnd;
  }): void;
  /** A timer has been set for then, milliseconds. */
  timerSet(at: number): void;
  /** A write of the run has been committed: people who look on are told, if there are any. */
  committed(run: RunIdentity): void;
}
