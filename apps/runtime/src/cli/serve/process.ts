/**
 * A process that serves, works, or both: its host, its door, and its end. What `up`, `server` and `worker` share.
 */
import { actionNodes, createFetch, MAIL_CREDENTIAL, type GuardedFetch } from "@holdfast/nodes/executors";
import { createApi } from "../../api/create-api.ts";
import { credentialVariable } from "../../config/credential-text.ts";
import type { Config } from "../../config/config.ts";
import { keepResealing } from "../../credentials/reseal.ts";
import { Vault } from "../../credentials/vault.ts";
import { createPool } from "../../database/pool.ts";
import { startHost, type HostSettings, type RunningHost } from "../../host/start-host.ts";
import { uuid7 } from "../../ids/uuid7.ts";
import type { Logger } from "../../log/logger.ts";
import { addDatabaseMetrics } from "../../metrics/database-metrics.ts";
import { createMetrics } from "../../metrics/metrics.ts";
import { type Post, poster } from "../../notifications/post.ts";
import { openNodePackages } from "../../packages/node-packages.ts";
import { OpenIdProvider } from "../../provider/open-id-provider.ts";
import type { DemoMode, RpcTools } from "../../rpc/context.ts";
import { keepHistory } from "../../retention/keep-history.ts";
import { keepForgetting } from "../../session/forget-ended.ts";
import { newSetUpCode } from "../../session/set-up.ts";
import { VERSION } from "../../version.ts";
import { healthApp } from "./health-app.ts";
import type { Listener } from "./listener.ts";
import { openKeyRing } from "./sealing-keys.ts";
import { sealAudit } from "./sealing.ts";

export interface ProcessOptions {
  readonly role: "all" | "server" | "worker";
  readonly config: Config;
  readonly databaseUrl: string;
  readonly logger: Logger;
  /** Absent: nothing is served, not even health. */
  readonly listener?: Listener | undefined;
  readonly demo?: DemoMode;
  /** The folder for what lasts, of a process that signs the audit's heads. */
  readonly data?: string;
  /** The folder whose `holdfast.config.json` names packages with node types. Absent: there are none. */
  readonly workspace?: string;
  readonly onFatal: (error: unknown) => void;
}

export interface RunningProcess {
  readonly host: RunningHost;
  /** What whoever sets Holdfast up from another computer is asked for; nothing once it is set up. */
  readonly setUpCode: string | undefined;
  stop(): Promise<void>;
}

/** There is one until there are several. */
const WORKSPACE = 1;

/** Milliseconds that requests under way get when the process ends. */
const REQUEST_GRACE_MS = 3_000;

/** Starts a process on a migrated database. */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { config, databaseUrl, listener, logger } = options;
  const post = posting(config, logger);
  const ring = await openKeyRing(config, { folder: options.data, make: options.role === "all" }, logger);
  const learned = (secret: string): void => config.scrubber.add(secret);
  const packages = await openNodePackages(options);
  const { registry } = packages;
  const host = await startHost({ ...hostSettings(options, post), ring, learned, registry });
  const onError = (error: Error): void => logger.warn({ err: error }, "an idle connection was lost");
  const database = createPool({ url: databaseUrl, max: 8, name: "api", onError });
  const metrics = createMetrics();
  addDatabaseMetrics(metrics.registry, database, (error) => logger.warn({ err: error }, "figures were not read"));
  const health = {
    database,
    jobsFetched: () => host.ready(),
    metrics,
    metricsToken: config.metricsToken,
  };
  const app =
    options.role === "worker"
      ? healthApp(logger, health)
      : createApi({
          ...health,
          services: host.services,
          live: host.live,
          nodeTypes: host.manifests,
          logger,
          version: VERSION,
          scrub: (text) => config.scrubber.scrub(text),
          demo: options.demo,
          publicUrl: config.publicUrl,
          sendMail: mailing(post),
          provider: providerOf(config),
          vault: new Vault({
            database,
            ring,
            learned,
            log: logger,
            fetch: createFetch({ allow: config.allowPrivate, hostAliases: config.hostAliases }),
          }),
        });
  listener?.serve(app);
  const stopForgetting = keepForgetting(database, logger);
  const stopKeepingHistory = await keepHistory({
    databaseUrl,
    log: logger,
    workerId: host.workerId,
    keepMs: config.keepHistoryMs,
    onForgotten: (forgotten) => metrics.history.forgotten(forgotten),
  });
  const stopResealing = ring === undefined ? undefined : keepResealing(database, ring, logger);
  const stopSealing = await sealAudit({ config, database, logger, data: options.data });
  return {
    host,
    setUpCode: options.role === "worker" ? undefined : await newSetUpCode(database, WORKSPACE),
    stop: async () => {
      packages.close();
      stopForgetting();
      await stopKeepingHistory();
      await stopResealing?.();
      await stopSealing();
      await Promise.all([listener?.close(REQUEST_GRACE_MS), host.stop()]);
      await database.end();
    },
  };
}

function hostSettings(options: ProcessOptions, post: Post | undefined): HostSettings {
  const { role, config, databaseUrl, logger, demo, onFatal } = options;
  return {
    databaseUrl,
    log: logger,
    role,
    ai: config.ai,
    prices: config.prices,
    credentials: (name) => config.credentials.get(credentialVariable(name)),
    hostAliases: config.hostAliases,
    allowPrivate: config.allowPrivate,
    demo: demo !== undefined,
    onFatal,
    ...telling(options, post),
    ...(config.capacity === undefined ? {} : { capacity: config.capacity }),
    ...(config.leaseMs === undefined ? {} : { leaseMs: config.leaseMs }),
  };
}

/** How mails of the installation itself go out; nothing where there is no mail server. */
function posting(config: Config, logger: Logger): Post | undefined {
  const node = actionNodes.get("email.send");
  const credential = config.credentials.get(credentialVariable(MAIL_CREDENTIAL));
  return node === undefined || credential === undefined
    ? undefined
    : poster({ node, credential, door: doorOf(config), logger });
}

/** Mails that somebody has just asked for: one that does not go out is theirs to ask for again. */
function mailing(post: Post | undefined): RpcTools["sendMail"] {
  if (post === undefined) return undefined;
  return async (mail) => {
    if ((await post({ ...mail, key: uuid7() })) !== "sent") throw new Error("the mail did not go out");
  };
}

/** How people are told of their tasks by mail. Links lead to where the operator says that people find the pages. */
function telling({ config, listener }: ProcessOptions, post: Post | undefined): Pick<HostSettings, "mails"> {
  const url = config.publicUrl?.origin ?? listener?.url;
  return post === undefined ? {} : { mails: { post, url } };
}

/** Where people sign in beside e-mail and password. By naming it, the operator allows its address. */
function providerOf({ allowPrivate, provider }: Config): RpcTools["provider"] {
  if (provider === undefined) return undefined;
  const { hostname, port, protocol } = provider.issuer;
  const usual = protocol === "http:" ? "80" : "443";
  const door = createFetch({ allow: [...allowPrivate, `${hostname}:${port === "" ? usual : port}`] });
  return new OpenIdProvider(provider, door);
}

/** The way out of the installation's own mails: no wider than that of flows. */
function doorOf({ allowPrivate }: Config): GuardedFetch {
  return createFetch({ allow: allowPrivate });
}
