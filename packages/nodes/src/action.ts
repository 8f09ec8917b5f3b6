/** What an action may know and use, and what it is. Types only, so that a definition stays free of server code. */
import type { JsonObject, Migrations, NodeManifest, Outcome } from "@holdfast/dsl";
import type { Models } from "./ai/models.ts";
import type { Credential } from "./credential.ts";
import type { AttachedFiles } from "./files.ts";
import type { OtherNodes, Parts } from "./others.ts";
import type { GuardedFetch } from "./outbound/guarded-fetch.ts";
import type { OwnDatabase } from "./own-database.ts";
import type { FlowRequest, FlowResult } from "./passage/flow-run.ts";
import type { StepContext, StepOptions, StepValue } from "./passage/passage.ts";
import type { WaitRequest, WaitResult } from "./passage/wait-request.ts";

/** What `execute` is given. */
export interface ActionContext<Params = JsonObject> {
  /** Resolved, and parsed by the node type's schema. Equal in every attempt. */
  readonly params: Params;
  /** The idempotency key: `{runId}:{node}:{iteration}:{call}`. The same in every attempt. */
  readonly key: string;
  /** From 1. */
  readonly attempt: number;
  /** Aborted when the attempt takes too long or the run is canceled. */
  readonly signal: AbortSignal;
  /** Files that people attached to tasks of the run. */
  readonly files: AttachedFiles;
  /** How many milliseconds the attempt may take. Left out: nobody limits it. */
  readonly timeout?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The only way out: refuses addresses that the installation has not allowed. */
  readonly fetch: GuardedFetch;
  /** The credential that the node names, else the default of its type; resolved at this moment. */
  readonly credential: () => Promise<Credential | undefined>;
  /** Where the host keeps its runs, if flows can use that too. */
  readonly ownDatabase?: OwnDatabase | undefined;
  readonly log: ActionLog;
  readonly run: { readonly id: string; readonly flow: string; readonly version: number; readonly node: string };
  /** The installation's language models, and the books about their calls. */
  readonly ai: Models;
  /** Where the work stands, for people who look on: a part of 1, and what is being done. Told about once a second. */
  readonly progress: (part: number, note?: string) => void;
}

/**
 * What the `execute` of a durable node type is given besides. After a crash or a wait it is entered again from the top:
 * what it does to the world it does in sub-steps, and what stands between them it may do any number of times.
 */
export interface Durability {
  /**
   * Runs a part of the node once. What it gives is kept before the promise resolves; when the node is entered again,
   * the same name gives the same value, and `run` is not called. It gives plain JSON, or nothing.
   *
   * An error of it is an error of the node, tried again by the node's own policy, and then with the finished sub-steps
   * left as they are. A name is used once in a passage (`duplicate_step`): in a loop it carries the item's id.
   */
  readonly step: <Value extends StepValue>(
    name: string,
    run: (context: StepContext) => Value | Promise<Value>,
    options?: StepOptions,
  ) => Promise<Value>;
  /**
   * Waits for a time, an event or a person; no worker, connection or memory is held meanwhile. The passage ends here (by an error
   * that whoever catches everything throws on), and in the next one the same call gives the result.
   */
  readonly wait: (request: WaitRequest) => Promise<WaitResult>;
  /**
   * Runs another flow, once under this name, and gives how that ended, be it well or not; nothing is held meanwhile, as
   * in a wait. The run is a child of this one: it is canceled with it, and its incidents let it wait.
   */
  readonly runFlow: (name: string, request: FlowRequest) => Promise<FlowResult>;
}

/** What the `execute` of a durable node type is given. */
export interface DurableContext<Params = JsonObject> extends ActionContext<Params>, Durability {
  /** Actions of other types that its params name (`x-node`). Absent where a node is tried out, and does nothing. */
  readonly others?: OtherNodes | undefined;
}

/** Structured lines in the log of the process, with run, node and attempt. A `Credential` in the fields is written as `[secret]`. */
export interface ActionLog {
  debug(message: string, fields?: JsonObject): void;
  info(message: string, fields?: JsonObject): void;
  warn(message: string, fields?: JsonObject): void;
}

/** What a host gives: the sub-steps and waits of a durable node type as what keeps them, mostly a passage. */
export interface HostedContext extends Omit<ActionContext, "progress" | "files"> {
  /** Left out where nobody looks on. */
  readonly progress?: ActionContext["progress"];
  /** Left out where there are none. */
  readonly files?: AttachedFiles;
  readonly passage?: Parts | undefined;
  readonly others?: OtherNodes | undefined;
}

/** A node type with an executor. */
export interface ActionNode {
  readonly manifest: NodeManifest;
  /** Never throws for a failure of the target: that is an outcome. */
  execute(context: HostedContext): Promise<Outcome>;
  readonly migrate?: Migrations;
}
