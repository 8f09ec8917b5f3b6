/**
 * Finds what should be moving and is not, every few seconds: runs whose holder died, looks that a crash cut off,
 * parents that nobody woke, jobs that dead processes hold, calls of models that nobody is left to settle.
 */
import type pg from "pg";
import { forgetLiveTexts } from "../live-text/stored-texts.ts";
import { reconcileCalls } from "../models/lose-calls.ts";
import { eventsAcceptedBy } from "../store/events.ts";
import { forgottenParents, strandedRuns } from "../store/sweeps.ts";
import { waitsOpenedBy } from "../store/waits.ts";
import { claimDeadWorkers, type DeadWorker, stopWorker } from "../store/workers.ts";
import type { Looks } from "../looks/looks.ts";

export interface SweepOptions {
  readonly database: pg.Pool;
  readonly looks: Looks;
  readonly workerId: number;
  /** A process that has not shown itself for so long is dead. */
  readonly silentMs: number;
  /** Sees to it that somebody goes on with these runs. */
  readonly dispatch: (runs: readonly string[]) => void;
  readonly unlock: (pools: readonly string[]) => Promise<void>;
}

const MAX_RUNS = 1_000;

export async function sweep(options: SweepOptions): Promise<void> {
  const { database } = options;
  options.dispatch(await strandedRuns(database, MAX_RUNS));
  options.dispatch(await forgottenParents(database, MAX_RUNS));
  await forgetLiveTexts(database);
  await reconcileCalls(database);
  const dead = await claimDeadWorkers(database, options.silentMs, options.workerId);
  for (const worker of dead) await bury(worker, options);
}

/** Finishes what a dead process was about. Only when all of it is done is the process written off. */
async function bury(worker: DeadWorker, { database, looks, unlock }: SweepOptions): Promise<void> {
  if (worker.pool !== null) await unlock([worker.pool]);
  await looks.eventsAccepted(await eventsAcceptedBy(database, worker.id));
  for (const { id, workspace } of await waitsOpenedBy(database, worker.id)) await looks.waitOpened(workspace, id);
  await stopWorker(database, worker.id);
}
