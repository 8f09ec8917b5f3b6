/**
 * One process of Holdfast: connections, the writer, the runs it carries, and what keeps them going (heartbeat,
 * timers, sweeps, queue). `server` processes have the services and move nothing that others could move.
 */
import { hostname } from "node:os";
import type pg from "pg";
import type { JsonObject, NodeManifest } from "@holdfast/dsl";
import { parseFlow } from "@holdfast/dsl";
import { controlNodes } from "@holdfast/nodes/control";
import { actionNodes, type Credential, MAIL_CREDENTIAL, openOutbound } from "@holdfast/nodes/executors";
import { builtinManifests } from "@holdfast/nodes/manifests";
import type { ActionNode, AiSettings } from "@holdfast/nodes";
import type { HostAliases } from "@holdfast/nodes/executors";
import { HostClock } from "../clock/host-clock.ts";
import { createPool } from "../database/pool.ts";
import { Looks } from "../looks/looks.ts";
import type { Logger } from "../log/logger.ts";
import { Notices } from "../jobs/notices.ts";
import { Pump } from "../jobs/pump.ts";
import { Queue } from "../jobs/queue.ts";
import { sweep } from "../jobs/sweeper.ts";
import { fireTimers } from "../jobs/timers.ts";
import type { Reminder } from "../tasks/remind.ts";
import { createServices } from "../services/create-services.ts";
import { EndedRuns } from "../services/ended-runs.ts";
import type { Services } from "../services/services.ts";
import { startByEvent } from "../services/start-run.ts";
import { nextDueIn } from "../store/timers.ts";
import { idleChildren, heldChildren, wakeParent } from "../store/wake-runs.ts";
import { heartbeat, registerWorker, stopWorker } from "../store/workers.ts";
import { decideByEvent } from "../tasks/decide-by-event.ts";
import { GroupWriter } from "../writer/group-writer.ts";
import type { NodeRegistry } from "./compiled-flow.ts";
import type { HostContext } from "./context.ts";
import { FlowCache } from "./flow-cache.ts";
import { Host } from "./host.ts";

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
  /** By its name in the document. */
  readonly credentials?: (name: string) => Credential | undefined;
  readonly hostAliases?: HostAliases;
  /** Private addresses that flows may reach. */
  readonly allowPrivate?: readonly string[];
  /** Node types beyond the built-in ones. */
  readonly nodeTypes?: readonly ActionNode[];
  /** Time may be moved. Never in production. */
  readonly demo?: boolean;
  /** Tells people of a task that is still open. */
  readonly remind?: (reminder: Reminder) => Promise<void>;
  /** The process can't go on and has to be started again. */
  readonly onFatal?: (error: unknown) => void;
}

