/** What a process opens before it can carry runs. */
import { hostname } from "node:os";
import type pg from "pg";
import type { OwnDatabase } from "@holdfast/nodes";
import { openOutbound, type Outbound } from "@holdfast/nodes/executors";
import { HostClock } from "../clock/host-clock.ts";
import { createPool } from "../database/pool.ts";
import { Queue } from "../jobs/queue.ts";
import { createQueuePool } from "../jobs/queue-pool.ts";
import type { Holder } from "../store/waits.ts";
import { registerWorker } from "../store/workers.ts";
import { GroupWriter } from "../writer/group-writer.ts";
import { HOST_DEFAULTS, type HostSettings } from "./host-settings.ts";
import { ownDatabase } from "./own-database.ts";
import type { NodeTypes } from "./node-registry.ts";

export interface Connections {
  readonly database: pg.Pool;
  readonly ownDatabase: OwnDatabase;
  readonly queuePool: pg.Pool;
  readonly queue: Queue;
  readonly writer: GroupWriter;
  readonly clock: HostClock;
  readonly outbound: Outbound;
  readonly holder: Holder;
}

export async function openConnections(settings: HostSettings, registry: NodeTypes): Promise<Connections> {
  const { databaseUrl: url, log } = settings;
  const onError = (error: Error): void => log.warn({ err: error }, "an idle connection was lost");
  const database = createPool({ url, max: 12, name: "host", onError, byKey: true });
  // Its statements may rightly take long: graphile-worker's migrations, and deleting many jobs.
  const queuePool = createQueuePool({ url, max: 6, name: "queue", onError, statementTimeout: 0 });
  try {
    if (settings.demo === true) await database.query("update holdfast.clock set demo = true");
    const worker = { host: hostname(), pid: process.pid, nodeTypes: registry.told() };
    const workerId = await registerWorker(database, worker);
    const holder = { workerId, leaseMs: settings.leaseMs ?? HOST_DEFAULTS.leaseMs };
    const clock = new HostClock();
    await clock.sync(database);
    const queue = await Queue.open(queuePool, log);
    const onRetry = (error: unknown): void => log.warn({ err: error }, "a batch is written again");
    const writer = new GroupWriter({ url, ...holder, onRetry });
    const outbound = openOutbound({
      allow: settings.allowPrivate ?? [],
      ...(settings.hostAliases === undefined ? {} : { hostAliases: settings.hostAliases }),
    });
    return { database, ownDatabase: ownDatabase(database), queuePool, queue, writer, clock, outbound, holder };
  } catch (error) {
    await Promise.all([database.end(), queuePool.end()]);
    throw error;
  }
}

export async function closeConnections({ database, queuePool, writer, outbound }: Connections): Promise<void> {
  await writer.close();
  await outbound.close();
  await Promise.all([database.end(), queuePool.end()]);
}
