/**
 * The runs of this process: takes them, moves them, lets go of them.
 */
import type pg from "pg";
import { loadAncestors } from "../store/ancestors.ts";
import { abandonLeases, type Lease, renewLeases, takeLeases } from "../store/leases.ts";
import { type LoadedRun, loadRuns } from "../store/load-run.ts";
import { quarantine } from "../store/quarantine.ts";
import type { Woken } from "../store/wakes.ts";
import { type Departure, RunActor } from "./actor.ts";
import type { HostContext } from "./context.ts";
import { failpoint } from "./failpoint.ts";
import type { NewRun } from "./new-run.ts";
import { openLoadedRun, openNewRun } from "./open-run.ts";
import type { RunFile } from "./run-file.ts";

export interface HostOptions {
  /** Runs at a time; what is above goes to the queue. */
  readonly capacity: number;
  readonly leaseMs: number;
  readonly workerId: number;
  readonly expireWait: (wait: string, port: string) => Promise<void>;
  /** Puts runs into the queue, for whoever has room. */
  readonly enqueue: (runs: readonly string[]) => void;
  /** Tells another process that its run was woken. */
  readonly notify: (owner: number, run: string) => void;
}

/** Takes of an expired lease without any progress, above which a run is no longer taken up by itself. */
const MAX_CRASHES = 3;

export class Host {
  readonly #options: HostOptions;
  readonly #database: pg.Pool;
  #context: HostContext | undefined;
  readonly #actors = new Map<string, RunActor>();
  /** What the stop of the process does when a run has been let go of here. */
  readonly #departures = new Map<string, () => void>();
  /** Who waits for room. */
  readonly #forRoom: (() => void)[] = [];
  #tellingOfRoom = false;
  #loading = 0;
  #stopping = false;

  constructor(database: pg.Pool, options: HostOptions) {
    this.#database = database;
    this.#options = options;
  }

  /** The context needs the host; so it comes second. */
  attach(context: HostContext): void {
    this.#context = context;
  }

  get active(): number {
    return this.#actors.size;
  }

  /** How many more runs it can carry. */
  get room(): number {
    return this.#stopping ? 0 : Math.max(0, this.#options.capacity - this.#actors.size - this.#loading);
  }

  hasRoom(): boolean {
    return this.room > 0;
  }

  get #given(): HostContext {
    if (this.#context === undefined) throw new Error("the host has no context");
    return this.#context;
  }

  /** Goes on with a run that was committed with its lease. */
  adopt(run: NewRun): void {
    this.#begin(openNewRun(run, this.#given), 1, 0);
  }

  /** A wake-up of another statement: tells the actor, takes over a lease that was got with it, or tells its holder. */
  woken(woken: Woken): void {
    if (woken.owner === this.#options.workerId) {
      const actor = this.#actors.get(woken.run);
      if (actor?.epoch === woken.epoch) actor.wake(woken.wakeSeq);
      else void this.#takeUp([{ run: woken.run, epoch: woken.epoch }]);
    } else if (woken.owner === null) {
      this.#options.enqueue([woken.run]);
    } else {
      this.#options.notify(woken.owner, woken.run);
    }
  }

  /** Another process, or the renewal, says that this run was woken. */
  wake(run: string, wakeSeq?: number): void {
    this.#actors.get(run)?.wake(wakeSeq);
  }

  has(run: string): boolean {
    return this.#actors.has(run);
  }

