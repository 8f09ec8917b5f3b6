/**
 * What language models are writing in this process, told to those who look on: in pieces, all of a moment at once,
 * beside every checkpoint and without a promise. What counts is the record of the step.
 */
import type { LiveText } from "@holdfast/nodes";
import type { Hidden } from "./hold-back.ts";
import { Writing, type Piece, type WritingOf } from "./writing.ts";

export interface LiveTextsOptions {
  readonly database: {
    query(query: { readonly name: string; readonly text: string; readonly values: unknown[] }): Promise<unknown>;
  };
  /** Pieces of these runs are there to be read. */
  readonly told: (runs: readonly string[]) => void;
  readonly onError: (error: unknown) => void;
}

const EVERY_MS = 150;
/** So much is told without waiting for the moment to end. Characters. */
const ENOUGH = 2_048;
const MOST_TRIES = 5;

export class LiveTexts {
  readonly #options: LiveTextsOptions;
  readonly #changed = new Set<Writing>();
  #timer: NodeJS.Timeout | undefined;
  /** What the database did not take yet. */
  #unsent: readonly Piece[] = [];
  #tries = 0;
  #sending = false;
  #closed = false;

  constructor(options: LiveTextsOptions) {
    this.#options = options;
  }

  open(of: WritingOf, hidden: Hidden): LiveText {
    return new Writing(of, hidden, (writing) => {
      this.#changed.add(writing);
      this.#soon(writing.waiting >= ENOUGH ? 0 : EVERY_MS);
    });
  }

  /** Nothing is told any more: the runs of this process go on elsewhere. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #soon(ms: number): void {
    if (this.#closed || this.#sending || (this.#timer !== undefined && ms > 0)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), ms);
    this.#timer.unref();
  }

  async #send(): Promise<void> {
    this.#timer = undefined;
    this.#sending = true;
    const pieces = [...this.#unsent, ...this.#cut()];
    try {
      if (pieces.length > 0) await insertPieces(this.#options.database, pieces);
      this.#unsent = [];
      this.#tries = 0;
      if (pieces.length > 0) this.#options.told([...new Set(pieces.map(({ run }) => run))]);
    } catch (error) {
      this.#tries += 1;
      this.#unsent = this.#tries < MOST_TRIES ? pieces : [];
      this.#options.onError(error);
    }
    this.#sending = false;
    if (this.#changed.size > 0 || this.#unsent.length > 0) {
      this.#soon([...this.#changed].some(({ waiting }) => waiting >= ENOUGH) && this.#tries === 0 ? 0 : EVERY_MS);
    }
  }

  #cut(): readonly Piece[] {
    const pieces = [...this.#changed].flatMap((writing) => writing.cut());
    this.#changed.clear();
    return pieces;
  }
}

async function insertPieces(database: LiveTextsOptions["database"], pieces: readonly Piece[]): Promise<void> {
  await database.query({
    name: "holdfast_live_text",
    text: `
      insert into holdfast.live_texts (run, node, attempt, call, writing, start, text, ended)
      select x.run, x.node, x.attempt, x.call, x.writing, x.start, x.text, x.ended
        from json_to_recordset($1::json) as
             x(run uuid, node text, attempt int, call text, writing uuid, start int, text text, ended text)
      on conflict (writing, start) do nothing`,
    values: [JSON.stringify(pieces)],
  });
}
