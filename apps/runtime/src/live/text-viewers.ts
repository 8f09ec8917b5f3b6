/** Who looks on while texts of a run are being written. */
import { type LivePieces, readLivePieces } from "../live-text/stored-texts.ts";
import type { Queryable } from "../read/queryable.ts";
import { SharedReads } from "./shared-reads.ts";
import { Subscription } from "./subscription.ts";

interface TextViewer {
  readonly run: string;
  readonly news: Subscription<"written">;
}

/** Of one process. */
export class TextViewers {
  readonly #database: Queryable;
  readonly #viewers = new Set<TextViewer>();
  readonly #reads = new SharedReads<LivePieces>();

  constructor(database: Queryable) {
    this.#database = database;
  }

  get size(): number {
    return this.#viewers.size;
  }

  /** Gives what was written after a place, again and again, until `signal` is aborted. Who comes reads at once. */
  watch(run: string, after: number, signal: AbortSignal): AsyncGenerator<LivePieces> {
    const viewer: TextViewer = { run, news: new Subscription() };
    this.#viewers.add(viewer);
    viewer.news.push("written");
    return this.#tell(viewer, after, signal);
  }

  told(runs: readonly string[]): void {
    for (const run of runs) this.#reads.forget(run);
    for (const { run, news } of this.#viewers) if (runs.includes(run)) news.push("written");
  }

  /** A notice may have been lost. */
  look(): void {
    for (const { news } of this.#viewers) news.push("written");
  }

  async *#tell(viewer: TextViewer, from: number, signal: AbortSignal): AsyncGenerator<LivePieces> {
    let after = from;
    try {
      while ((await viewer.news.take(signal)).length > 0) {
        for (let more = true; more && !signal.aborted;) {
          const next = await this.#read(viewer.run, after);
          if (next.pieces.length > 0) yield next;
          ({ upTo: after, more } = next);
        }
      }
    } finally {
      this.#viewers.delete(viewer);
    }
  }

  /** Who is told at the same time and has read as far as others reads with them. */
  #read(run: string, after: number): Promise<LivePieces> {
    return this.#reads.share(0, `${after}:${run}`, () => readLivePieces(this.#database, run, after));
  }
}