  /** Takes runs that nobody holds, as there is room for them. What is left when the process stops, a sweep finds. */
  async takeInTurn(runs: readonly string[]): Promise<void> {
    let left = runs;
    while (left.length > 0 && !this.#stopping) {
      const { room } = this;
      if (room === 0) {
        await new Promise<void>((resolve) => this.#forRoom.push(resolve));
        continue;
      }
      await this.take(left.slice(0, room));
      left = left.slice(room);
    }
  }

  /** Takes runs that nobody holds, as far as there is room. Runs that there was no room for are left. */
  async take(runs: readonly string[]): Promise<void> {
    const wanted = runs.filter((run) => !this.#actors.has(run)).slice(0, this.room);
    if (wanted.length === 0) return;
    this.#loading += wanted.length;
    let leases: readonly Lease[] = [];
    try {
      failpoint("lease.before");
      leases = await takeLeases(this.#database, wanted, this.#options);
      failpoint("lease.after");
    } finally {
      this.#loading -= wanted.length;
      this.#roomFreed();
    }
    await this.#takeUp(leases);
  }

  /** Renews the leases of all runs that are in motion, and tells their actors what was missed. */
  async renew(): Promise<void> {
    const leases = this.#leases();
    const wakes = await renewLeases(this.#database, leases, this.#options);
    for (const { run } of leases) {
      const wakeSeq = wakes.get(run);
      if (wakeSeq !== undefined) this.#actors.get(run)?.wake(wakeSeq);
    }
  }

  /** Begins nothing new, waits for the attempts under way as long as `graceMs`, and gives all leases up. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    for (const resolve of this.#forRoom.splice(0)) resolve();
    for (const actor of this.#actors.values()) actor.abandon();
    const leases = this.#leases();
    const all = Promise.all(
      leases.map(({ run }) => new Promise<void>((resolve) => this.#departures.set(run, resolve))),
    );
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
    clearTimeout(timer);
    await abandonLeases(this.#database, leases);
  }

  /** One commit lets go of many runs: whoever waits for room hears of them together. */
  #roomFreed(): void {
    if (this.#forRoom.length === 0 || this.#tellingOfRoom) return;
    this.#tellingOfRoom = true;
    setImmediate(() => {
      this.#tellingOfRoom = false;
      for (const resolve of this.#forRoom.splice(0)) resolve();
    });
  }

  #leases(): readonly Lease[] {
    return [...this.#actors].map(([run, actor]) => ({ run, epoch: actor.epoch }));
  }

  async #takeUp(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return;
    this.#loading += leases.length;
    try {
      failpoint("load.before");
      const runs = await loadRuns(
        this.#database,
        leases.map((lease) => lease.run),
      );
      failpoint("load.after");
      for (const run of runs) {
        const lease = leases.find((candidate) => candidate.run === run.id);
        // Somebody else has it by now, or it is here already.
        if (lease?.epoch !== run.epoch || this.#actors.get(run.id)?.epoch === run.epoch) continue;
        await this.#open(run);
      }
    } catch (error) {
      // The leases run out, and the sweeper finds the runs.
      this.#given.log.error({ err: error, runs: leases.map((lease) => lease.run) }, "runs could not be loaded");
    } finally {
      this.#loading -= leases.length;
      this.#roomFreed();
    }
  }

  async #open(run: LoadedRun): Promise<void> {
    const context = this.#given;
    if (run.crashCount > MAX_CRASHES) {
      context.log.error(
        { run: run.id, crashes: run.crashCount },
        "a run is set aside: it ends its process again and again",
      );
      await quarantine(this.#database, { run: run.id, epoch: run.epoch }, run.crashCount);
      return;
    }
    const flow = await context.flowByRef(run.flowVersion);
    const ancestors = run.body ? await loadAncestors(this.#database, run.id) : [];
    const file = openLoadedRun(run, flow, ancestors, context);
    const actor = this.#actorOf(file, run.epoch, run.wakeSeq);
    actor.see(run);
    this.#move(actor);
  }

  #begin(file: RunFile, epoch: number, wakeSeq: number): void {
    this.#move(this.#actorOf(file, epoch, wakeSeq));
  }

  #actorOf(file: RunFile, epoch: number, wakeSeq: number): RunActor {
    return new RunActor(file, epoch, wakeSeq, this.#options.expireWait);
  }

  #move(actor: RunActor): void {
    const { id } = actor.run;
    this.#actors.set(id, actor);
    void actor
      .move()
      .catch((error: unknown): Departure => {
        this.#given.log.error(
          { err: error, run: id },
          "a run was dropped; it is taken up again when its lease is over",
        );
        return "abandoned";
      })
      .then((departure) => {
        if (this.#actors.get(id) === actor) this.#actors.delete(id);
        if (departure === "fenced") this.#given.log.info({ run: id }, "another process has taken the run over");
        this.#departures.get(id)?.();
        this.#roomFreed();
      });
  }
}
