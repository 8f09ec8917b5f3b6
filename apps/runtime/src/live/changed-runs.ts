/**
 * Tells others which runs this process has changed: all of a tenth of a second at once, and only while somebody
 * watches. While nobody does, it costs a comparison per commit.
 */
import type { Notice } from "./notice.ts";

export interface ChangedRun {
  readonly workspace: number;
  /** `flows.ref`. */
  readonly flow: number;
  readonly id: string;
  /** The run on top of it, itself if it has no parent. */
  readonly root: string;
  /** The run it belongs to, which counts it. */
  readonly parent?: string | null | undefined;
}

const GATHER_MS = 100;
/** Watchers say every ten seconds that they are there. */
const WATCHED_MS = 25_000;
/** What fits into one notice. */
export const RUNS_PER_NOTICE = 120;
/** Above this nobody reads single runs any more. */
const MOST_RUNS = 600;

export class ChangedRuns {
  readonly #tell: (notice: Notice) => void;
  readonly #runs = new Set<string>();
  #watchedUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (notice: Notice) => void) {
    this.#tell = tell;
  }

  /** Some process has said that somebody watches there. */
  watched(): void {
    this.#watchedUntil = performance.now() + WATCHED_MS;
  }

  get isWatched(): boolean {
    if (this.#watchedUntil === 0) return false;
    if (performance.now() <= this.#watchedUntil) return true;
    this.#watchedUntil = 0;
    return false;
  }

  /** A write of the run has been committed. */
  add(run: ChangedRun): void {
    if (!this.isWatched) return;
    for (const id of [run.id, run.root, run.parent ?? run.root]) this.#runs.add(`${run.workspace}:${run.flow}:${id}`);
    this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watchedUntil = 0;
  }

  #flush(): void {
    this.#timer = undefined;
    const runs = [...this.#runs];
    this.#runs.clear();
    if (runs.length > MOST_RUNS) {
      this.#tell({ word: "runs", value: [] });
      return;
    }
    for (let from = 0; from < runs.length; from += RUNS_PER_NOTICE) {
      this.#tell({ word: "runs", value: runs.slice(from, from + RUNS_PER_NOTICE) });
    }
  }
}
