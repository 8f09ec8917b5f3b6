/**
 * One process of Holdfast: connections, the writer, the runs it carries, and what keeps them going. `server` processes
 * have the services and move nothing that others could move.
 */
import type pg from "pg";
import { type Background, createBackground } from "../jobs/background.ts";
import { Notices } from "../jobs/notices.ts";
import { Looks } from "../looks/looks.ts";
import { Live } from "../live/live.ts";
import { createServices } from "../services/create-services.ts";
import { nodeServices } from "../services/node-services.ts";
import { EndedRuns } from "../services/ended-runs.ts";
import type { Services } from "../services/services.ts";
import { resolveCredential } from "../credentials/resolve-credential.ts";
import { startByEvent } from "../services/start-run.ts";
import { type RetryMissing, retryMissing } from "../services/retry-missing.ts";
import { Prices } from "../models/prices.ts";
import { noteNodeTypes, stopWorker } from "../store/workers.ts";
import { decideByEvent } from "../tasks/decide-by-event.ts";
import { childEnded, tellChildren } from "./after-commit.ts";
import { closeConnections, type Connections, openConnections } from "./connections.ts";
import type { HostContext } from "./context.ts";
import { FlowCache } from "./flow-cache.ts";
import { Host } from "./host.ts";
import { HOST_DEFAULTS, type HostSettings, type RunningHost } from "./host-settings.ts";
import { NodeTypes } from "./node-registry.ts";
import { type WhileAtWork, whileAtWork } from "./while-at-work.ts";

export type { HostSettings, RunningHost } from "./host-settings.ts";

/** What is under way may end by itself. The rest of the ten seconds that a process has is for what it stands on. */
const STOP_GRACE_MS = 5_000;
const FETCH_FRESH_MS = 15_000;
const JOBS_AT_A_TIME = 10;

/** Starts a process on a migrated database. */
export async function startHost(settings: HostSettings): Promise<RunningHost> {
  const registry = settings.registry ?? new NodeTypes(settings.nodeTypes);
  const holdfast = new HoldfastProcess(settings, registry, await openConnections(settings, registry));
  await holdfast.start();
  return {
    services: holdfast.services,
    live: holdfast.live,
    database: holdfast.connections.database,
    manifests: registry.list,
    workerId: holdfast.connections.holder.workerId,
    writer: holdfast.connections.writer,
    active: () => holdfast.host.active,
    ready: () => holdfast.ready(),
    stop: () => holdfast.stop(),
  };
}

class HoldfastProcess {
  readonly connections: Connections;
  readonly host: Host;
  readonly services: Services;
  readonly live: Live;
  readonly #settings: HostSettings;
  readonly #works: boolean;
  readonly #flows: FlowCache;
  readonly #ended: EndedRuns;
  readonly #atWork: WhileAtWork;
  readonly #registry: NodeTypes;
  readonly #looks: Looks;
  readonly #notices: Notices;
  readonly #background: Background;
  readonly #context: HostContext;
  #stopped = false;

