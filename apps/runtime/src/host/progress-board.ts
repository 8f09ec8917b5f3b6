/**
 * How far attempts under way say they are. What they say within a second is written once, beside every checkpoint and
 * without a promise: nothing but the eyes of those who look on hangs on it.
 */
import type pg from "pg";
import type { RunIdentity } from "./run-identity.ts";

/** A part of 1, and what is being done. */
export interface Progress {
  readonly part: number;
  readonly note?: string | undefined;
}

interface Entry extends Progress {
  readonly run: RunIdentity;
  readonly node: string;
  readonly attempt: number;
}

export interface ProgressBoardOptions {
  readonly database: pg.Pool;
  /** Those who look on are told. */
  readonly told: (run: RunIdentity) => void;
  readonly onError: (error: unknown) => void;
}

const EVERY_MS = 1_000;
const MAX_NOTE = 200;

export class ProgressBoard {
  readonly #options: ProgressBoardOptions;
  readonly #entries = new Map<string, Entry>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ProgressBoardOptions) {
    this.#options = options;
  }

  put(run: RunIdentity, { node, attempt }: { readonly node: string; readonly attempt: number }, said: Progress): void {
    const part = Math.min(1, Math.max(0, Number.isFinite(said.part) ? said.part : 0));
    this.#entries.set(`${run.id} ${node}`, { run, node, attempt, part, note: said.note?.slice(0, MAX_NOTE) });
    this.#timer ??= setTimeout(() => void this.#write(), EVERY_MS);
    this.#timer.unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#entries.clear();
  }

  async #write(): Promise<void> {
    this.#timer = undefined;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    const rows = entries.map(({ run, node, attempt, part, note }) => ({ run: run.id, node, attempt, part, note }));
    try {
      await this.#options.database.query({
        name: "holdfast_progress",
        text: `
          insert into holdfast.step_progress (run, node, attempt, part, note)
          select x.run, x.node, x.attempt, x.part, x.note
          from json_to_recordset($1::json) as x(run uuid, node text, attempt int, part real, note text)
          on conflict (run, node) do update
            set attempt = excluded.attempt, part = excluded.part, note = excluded.note, at = excluded.at`,
        values: [JSON.stringify(rows)],
      });
      for (const { run } of entries) this.#options.told(run);
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