export interface RunningHost {
  readonly services: Services;
  readonly database: pg.Pool;
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

const DEFAULT_CAPACITY = 500;
const DEFAULT_LEASE_MS = 15_000;
const DEFAULT_SWEEP_MS = 5_000;
const TIMER_POLL_MS = 1_000;
const STOP_GRACE_MS = 8_000;
const FETCH_FRESH_MS = 15_000;

/** Starts a process on a migrated database. */
export async function startHost(settings: HostSettings): Promise<RunningHost> {
  const { databaseUrl, log } = settings;
  const works = settings.role !== "server";
  const leaseMs = settings.leaseMs ?? DEFAULT_LEASE_MS;
  const sweepMs = settings.sweepMs ?? DEFAULT_SWEEP_MS;
  const database = createPool({
    url: databaseUrl,
    max: 12,
    name: "host",
    onError: (error) => log.warn({ err: error }, "an idle connection was lost"),
  });
  if (settings.demo === true) await database.query("update holdfast.clock set demo = true");
  const registry = registryOf(settings.nodeTypes ?? []);
  const types: JsonObject = Object.fromEntries(
    [...registry.manifests].map(([type, manifest]) => [type, manifest.version]),
  );
  const workerId = await registerWorker(database, { host: hostname(), pid: process.pid, nodeTypes: types });
  const clock = new HostClock();
  await clock.sync(database);

  const writer = new GroupWriter({
    url: databaseUrl,
    workerId,
    leaseMs,
    onRetry: (error) => log.warn({ err: error }, "a batch is written again"),
  });
  const flows = new FlowCache(database, registry);
  const ended = new EndedRuns(database, (run) => host.has(run));
  const outbound = openOutbound({
    allow: settings.allowPrivate ?? [],
    ...(settings.hostAliases === undefined ? {} : { hostAliases: settings.hostAliases }),
  });
  const queuePool = createPool({
    url: databaseUrl,
    max: 6,
    name: "queue",
    onError: (error) => log.warn({ err: error }, "an idle connection was lost"),
    statementTimeout: 0,
  });
  const queue = await Queue.open(queuePool, log);
  const holder = { workerId, leaseMs };
  let stopped = false;

  const notices = new Notices(databaseUrl, database, workerId, log, {
    wake: (run) => host.wake(run, Number.MAX_SAFE_INTEGER),
    clockMoved: () => void clockMoved().catch((error: unknown) => log.warn({ err: error }, "the clock was not read")),
  });
  const host: Host = new Host(database, {
    capacity: works ? (settings.capacity ?? DEFAULT_CAPACITY) : 0,
    leaseMs,
    workerId,
    expireWait: (wait, port) => looks.expire(wait, port),
    enqueue: (runs) => queue.enqueue(runs),
    notify: (owner, run) => notices.woken(owner, run),
  });
  const dispatch = (runs: readonly string[]): void => {
    if (runs.length === 0) return;
    if (!host.hasRoom()) queue.enqueue(runs);
    else
      void host
        .take(runs)
        .catch((error: unknown) => log.warn({ err: error }, "runs were not taken; the sweeper will find them"));
  };
  const looks: Looks = new Looks({
    database,
    clock,
    log,
    holder,
    hooks: {
      start: async (event, flowVersion) => startByEvent(context, event, await flows.byRef(flowVersion)),
      decide: (event, task, port) =>
        decideByEvent({ database, holder, hasRoom, woken: (woken) => host.woken(woken) }, event, task, port),
      woken: (woken) => host.woken(woken),
      hasRoom: () => host.hasRoom(),
    },
  });
  const hasRoom = (): boolean => host.hasRoom();
  const inBackground = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      if (!stopped) log.warn({ err: error }, "left to the sweeper");
    });
  };
  const context: HostContext = {
    database,
    writer,
    clock,
    log,
    workerId,
    leaseMs,
    fetch: outbound.fetch,
    ai: settings.ai ?? {},
    credential: (name, manifest) => {
      const wanted = name ?? (manifest.credentials.includes("smtp") ? MAIL_CREDENTIAL : undefined);
      return Promise.resolve(wanted === undefined ? undefined : settings.credentials?.(wanted));
    },
    flowByRef: (ref) => flows.byRef(ref),
    flowById: (workspace, id, version) => flows.byId(workspace, id, version),
    hasRoom,
    adopt: (run) => host.adopt(run),
    dispatch,
    waitOpened: (workspace, wait, outcomes) => inBackground(looks.waitOpened(workspace, wait, outcomes)),
    eventsAccepted: (events) => inBackground(looks.eventsAccepted(events)),
    childrenCanceled: (parent, node) => inBackground(tellChildren(parent, node)),
    runEnded: ({ id, parent, node, failed }) => {
      ended.ended(id);
      if (parent !== undefined && node !== undefined) inBackground(childEnded(parent, node, failed));
    },
    timerSet: (at) => timers.soon(Math.max(0, at - clock.now())),
  };
  host.attach(context);

  async function childEnded(parent: string, node: string, failed: boolean): Promise<void> {
    const woken = await wakeParent(database, { parent, node, failed }, host.hasRoom(), holder);
    if (woken !== undefined) host.woken(woken);
  }

  async function tellChildren(parent: string, node: string): Promise<void> {
    for (const { id, owner, wakeSeq } of await heldChildren(database, parent, node)) {
      if (owner === workerId) host.wake(id, wakeSeq);
      else notices.woken(owner, id);
    }
    dispatch(await idleChildren(database, parent, node));
  }

  async function clockMoved(): Promise<void> {
    await clock.sync(database);
    if (works) await timers.flush();
  }

  const timers = new Pump({
    name: "timers",
    log,
    everyMs: TIMER_POLL_MS,
    work: async () => {
      await fireTimers({
        database,
        host,
        holder,
        dispatch,
        hasRoom,
        ...(settings.remind === undefined ? {} : { remind: settings.remind }),
      });
      return nextDueIn(database);
    },
  });
  const sweeper = new Pump({
    name: "sweeper",
    log,
    everyMs: sweepMs,
    work: async () => {
      await sweep({ database, looks, workerId, silentMs: leaseMs, dispatch, unlock: (pools) => queue.unlock(pools) });
      return undefined;
    },
  });
  const heart = new Pump({
    name: "heartbeat",
    log,
    everyMs: Math.min(5_000, leaseMs / 3),
    work: async () => {
      await Promise.all([
        heartbeat(database, workerId, looks.oldest(), queue.pool).then((now) => clock.set(now)),
        host.renew(),
      ]);
      return undefined;
    },
  });

  await notices.listen();
  heart.start();
  if (works) {
    await queue.work({
      pool: queuePool,
      log,
      concurrency: 10,
      advance: (run) => host.take([run]),
      onFatal: (error) => {
        if (stopped) return;
        log.fatal({ err: error }, "the queue can't go on");
        settings.onFatal?.(error);
      },
    });
    timers.start();
    sweeper.start();
  }

  const services = createServices({
    database,
    writer,
    clock,
    holder,
    manifests: registry.manifests,
    flows,
    ended,
    hasRoom,
    adopt: context.adopt,
    dispatch,
    woken: (woken) => host.woken(woken),
    accepted: (ids) => inBackground(looks.eventsAccepted(ids)),
    demo: settings.demo === true,
    clockMoved: async () => {
      await clockMoved();
      notices.clockMoved();
    },
    timerSet: context.timerSet,
    parse: (text) => {
      const parsed = parseFlow(JSON.parse(text));
      if (!parsed.ok) throw new Error("a stored document can't be read");
      return parsed.flow;
    },
  });

  return {
    services,
    database,
    manifests: [...registry.manifests.values()],
    workerId,
    writer,
    active: () => host.active,
    ready: () => {
      if (!works) return someoneFetches(database);
      return Promise.resolve(queue.lastFetch !== undefined && performance.now() - queue.lastFetch < FETCH_FRESH_MS);
    },
    stop: async () => {
      if (stopped) return;
      stopped = true;
      await Promise.all([timers.stop(), sweeper.stop(), queue.close()]);
      await host.stop(STOP_GRACE_MS);
      looks.close();
      await heart.stop();
      await notices.close();
      await writer.close();
      ended.close();
      await stopWorker(database, workerId).catch((error: unknown) =>
        log.warn({ err: error }, "the process was not signed off"),
      );
      await outbound.close();
      await Promise.all([database.end(), queuePool.end()]);
    },
  };
}

/** Whether some process that works has shown itself lately. */
async function someoneFetches(database: pg.Pool): Promise<boolean> {
  const found = await database.query(
    "select from holdfast.workers where stopped_at is null and pool is not null and seen_at > clock_timestamp() - interval '15 seconds' limit 1",
  );
  return (found.rowCount ?? 0) > 0;
}

function registryOf(more: readonly ActionNode[]): NodeRegistry {
  const actions = new Map([...actionNodes, ...more.map((node) => [node.manifest.type, node] as const)]);
  const manifests = new Map(builtinManifests.map((manifest) => [manifest.type, manifest]));
  for (const node of more) manifests.set(node.manifest.type, node.manifest);
  return { manifests, controls: controlNodes, actions };
}