  constructor(settings: HostSettings, registry: NodeTypes, connections: Connections) {
    const { database, holder, queue } = connections;
    this.#settings = settings;
    this.connections = connections;
    this.#works = settings.role !== "server";
    this.#flows = new FlowCache(database, registry);
    this.#notices = new Notices({
      url: settings.databaseUrl,
      pool: database,
      workerId: holder.workerId,
      log: settings.log,
      handlers: {
        wake: (run) => this.host.wake(run),
        clockMoved: () => this.#inBackground(this.#clockMoved()),
        told: (text) => this.live.told(text),
        missed: () => this.live.missed(),
      },
    });
    this.live = new Live({
      database,
      workerId: holder.workerId,
      log: settings.log,
      tell: (text) => this.#notices.tell(text),
    });
    this.host = new Host(database, {
      ...holder,
      capacity: this.#works ? (settings.capacity ?? HOST_DEFAULTS.capacity) : 0,
      expireWait: (wait, port) => this.#looks.expire(wait, port),
      enqueue: (runs) => queue.enqueue(runs),
      notify: (owner, run) => this.#notices.woken(owner, run),
    });
    this.#ended = new EndedRuns(database, (run) => this.host.has(run));
    this.#atWork = whileAtWork({ database, live: this.live, warn: (error, message) => this.#warn(error, message) });
    this.#looks = this.#createLooks();
    this.#registry = registry;
    registry.onChange(() => this.#inBackground(this.#nodeTypesChanged()));
    this.#context = this.#createContext();
    this.host.attach(this.#context);
    const dispatch = this.#dispatch;
    this.#background = createBackground({
      settings,
      connections,
      host: this.host,
      looks: this.#looks,
      dispatch,
      touched: this.#touched,
    });
    this.services = this.#createServices(registry);
  }

  async start(): Promise<void> {
    const { queue, queuePool } = this.connections;
    const { log, onFatal } = this.#settings;
    await this.#notices.listen();
    this.#background.heart.start();
    if (!this.#works) return;
    await queue.work({
      pool: queuePool,
      log,
      concurrency: JOBS_AT_A_TIME,
      advance: (runs) => this.host.takeInTurn(runs),
      onFatal: (error) => {
        if (this.#stopped) return;
        log.fatal({ err: error }, "the queue can't go on");
        onFatal?.(error);
      },
    });
    this.#background.timers.start();
    this.#background.mails?.start();
    this.#background.sweeper.start();
    this.#inBackground(this.#retryMissing());
  }

  async ready(): Promise<boolean> {
    const { database, queue } = this.connections;
    if (!this.#works) return someoneFetches(database);
    // A process that is full fetches nothing, and rightly so; its heart says that the database is there.
    const lastSign = this.host.hasRoom() ? queue.lastFetch : this.#background.heart.lastSuccess;
    return lastSign !== undefined && performance.now() - lastSign < FETCH_FRESH_MS;
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    const { database, queue, holder } = this.connections;
    const { timers, sweeper, heart, mails } = this.#background;
    await Promise.all([timers.stop(), sweeper.stop(), mails?.stop(), queue.close()]);
    await this.host.stop(STOP_GRACE_MS);
    this.#looks.close();
    await heart.stop();
    this.live.close();
    await this.#notices.close();
    this.#ended.close();
    this.#atWork.close();
    await stopWorker(database, holder.workerId).catch((error: unknown) =>
      this.#warn(error, "the process was not signed off"),
    );
    await closeConnections(this.connections);
  }

  #createLooks(): Looks {
    const { database, clock, holder } = this.connections;
    const hasRoom = (): boolean => this.host.hasRoom();
    const woken: Host["woken"] = (run) => this.host.woken(run);
    const touched = this.#touched;
    return new Looks({
      database,
      clock,
      log: this.#settings.log,
      holder,
      hooks: {
        start: async (event, flowVersion) => startByEvent(this.#context, event, await this.#flows.byRef(flowVersion)),
        decide: (event, task, port) => decideByEvent({ database, holder, hasRoom, woken, touched }, event, task, port),
        woken,
        hasRoom,
      },
    });
  }

  #createContext(): HostContext {
    const { database, ownDatabase, writer, clock, outbound } = this.connections;
    const { log, ai, credentials, ring, learned } = this.#settings;
    const source = { database, log, ring, environment: credentials, learned: learned ?? (() => undefined) };
    const looks = this.#looks;
    const after = { connections: this.connections, host: this.host, notices: this.#notices, dispatch: this.#dispatch };
    return {
      database,
      writer,
      clock,
      log,
      fetch: outbound.fetch,
      ownDatabase,
      ai: ai ?? {},
      books: { database, clock, prices: this.#settings.prices ?? new Prices() },
      credential: (name, manifest, use) => resolveCredential(source, name, manifest, use),
      progress: this.#atWork.progress,
      liveText: this.#atWork.liveText,
      nodeType: (type, version) => this.#registry.action(type, version),
      flowByRef: (ref) => this.#flows.byRef(ref),
      flowById: (workspace, id, version) => this.#flows.byId(workspace, id, version),
      hasRoom: () => this.host.hasRoom(),
      adopt: (run) => this.host.adopt(run),
      dispatch: this.#dispatch,
      waitOpened: ({ workspace, id, outcomes, end }) =>
        this.#inBackground(looks.waitOpened(workspace, id, outcomes).finally(end)),
      eventsAccepted: (events, end) => this.#inBackground(looks.eventsAccepted(events).finally(end)),
      beginLook: () => looks.begin(),
      childrenCanceled: (parent, node) => this.#inBackground(tellChildren(after, parent, node)),
      runEnded: ({ id, parent, node, end }) => {
        this.#ended.ended(id, end);
        if (parent === undefined || node === undefined) return;
        this.#inBackground(childEnded(after, { parent, node, failed: end.status !== "completed" }));
      },
      timerSet: (at) => this.#background.timers.soon(Math.max(0, at - clock.now())),
      committed: ({ workspace, flow, id, root, parent }) =>
        this.live.runChanged({ workspace, flow: flow.flowRef, id, root, parent }),
    };
  }

  #createServices(registry: NodeTypes): Services {
    const context = this.#context;
    return createServices({
      ...this.connections,
      manifests: registry.list,
      flows: this.#flows,
      ended: this.#ended,
      hasRoom: () => this.host.hasRoom(),
      adopt: (run) => context.adopt(run),
      dispatch: this.#dispatch,
      woken: (run) => this.host.woken(run),
      accepted: (ids, end) => context.eventsAccepted(ids, end),
      beginLook: () => context.beginLook(),
      ...nodeServices(registry, context),
      demo: this.#settings.demo === true,
      clockMoved: async () => {
        await this.#clockMoved();
        this.#notices.clockMoved();
      },
      timerSet: (at) => context.timerSet(at),
      touched: this.#touched,
    });
  }

  readonly #touched = (run: string): void => this.#inBackground(this.live.runTouched(run));

  /** Node types came, went or were changed: flows are compiled anew, and steps that waited for a type go on. */
  async #nodeTypesChanged(): Promise<void> {
    const { database, holder } = this.connections;
    this.#flows.forgetCompiled();
    this.live.nodeTypesChanged();
    await noteNodeTypes(database, holder.workerId, this.#registry.told());
    await this.#retryMissing();
  }

  /** Incidents about node types that this process has by now are over. */
  async #retryMissing(): Promise<void> {
    if (!this.#works) return;
    const has: RetryMissing["has"] = (type, version) => this.#registry.action(type, version) !== undefined;
    await retryMissing({ database: this.connections.database, services: this.services, has });
  }

  /** Goes on with runs that nobody holds: here as far as there is room, else through the queue. */
  readonly #dispatch = (runs: readonly string[]): void => {
    const { room } = this.host;
    if (room > 0 && runs.length > 0) this.#inBackground(this.host.take(runs.slice(0, room)));
    if (runs.length > room) this.connections.queue.enqueue(runs.slice(room));
  };

  async #clockMoved(): Promise<void> {
    await this.connections.clock.sync(this.connections.database);
    if (!this.#works) return;
    await this.#background.timers.flush();
    this.#background.mails?.soon();
  }

  #inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!this.#stopped) this.#warn(error, "left to the sweeper");
    });
  }

  #warn(error: unknown, message: string): void {
    this.#settings.log.warn({ err: error }, message);
  }
}

/** Whether some process that works has shown itself lately. */
async function someoneFetches(database: pg.Pool): Promise<boolean> {
  const found = await database.query(
    "select from holdfast.workers where stopped_at is null and pool is not null and seen_at > clock_timestamp() - interval '15 seconds' limit 1",
  );
  return (found.rowCount ?? 0) > 0;
}
