/**
 * One queue, two connections: whatever the runs of this process have ready goes out together as soon as a
 * connection is free. No timer; load makes the batches by itself.
 *
 * A lost connection is not a lost answer: the batch is sent again, carefully, until it is known to be committed (W4).
 * A value that Postgres refuses fails its own run's write only: the batch is repeated item by item.
 */
import { setTimeout as delay } from "node:timers/promises";
import { classify, WriterConnection } from "./connection.ts";
import { PARTS, type Part, type RunWrite, type WriteResult } from "./run-write.ts";
import { checkpointStatement } from "./statement.ts";

/** Postgres refused a value of this write; nothing of it was stored. */
class PoisonError extends Error {
  override readonly name = "PoisonError";
}

interface Item {
  readonly write: RunWrite;
  readonly resolve: (result: WriteResult) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupWriterOptions {
  readonly url: string;
  readonly workerId: number;
  /** Length of a lease, milliseconds. */
  readonly leaseMs: number;
  readonly connections?: number;
  /** Characters of a batch's rows, above which the rest goes with the next. */
  readonly batchSize?: number;
  readonly onRetry?: (error: unknown) => void;
}

/** Runs in a batch at most: keeps a statement's parameters and locks bounded. */
const MAX_BATCH = 500;
/** Characters: far below what a string of JavaScript, or a value of Postgres, can hold. */
const BATCH_SIZE = 32 * 1024 * 1024;
/** Changes rows of other runs, whose own writes must not stand in the same statement (W6). */
const ALONE: ReadonlySet<Part> = new Set<Part>(["childCancels"]);
/** A queue shorter than this is not worth sharing between the idle connections. */
const SHARE_FROM = 16;
const MAX_BACKOFF_MS = 2_000;

export class GroupWriter {
  readonly #options: GroupWriterOptions;
  readonly #idle: WriterConnection[] = [];
  readonly #all: WriterConnection[] = [];
  #queue: Item[] = [];
  #scheduled = false;
  #closed = false;
  /** Commits so far, for metrics and the bench. */
  commits = 0;
  /** Writes so far. */
  writes = 0;

  constructor(options: GroupWriterOptions) {
    this.#options = options;
    for (let i = 0; i < (options.connections ?? 2); i++) {
      const connection = new WriterConnection(options.url);
      this.#idle.push(connection);
      this.#all.push(connection);
    }
  }

  /** @throws PoisonError when Postgres refuses a value. */
  submit(write: RunWrite): Promise<WriteResult> {
    if (this.#closed) return Promise.reject(new Error("the writer is closed"));
    return new Promise((resolve, reject) => {
      this.#queue.push({ write, resolve, reject });
      this.#schedule();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const item of this.#queue) item.reject(new Error("the writer is closed"));
    this.#queue = [];
    await Promise.all(this.#all.map((connection) => connection.close()));
  }

  #schedule(): void {
    if (this.#scheduled || this.#idle.length === 0 || this.#queue.length === 0) return;
    this.#scheduled = true;
    // After everything that goes on from the last answers: a microtask would send the first of their writes alone and
    // leave the others behind, in half as large batches again.
    setImmediate(() => {
      this.#scheduled = false;
      this.#drain();
    });
  }

  #drain(): void {
    while (this.#queue.length > 0) {
      const connection = this.#idle.pop();
      if (connection === undefined) return;
      const shared =
        this.#queue.length >= SHARE_FROM ? Math.ceil(this.#queue.length / (this.#idle.length + 1)) : this.#queue.length;
      const items = this.#queue.splice(0, this.#fitting(Math.min(shared, MAX_BATCH)));
      void this.#send(connection, items).finally(() => {
        this.#idle.push(connection);
        this.#schedule();
      });
    }
  }

  /** How many of the first `most` writes fit into one batch; always one. */
  #fitting(most: number): number {
    let size = 0;
    for (let count = 0; count < most; count++) {
      const parts = this.#queue[count]?.write.rows ?? [];
      for (const { rows } of parts) for (const row of rows) size += row.length;
      const isTooMuch = size > (this.#options.batchSize ?? BATCH_SIZE);
      if (isTooMuch || parts.some(({ part }) => ALONE.has(part))) return Math.max(1, count);
    }
    return most;
  }

  /** Settles every item; never rejects. */
  async #send(connection: WriterConnection, items: readonly Item[]): Promise<void> {
    let careful = items.some(({ write }) => write.contested === true);
    for (let failures = 0; ; failures++) {
      try {
        await this.#write(connection, items, careful);
        return;
      } catch (error) {
        if (this.#closed) {
          for (const item of items) item.reject(error);
          return;
        }
        const failure = classify(error);
        if (failure === "poison" || (failure === "duplicate" && careful)) {
          return this.#sendApart(connection, items, error);
        }
        // Nothing of the batch is there, or all of it, or what somebody else did: no row is to be there twice.
        careful = true;
        if (failure === "duplicate") continue;
        this.#options.onRetry?.(error);
        await delay(Math.min(MAX_BACKOFF_MS, 25 * 2 ** failures));
      }
    }
  }

