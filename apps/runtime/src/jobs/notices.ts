/**
 * Notices between processes: "your run was woken", "the clock was moved". They only make things faster, and are never
 * sent inside a checkpoint: a commit with NOTIFY takes a lock that holds up all others.
 */
import pg from "pg";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "../log/logger.ts";

const CHANNEL = "holdfast";
const GATHER_MS = 20;

export interface NoticeHandlers {
  wake(run: string): void;
  clockMoved(): void;
  /** Anything else that was told by `tell`, here or elsewhere. */
  told(text: string): void;
  /** For a while nothing was heard. */
  missed(): void;
}

export interface NoticeOptions {
  readonly url: string;
  /** For sending; listening has a connection of its own. */
  readonly pool: pg.Pool;
  readonly workerId: number;
  readonly log: Logger;
  readonly handlers: NoticeHandlers;
}

export class Notices {
  readonly #url: string;
  readonly #pool: pg.Pool;
  readonly #workerId: number;
  readonly #log: Logger;
  readonly #handlers: NoticeHandlers;
  #client: pg.Client | undefined;
  readonly #waiting = new Set<string>();
  #scheduled = false;
  #closed = false;
  #listened = false;

  constructor({ url, pool, workerId, log, handlers }: NoticeOptions) {
    this.#url = url;
    this.#pool = pool;
    this.#workerId = workerId;
    this.#log = log;
    this.#handlers = handlers;
  }

  /** Listens, and again whenever the connection is lost. */
  async listen(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#connect();
        return;
      } catch (error) {
        this.#log.warn({ err: error }, "could not listen for notices; polling goes on");
        await delay(1_000);
      }
    }
  }

  /** Tells the process `owner` that its run was woken. */
  woken(owner: number, run: string): void {
    this.#send(`wake ${owner} ${run}`);
  }

  clockMoved(): void {
    this.#send("clock");
  }

  /** Tells every process, this one too. At most about 7,000 bytes, beginning with a word of its own and a space. */
  tell(text: string): void {
    this.#send(text);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end().catch(() => undefined);
  }

  #send(text: string): void {
    this.#waiting.add(text);
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      const texts = [...this.#waiting];
      this.#waiting.clear();
      this.#pool
        .query("select pg_notify($1, t) from unnest($2::text[]) t", [CHANNEL, texts])
        .catch((error: unknown) => this.#log.debug({ err: error }, "a notice was not sent"));
    }, GATHER_MS);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: "holdfast notices",
      keepAlive: true,
    });
    client.on("error", () => void client.end().catch(() => undefined));
    client.on("end", () => {
      if (this.#client === client && !this.#closed) void this.listen();
    });
    client.on("notification", ({ payload }) => this.#receive(payload ?? ""));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#client = client;
    if (this.#listened) this.#handlers.missed();
    this.#listened = true;
  }

  #receive(payload: string): void {
    const [what, owner, run] = payload.split(" ");
    if (what === "clock") this.#handlers.clockMoved();
    else if (what === "wake" && Number(owner) === this.#workerId && run !== undefined) this.#handlers.wake(run);
    else if (what !== "wake") this.#handlers.told(payload);
  }
}
