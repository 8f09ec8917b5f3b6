/** One connection to a Postgres server, through the guarded door. */
import type { Json, JsonObject } from "@holdfast/dsl";
import pg from "pg";
import type { GuardedConnect } from "../outbound/guarded-socket.ts";
import type { SqlSession } from "../own-database.ts";
import type { DatabaseAddress } from "./address.ts";
import { cellReader } from "./cells.ts";
import { turnAt } from "./turns.ts";

type Socket = Awaited<ReturnType<GuardedConnect>>;

const CONNECT_MS = 10_000;
/** What a statement may send, beyond what of it is kept: also a single row has to fit. */
const MOST_BYTES_READ = 64 * 1024 * 1024;
const LOOK_EVERY_MS = 50;

export interface Limits {
  readonly rows: number;
  /** Of the JSON text. */
  readonly bytes: number;
  readonly numbersAsText: boolean;
}

export interface Answer {
  readonly rows: readonly JsonObject[];
  readonly rowCount: number;
}

/** A statement gave more than it may. */
export class TooMuch extends Error {
  readonly what: "rows" | "bytes";

  constructor(what: "rows" | "bytes") {
    super(`too many ${what}`);
    this.what = what;
  }
}

/** All columns as Postgres writes them. */
const TEXT = { getTypeParser: () => (text: string) => text };

export class PostgresSession implements SqlSession {
  readonly #client: pg.Client;
  readonly #socket: Socket;
  readonly #signal: AbortSignal;
  readonly #onAbort = (): void => this.destroy();

  private constructor(client: pg.Client, socket: Socket, signal: AbortSignal) {
    this.#client = client;
    this.#socket = socket;
    this.#signal = signal;
    signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Signs in, when it is its turn. Broken off by the signal, then and later. @throws OutboundError, or what the server or the driver says */
  static async open(
    address: DatabaseAddress,
    { connect, signal }: { readonly connect: GuardedConnect; readonly signal: AbortSignal },
  ): Promise<PostgresSession> {
    const { host, port, user, password, database, tls } = address;
    const turnOver = await turnAt(`${user}@${host}:${port}/${database}`, signal);
    let socket: Socket;
    try {
      socket = await connect({ host, port, signal });
    } catch (error) {
      turnOver();
      throw error;
    }
    socket.once("close", turnOver);
    const client = new pg.Client({
      host,
      port,
      user,
      // A function: an empty one would be looked for in the environment and in files of this machine.
      password: () => password,
      database,
      ssl: tls,
      application_name: "holdfast flow",
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      // What is sent together goes out together.
      pipeline: true,
      stream: () => connected(socket),
      types: TEXT,
    });
    // One that breaks says so to whoever waits for its answer.
    client.on("error", () => undefined);
    const session = new PostgresSession(client, socket, signal);
    try {
      signal.throwIfAborted();
      await client.connect();
      return session;
    } catch (error) {
      session.destroy();
      throw error;
    }
  }

  async query(text: string, values: readonly unknown[] = []): Promise<readonly JsonObject[]> {
    const config = { text, values: [...values], queryMode: "extended" };
    const { rows } = await this.#client.query<{ [column: string]: Json }>(config);
    return rows;
  }

  async commitAfter(text: string, values: readonly unknown[]): Promise<void> {
    await Promise.all([this.query(text, values), this.query("commit")]);
  }

  /** One statement of somebody else, by the protocol that takes no more than one; no more of its answer than is allowed. */
  run(text: string, values: readonly (string | null)[], limits: Limits): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const config = { text, values: [...values], queryMode: "extended", rowMode: "array", types: TEXT };
      const query = new pg.Query<(string | null)[]>(config);
      const rows: JsonObject[] = [];
      let readers: readonly [name: string, read: (text: string) => Json][] | undefined;
      let bytes = 0;
      const before = this.#socket.bytesRead;
      const watch = setInterval(() => {
        if (this.#socket.bytesRead - before > MOST_BYTES_READ) give(new TooMuch("bytes"));
      }, LOOK_EVERY_MS);
      const give = (outcome: Answer | Error): void => {
        clearInterval(watch);
        if (outcome instanceof TooMuch) this.destroy();
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      query.on("row", (cells, result) => {
        readers ??= (result?.fields ?? []).map(({ name, dataTypeID }) => [name, cellReader(dataTypeID, limits)]);
        const row = Object.fromEntries(readers.map(([name, read], at) => [name, cellOf(cells[at], read)]));
        rows.push(row);
        bytes += JSON.stringify(row).length;
        if (rows.length > limits.rows) give(new TooMuch("rows"));
        else if (bytes > limits.bytes) give(new TooMuch("bytes"));
      });
      query.on("error", (error) => give(error));
      query.on("end", (result) => give({ rows, rowCount: result.rowCount ?? rows.length }));
      this.#client.query(query);
    });
  }

  /** Says goodbye. */
  async close(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#onAbort);
    await this.#client.end().catch(() => undefined);
    this.#socket.destroy();
  }

  destroy(): void {
    this.#signal.removeEventListener("abort", this.#onAbort);
    this.#socket.destroy();
    void this.#client.end().catch(() => undefined);
  }
}

const cellOf = (text: string | null | undefined, read: (text: string) => Json): Json =>
  text === null || text === undefined ? null : read(text);

/** A connection that has been made to an address that was looked at: asked to connect, it says that it is. */
function connected(socket: Socket): Socket {
  socket.connect = () => {
    process.nextTick(() => socket.emit("connect"));
    return socket;
  };
  return socket;
}