  /** Postgres refused a value: only the write that has it fails. */
  async #sendApart(connection: WriterConnection, items: readonly Item[], error: unknown): Promise<void> {
    const [only] = items;
    if (items.length === 1) only?.reject(new PoisonError(error instanceof Error ? error.message : String(error)));
    else for (const item of items) await this.#send(connection, [item]);
  }

  async #write(connection: WriterConnection, items: readonly Item[], careful: boolean): Promise<void> {
    const ordered = items.length === 1 ? items : items.toSorted((a, b) => (a.write.runId < b.write.runId ? -1 : 1));
    const ids: string[] = [];
    const epochs: number[] = [];
    const rows = new Map<Part, string[]>();
    for (const { write } of ordered) {
      if (write.epoch !== undefined) {
        ids.push(write.runId);
        epochs.push(write.epoch);
      }
      for (const { part, rows: own } of write.rows) {
        const all = rows.get(part);
        if (all === undefined) rows.set(part, [...own]);
        else all.push(...own);
      }
    }
    const parts = PARTS.filter((part) => rows.has(part));
    const values: unknown[] = [
      this.#options.workerId,
      `${this.#options.leaseMs} milliseconds`,
      `{${ids.join(",")}}`,
      `{${epochs.join(",")}}`,
    ];
    for (const part of parts) values.push(`[${rows.get(part)?.join(",") ?? ""}]`);
    const result = await connection.query(checkpointStatement(parts, careful), values);
    this.commits += 1;
    this.writes += items.length;
    settle(ordered, result.rows);
  }
}

interface Row {
  readonly i: number | null;
  readonly wake_seq: number | null;
  readonly released?: boolean | null;
  readonly id?: string | null;
  readonly at?: number | null;
}

const NONE: ReadonlySet<string> = new Set();

function settle(items: readonly Item[], rows: readonly Row[]): void {
  const passed = new Map<number, Row>();
  const started = new Map<string, number>();
  for (const row of rows) {
    if (row.i !== null) passed.set(row.i, row);
    else if (row.id !== null && row.id !== undefined) started.set(row.id, row.at ?? 0);
  }
  let fenced = 0;
  for (const { write, resolve } of items) {
    if (write.epoch === undefined) {
      const startedAt = started.get(write.runId);
      resolve({
        kind: "written",
        wakeSeq: 0,
        released: false,
        inserted: startedAt !== undefined,
        startedAt: startedAt ?? 0,
        children: NONE,
      });
      continue;
    }
    fenced += 1;
    const row = passed.get(fenced);
    resolve(
      row === undefined
        ? { kind: "fenced" }
        : {
            kind: "written",
            wakeSeq: row.wake_seq ?? 0,
            released: row.released ?? false,
            inserted: true,
            startedAt: 0,
            children: write.contested === true ? new Set(started.keys()) : NONE,
          },
    );
  }
}
