/** What an action may know and use, and what it is. Types only, so that a definition stays free of server code. */
import type { JsonObject, NodeManifest, Outcome } from "@holdfast/dsl";
import type { AiSettings } from "./ai/settings.ts";
import type { Credential } from "./credential.ts";
import type { GuardedFetch } from "./outbound/guarded-fetch.ts";

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
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The only way out: refuses addresses that the installation has not allowed. */
  readonly fetch: GuardedFetch;
  /** The credential that the node names, else the default of its type; resolved at this moment. */
  readonly credential: () => Promise<Credential | undefined>;
  readonly log: ActionLog;
  readonly run: { readonly id: string; readonly flow: string; readonly version: number; readonly node: string };
  /** The installation's language model. */
  readonly ai: AiSettings;
}

/** Structured log lines, stored with the run. A `Credential` in the fields is written as `[secret]`. */
export interface ActionLog {
  debug(message: string, fields?: JsonObject): void;
  info(message: string, fields?: JsonObject): void;
  warn(message: string, fields?: JsonObject): void;
}

/** A node type with an executor. */
export interface ActionNode {
  readonly manifest: NodeManifest;
  /** Never throws for a failure of the target: that is an outcome. */
  execute(context: ActionContext): Promise<Outcome>;
}
