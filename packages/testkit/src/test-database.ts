/** A database of its own for every test file, copied from a template that is prepared once per run. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import type { ProvidedPostgres } from "./vitest-postgres.ts";

export interface DatabaseTemplate {
  /** Names the content, such as the hash of all migrations: equal keys share one template. `[a-z0-9_]`, 40 at most. */
  readonly key: string;
  /** Fills an empty database. Must leave no connection open. */
  prepare(url: string): Promise<void>;
}

export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Also ends connections that are still open. */
  drop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Absent: an empty database. */
  readonly template?: DatabaseTemplate;
  /** Of the server; default: the one that `vitest-postgres.ts` offers. */
  readonly serverUrl?: string;
}

/** Databases of ours older than this belong to nobody any more. */
const LEFTOVER_AGE = 6 * 60 * 60_000;

const PROVIDED: ProvidedPostgres = "holdfastPostgres";

/** Whoever prepares a template or clears leftovers holds this advisory lock. */
const LOCK = 4_653_711;

export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = options.serverUrl ?? (await sharedServerUrl());
  const name = `holdfast_test_${Date.now()}_${randomBytes(4).toString("hex")}`;
  const { template } = options;
  await withServer(serverUrl, async (server) => {
    if (template === undefined) return server.query(`create database ${name} template template0`);
    const source = await ensureTemplate(server, serverUrl, template);
    return server.query(`create database ${name} template ${source}`);
  });
  const drop = (): Promise<void> =>
    withServer(serverUrl, async (server) => {
      await server.query(`drop database if exists ${name} with (force)`);
    });
  return { name, url: urlOf(serverUrl, name), drop, [Symbol.asyncDispose]: drop };
}

/** The server of this vitest run. The first call of the run starts it. */
export async function sharedServerUrl(): Promise<string> {
  const response = await fetch(inject(PROVIDED));
  const answer: unknown = await response.json();
  if (typeof answer === "object" && answer !== null && "url" in answer && typeof answer.url === "string") {
    return answer.url;
  }
  throw new Error(`There is no test database: ${JSON.stringify(answer)}`);
}

/** A template is built under another name and renamed when complete: one that a killed run left half done is not used. */
async function ensureTemplate(server: pg.Client, serverUrl: string, template: DatabaseTemplate): Promise<string> {
  if (!/^[a-z0-9_]{1,40}$/.test(template.key)) throw new Error(`Not a template key: ${template.key}`);
  const name = `holdfast_template_${template.key}`;
  const building = `${name}_new`;
  await server.query("select pg_advisory_lock($1)", [LOCK]);
  try {
    const { rowCount } = await server.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 1) return name;
    await dropLeftovers(server);
    await server.query(`drop database if exists ${building} with (force)`);
    await server.query(`create database ${building} template template0`);
    await template.prepare(urlOf(serverUrl, building));
    await server.query(`alter database ${building} rename to ${name}`);
    return name;
  } finally {
    await server.query("select pg_advisory_unlock($1)", [LOCK]);
  }
}

/** Only matters on a server that outlives the run. */
async function dropLeftovers(server: pg.Client): Promise<void> {
  const { rows } = await server.query<{ datname: string }>(
    `select datname from pg_database d where datname ~ '^holdfast_test_[0-9]+_'
     and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
  );
  for (const { datname } of rows) {
    const age = Date.now() - Number(datname.split("_")[2]);
    if (age > LEFTOVER_AGE) await server.query(`drop database if exists ${datname}`);
  }
}

async function withServer<T>(url: string, act: (server: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
