/**
 * The one Postgres that all contestants use: stock settings, every commit on disk. Either started for the benchmark
 * alone, or one that was named; then only databases of the benchmark's own are made in it.
 */
import { startPostgres } from "@holdfast/testkit";
import { migrate } from "@holdfast/runtime";
import pg from "pg";

export class Server {
  /** In a database of its own, so that looking is not counted where it is looked at. */
  readonly #looker: pg.Client;
  readonly #url: string;
  readonly #stop: () => Promise<void>;
  readonly #created: string[] = [];
  /** `18.1`, say. */
  readonly version: string;

  private constructor(url: string, looker: pg.Client, version: string, stop: () => Promise<void>) {
    this.#url = url;
    this.#looker = looker;
    this.#stop = stop;
    this.version = version;
  }

  /** `url`: of a role that may create databases; absent: a server of our own. */
  static async open(url: string | undefined): Promise<Server> {
    const own = url === undefined ? await startPostgres() : undefined;
    const address = url ?? own?.url ?? "";
    const looker = new pg.Client({ connectionString: address, application_name: "holdfast bench" });
    await looker.connect();
    const { rows } = await looker.query<{ server_version: string }>("show server_version");
    return new Server(address, looker, rows[0]?.server_version ?? "unknown", async () => own?.stop("immediate"));
  }

  /** An empty database. Answers with its URL. */
  async createDatabase(name: string): Promise<string> {
    const unique = `holdfast_bench_${name}_${this.#created.length}_${process.pid}`;
    await this.#looker.query(`create database ${unique}`);
    this.#created.push(unique);
    const url = new URL(this.#url);
    url.pathname = `/${unique}`;
    return url.href;
  }

  /** One with Holdfast's tables. */
  async createHoldfastDatabase(name: string): Promise<string> {
    const url = await this.createDatabase(name);
    await migrate(url);
    return url;
  }

  /** A connection into one of the databases, for as long as `work` takes. */
  async inside<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: url, application_name: "holdfast bench" });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** Transactions that others committed or rolled back in this database so far. */
  async transactions(url: string): Promise<number> {
    const { rows } = await this.#looker.query<{ count: string }>(
      "select xact_commit + xact_rollback as count from pg_stat_database where datname = $1",
      [databaseName(url)],
    );
    return Number(rows[0]?.count);
  }

  /** Process ids of the server's processes that work for this database. */
  async backends(url: string): Promise<readonly number[]> {
    const { rows } = await this.#looker.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
      [databaseName(url)],
    );
    return rows.map((row) => row.pid);
  }

  /** Writes what is due to disk now, so that the next measurement does not pay for the last. */
  async checkpoint(): Promise<void> {
    await this.#looker.query("checkpoint");
  }

  /** Takes away what was made. */
  async close(): Promise<void> {
    for (const name of this.#created) await this.#looker.query(`drop database if exists ${name} with (force)`);
    await this.#looker.end();
    await this.#stop();
  }
}

const databaseName = (url: string): string => new URL(url).pathname.slice(1);
