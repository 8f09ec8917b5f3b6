/**
 * graphile-worker: hands runs to processes that have room. Only a hint; with its tables emptied every run still
 * finishes, because the sweeper derives the jobs again.
 */
import { EventEmitter } from "node:events";
import {
  Logger as GraphileLogger,
  makeWorkerUtils,
  run,
  type Runner,
  type WorkerEvents,
  type WorkerUtils,
} from "graphile-worker";
import type pg from "pg";
import { z } from "zod";
import type { Logger } from "../log/logger.ts";

const ADVANCE_RUNS = "advance-runs";

/** Fetching a job costs two commits, so runs that wait together share one; few enough that several processes get some. */
const RUNS_OF_A_JOB = 25;

const jobPayload = z.object({ runs: z.array(z.string()) });
type JobPayload = z.infer<typeof jobPayload>;

export interface QueueOptions {
  readonly pool: pg.Pool;
  readonly log: Logger;
  /** Jobs at a time. */
  readonly concurrency: number;
  /** Takes these runs up, as there is room for them. What becomes of them afterwards is no concern of the queue. */
  readonly advance: (runs: readonly string[]) => Promise<void>;
  /** The queue can't go on: the process has to be started again. */
  readonly onFatal: (error: unknown) => void;
}

export class Queue {
  readonly #utils: WorkerUtils;
  readonly #log: Logger;
  #runner: Runner | undefined;
  readonly #waiting = new Set<string>();
  #scheduled = false;
  #closed = false;
  /** graphile's name for this process, as it stands in `locked_by`. */
  pool: string | undefined;
  /** When jobs were last really fetched, by `performance.now()`. */
  lastFetch: number | undefined;

  private constructor(utils: WorkerUtils, log: Logger) {
    this.#utils = utils;
    this.#log = log;
  }

  /** A queue to put into; `work` makes it fetch too. */
  static async open(pool: pg.Pool, log: Logger): Promise<Queue> {
    return new Queue(await makeWorkerUtils({ pgPool: pool, logger: quiet(log) }), log);
  }

  /** Asks for somebody to go on with these runs. Many calls become one statement. */
  enqueue(runs: readonly string[]): void {
    for (const id of runs) this.#waiting.add(id);
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      void this.#flush();
    }, 5);
  }

  /** Fetches jobs from now on. */
  async work(options: QueueOptions): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    const fetched = (): void => {
      this.lastFetch = performance.now();
    };
    events.on("worker:getJob:empty", fetched);
    events.on("job:start", fetched);
    events.on("pool:create", ({ workerPool }) => {
      this.pool = workerPool.id;
    });
    events.on("pool:fatalError", ({ error }) => options.onFatal(error));
    this.#runner = await run({
      pgPool: options.pool,
      logger: quiet(options.log),
      events,
      concurrency: options.concurrency,
      // Whoever adds a job says so by NOTIFY, and the sweeper finds what is lost: each of the fetchers polls rarely.
      pollInterval: 10_000,
      noHandleSignals: true,
      taskList: {
        [ADVANCE_RUNS]: async (payload) => {
          const { runs } = jobPayload.parse(payload);
          await options.advance(runs);
        },
      },
    });
    // It also resolves when the pool has shut down by itself and nothing is fetched any more.
    this.#runner.promise.then(
      () => !this.#closed && options.onFatal(new Error("the queue stopped")),
      (error: unknown) => !this.#closed && options.onFatal(error),
    );
  }

  /** Frees the jobs that dead processes hold; graphile itself would wait for four hours. */
  async unlock(pools: readonly string[]): Promise<void> {
    if (pools.length > 0) await this.#utils.forceUnlockWorkers([...pools]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#runner?.stop().catch(() => undefined);
    await this.#utils.release();
  }

  async #flush(): Promise<void> {
    const runs = [...this.#waiting];
    this.#waiting.clear();
    if (runs.length === 0 || this.#closed) return;
    try {
      const jobs = Array.from({ length: Math.ceil(runs.length / RUNS_OF_A_JOB) }, (_, index) => ({
        identifier: ADVANCE_RUNS,
        payload: { runs: runs.slice(index * RUNS_OF_A_JOB, (index + 1) * RUNS_OF_A_JOB) } satisfies JobPayload,
        maxAttempts: 3,
      }));
      await this.#utils.addJobs(jobs);
    } catch (error) {
      this.#log.warn({ err: error, runs: runs.length }, "jobs were not added; the sweeper will find the runs");
    }
  }
}

function quiet(log: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message, meta) => {
    if (level === "error") log.warn({ queue: meta }, message);
    else log.trace({ queue: meta }, message);
  });
}
