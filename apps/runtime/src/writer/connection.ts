/**
 * A connection of the group writer: alone with its statements, reconnecting by itself.
 */
import pg from "pg";

/** SQLSTATE classes that mean: the data is wrong, or more than a limit allows; trying again can't help. */
const POISON = new Set(["22", "23", "54"]);

/** A row with one of its unique keys is there already. */
const DUPLICATE = "23505";

export type Failure = "duplicate" | "poison" | "transient";

/** Whether an error is about the values, or about the moment (connection, deadlock, restart, overload). */
export function classify(error: unknown): Failure {
  // Together longer than a string can be.
  if (error instanceof RangeError) return "poison";
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === DUPLICATE) return "duplicate";
  return /^[0-9A-Z]{5}$/.test(code) && POISON.has(code.slice(0, 2)) ? "poison" : "transient";
}

export class WriterConnection {
  readonly #url: string;
  #client: pg.Client | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  async query(statement: { name: string; text: string }, values: readonly unknown[]): Promise<pg.QueryResult> {
    const client = this.#client ?? (await this.#connect());
    try {
      return await client.query({ name: statement.name, text: statement.text, values: [...values] });
    } catch (error) {
      // Whatever it was, a connection that answered with a data error is still good; any other is replaced.
      // It is not waited for: on a dark wire even saying goodbye takes for ever.
      if (classify(error) === "transient") void this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client !== undefined) await client.end().catch(() => undefined);
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: "holdfast writer",
      connectionTimeoutMillis: 5_000,
      statement_timeout: 10_000,
      // A wire that has gone dark says nothing at all.
      query_timeout: 15_000,
      lock_timeout: 5_000,
      keepAlive: true,
    });
    // A connection that dies while idle is noticed at the next query.
    client.on("error", () => {
      if (this.#client === client) this.#client = undefined;
    });
    await client.connect();
    // Rows are always found by key: a generic plan made while the tables are small must not scan them later.
    await client.query("set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set jit = off");
    this.#client = client;
    return client;
  }
}
