/** What a process is started with, and what it gives. */
import type pg from "pg";
import type { NodeManifest } from "@holdfast/dsl";
import type { ActionNode, AiSettings } from "@holdfast/nodes";
import type { Credential, HostAliases } from "@holdfast/nodes/executors";
import type { KeyRing } from "../credentials/key-ring.ts";
import type { Live } from "../live/live.ts";
import type { Logger } from "../log/logger.ts";
import type { Prices } from "../models/prices.ts";
import type { MailOptions } from "../notifications/send-mails.ts";
import type { Services } from "../services/services.ts";
import type { NodeTypes } from "./node-registry.ts";
import type { GroupWriter } from "../writer/group-writer.ts";

export interface HostSettings {
  readonly databaseUrl: string;
  readonly log: Logger;
  /** `all` and `worker` move runs; `server` only serves. */
  readonly role?: "all" | "server" | "worker";
  /** Runs at a time. */
  readonly capacity?: number;
  /** Milliseconds. A silent process is dead after as long. */
  readonly leaseMs?: number;
  readonly sweepMs?: number;
  readonly ai?: AiSettings;
  /** Of language models; absent: the known ones. */
  readonly prices?: Prices;
  /** Of the environment, by the name in the document: where the store has none of that name. */
  readonly credentials?: (name: string) => Credential | undefined;
  /** What opens the stored ones; absent: they can't be read here. */
  readonly ring?: KeyRing | undefined;
  /** Is told every secret before it is used, so that no log has it. */
  readonly learned?: ((secret: string) => void) | undefined;
  readonly hostAliases?: HostAliases;
  /** Private addresses that flows may reach. */
  readonly allowPrivate?: readonly string[];
  /** Node types beyond the built-in ones. */
  readonly nodeTypes?: readonly ActionNode[];
  /** All of them instead, where they may come and go. */
  readonly registry?: NodeTypes;
  /** Time may be moved. Never in production. */
  readonly demo?: boolean;
  /** How people are told of their tasks by mail; absent: there is no mail server. */
  readonly mails?: Pick<MailOptions, "post" | "url">;
  /** The process can't go on and has to be started again. */
  readonly onFatal?: (error: unknown) => void;
}

export interface RunningHost {
  readonly services: Services;
  readonly live: Live;
  readonly database: pg.Pool;
  /** Of the node types that it has by now. */
  readonly manifests: readonly NodeManifest[];
  readonly workerId: number;
  readonly writer: GroupWriter;
  /** Whether jobs are really being fetched. */
  ready(): Promise<boolean>;
  /** Runs in motion here. */
  active(): number;
  /** Ends gracefully within about ten seconds. */
  stop(): Promise<void>;
}

export const HOST_DEFAULTS = { capacity: 500, leaseMs: 15_000, sweepMs: 5_000 } as const;
