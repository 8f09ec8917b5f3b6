/**
 * Keeps history for as long as the operator says: once an hour, and in small batches with pauses between them, so that
 * runs on their way hardly notice. Several processes may do it at once: what one has locked the others leave to it.
 */
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { createPool } from "../database/pool.ts";
import { Pump } from "../jobs/pump.ts";
import type { Logger } from "../log/logger.ts";
import { forgetEvents, mayHaveMoreEvents } from "./forget-events.ts";
import { forgetRuns } from "./forget-runs.ts";

export interface Forgotten {
  readonly runs: number;
  readonly events: number;
}

export interface KeepHistoryOptions {
  readonly databaseUrl: string;
  readonly log: Logger;
  /** Whose setting it is, so that all processes' can be compared. */
  readonly workerId: number;
  /** Milliseconds; undefined: for ever. */
  readonly keepMs: number | undefined;
  /** Is told after each batch. */
  readonly onForgotten: (forgotten: Forgotten) => void;
}

const EVERY_MS = 60 * 60 * 1000;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";
/** A batch is followed by a pause as long as itself, and no longer than this. */
const LONGEST_PAUSE_MS = 1_000;

/** From now on. Returns how to stop it. */
export async function keepHistory(options: KeepHistoryOptions): Promise<() => Promise<void>> {
  const { databaseUrl: url, log, workerId, keepMs, onForgotten } = options;
  if (keepMs === undefined) return () => Promise.resolve();
  const onError = (error: Error): void => log.warn({ err: error }, "an idle connection was lost");
  // A family of runs may be large.
  const database = createPool({ url, max: 1, name: "history", onError, statementTimeout: 0 });
  await database.query("update holdfast.workers set keeps = $2 where id = $1", [workerId, `${keepMs} milliseconds`]);
  const stopped = new AbortController();
  const pump = new Pump({
    name: "history",
    log,
    everyMs: EVERY_MS,
    work: async () => {
      const { runs, events } = await forgetHistory({ database, keepMs, signal: stopped.signal, onForgotten });
      if (runs + events > 0) log.info({ runs, events }, "history was forgotten");
      return undefined;
    },
  });
  pump.start();
  return async () => {
    stopped.abort();
    await pump.stop();
    await database.end();
  };
}

/** All that is older than it has to be kept: runs first, since an event stays as long as an older run does. */
export async function forgetHistory({
  database,
  keepMs,
  signal,
  onForgotten = () => undefined,
}: {
  readonly database: pg.Pool;
  readonly keepMs: number;
  readonly signal?: AbortSignal;
  readonly onForgotten?: (forgotten: Forgotten) => void;
}): Promise<Forgotten> {
  let [runs, events] = [0, 0];
  for (let after: string | undefined = FIRST_ID; after !== undefined && signal?.aborted !== true;) {
    const from: string = after;
    const batch = await unhurried(() => forgetRuns(database, { keepMs, after: from }), signal);
    runs += batch.count;
    onForgotten({ runs: batch.count, events: 0 });
    after = batch.next;
  }
  for (let more = true; more && signal?.aborted !== true;) {
    const count = await unhurried(() => forgetEvents(database, keepMs), signal);
    events += count;
    onForgotten({ runs: 0, events: count });
    more = mayHaveMoreEvents(count);
  }
  return { runs, events };
}

async function unhurried<Result>(work: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  const began = performance.now();
  const result = await work();
  const pause = Math.min(LONGEST_PAUSE_MS, performance.now() - began);
  await delay(pause, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  return result;
}
