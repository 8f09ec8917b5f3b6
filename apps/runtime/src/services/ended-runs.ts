/**
 * Waiting for runs to end: told at once where this process ended them, found by one look for all where another did.
 */
import type pg from "pg";

const LOOK_MS = 250;

export class EndedRuns {
  readonly #database: pg.Pool;
  readonly #isHere: (run: string) => boolean;
  readonly #waiting = new Map<string, Set<() => void>>();
  #timer: NodeJS.Timeout | undefined;

  /** @param isHere whether the run is in motion in this process, which then says when it ends. */
  constructor(database: pg.Pool, isHere: (run: string) => boolean) {
    this.#database = database;
    this.#isHere = isHere;
  }

  /** This process ended it. */
  ended(run: string): void {
    const waiting = this.#waiting.get(run);
    if (waiting === undefined) return;
    this.#waiting.delete(run);
    for (const resolve of waiting) resolve();
  }

  /** Resolves when the run has ended, after `ms`, or when `signal` is aborted, whichever is first. */
  async await(workspace: number, run: string, ms: number, signal?: AbortSignal): Promise<void> {
    let settle = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const waiting = this.#waiting.get(run) ?? new Set();
    waiting.add(settle);
    this.#waiting.set(run, waiting);
    const timer = setTimeout(settle, ms);
    signal?.addEventListener("abort", settle, { once: true });
    try {
      // Whoever has just started a run asks for its end thousands of times a second: no question to the database.
      if (!this.#isHere(run) && (await this.#isOver(workspace, run))) return;
      this.#look();
      await ended;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", settle);
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
