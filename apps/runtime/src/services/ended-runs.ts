/**
 * Waiting for runs to end: told at once where this process ended them, found by one look for all where another did.
 */
import type pg from "pg";
import type { RunEnd } from "../host/run-end.ts";

const LOOK_MS = 250;

export class EndedRuns {
  readonly #database: pg.Pool;
  readonly #isHere: (run: string) => boolean;
  readonly #waiting = new Map<string, Set<(end?: RunEnd) => void>>();
  #timer: NodeJS.Timeout | undefined;

  /** @param isHere whether the run is in motion in this process, which then says when it ends. */
  constructor(database: pg.Pool, isHere: (run: string) => boolean) {
    this.#database = database;
    this.#isHere = isHere;
  }

  /** It has ended; `end`: by this process, which knows how. */
  ended(run: string, end?: RunEnd): void {
    const waiting = this.#waiting.get(run);
    if (waiting === undefined) return;
    this.#waiting.delete(run);
    for (const resolve of waiting) resolve(end);
  }

  /**
   * Resolves when the run has ended, after `ms`, or when `signal` is aborted, whichever is first. With its end, if it
   * has ended in this process meanwhile.
   */
  async await(workspace: number, run: string, ms: number, signal?: AbortSignal): Promise<RunEnd | undefined> {
    let settle = (_end?: RunEnd): void => undefined;
    const ended = new Promise<RunEnd | undefined>((resolve) => {
      settle = resolve;
    });
    const waiting = this.#waiting.get(run) ?? new Set();
    waiting.add(settle);
    this.#waiting.set(run, waiting);
    const giveUp = (): void => settle();
    const timer = setTimeout(giveUp, ms);
    signal?.addEventListener("abort", giveUp, { once: true });
    try {
      // Whoever has just started a run asks for its end thousands of times a second: no question to the database.
      if (!this.#isHere(run) && (await this.#isOver(workspace, run))) return undefined;
      this.#look();
      return await ended;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
      waiting.delete(settle);
      if (waiting.size === 0 && this.#waiting.get(run) === waiting) this.#waiting.delete(run);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const run of this.#waiting.keys()) this.ended(run);
  }

  async #isOver(workspace: number, run: string): Promise<boolean> {
    const found = await this.#database.query({
      name: "holdfast_run_over",
      text: "select from holdfast.runs where id = $1 and workspace = $2 and finished_at is null",
      values: [run, workspace],
    });
    return found.rowCount === 0;
  }

  #look(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const runs = [...this.#waiting.keys()];
      if (runs.length === 0) return;
      this.#database
        .query<{ id: string }>({
          name: "holdfast_runs_over",
          text: "select id from holdfast.runs where id = any($1::uuid[]) and finished_at is not null",
          values: [runs],
        })
        .then(({ rows }) => {
          for (const { id } of rows) this.ended(id);
        })
        .catch(() => undefined)
        .finally(() => this.#look());
    }, LOOK_MS);
    this.#timer.unref();
  }
}
