/**
 * Numbered, forward-only migrations. The version row is inserted first in the migration's transaction, so that a
 * second process clashes on the key, waits for the first and steps aside.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import pg from "pg";
import { runMigrations } from "graphile-worker";

const FOLDER = new URL("../../migrations/", import.meta.url);

export interface Migration {
  readonly number: number;
  readonly file: string;
  /** Older processes must not go on working on the new tables. */
  readonly breaking: boolean;
  readonly sql: string;
  /** SHA-256 of the text: a migration that was applied never changes. */
  readonly hash: string;
}

/** All migrations, in order. The first line of each says whether it is breaking. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const files = (await readdir(FOLDER)).filter((file) => /^\d{6}_.+\.sql$/.test(file)).toSorted();
  return Promise.all(
    files.map(async (file, index) => {
      const sql = await readFile(new URL(file, FOLDER), "utf8");
      const number = Number(file.slice(0, 6));
      if (number !== index + 1) throw new Error(`migration ${file}: expected number ${index + 1}`);
      const first = sql.slice(0, sql.indexOf("\n"));
      if (first !== "-- breaking" && first !== "-- not breaking") {
        throw new Error(`migration ${file}: the first line must be "-- breaking" or "-- not breaking"`);
      }
      return {
        number,
        file,
        breaking: first === "-- breaking",
        sql,
        hash: createHash("sha256").update(sql).digest("hex"),
      };
    }),
  );
}

/**
 * Brings the database up to date, and graphile-worker's own schema with it.
 * @throws when the database is newer than this program, was made by a migration that has changed since, or a migration
 * fails (and is rolled back).
 */
export async function migrate(url: string): Promise<{ applied: readonly string[] }> {
  const migrations = await readMigrations();
  const client = new pg.Client({ connectionString: url, application_name: "holdfast migrate" });
  await client.connect();
  const applied: string[] = [];
  try {
    await client.query("set client_min_messages = warning");
    await prepare(client);
    const { rows } = await client.query<{ number: number; hash: string }>(
      "select number, hash from holdfast.migrations order by number",
    );
    const have = rows.at(-1)?.number ?? 0;
    if (have > migrations.length) {
      throw new Error(
        `the database is at migration ${have}, this version of Holdfast knows ${migrations.length}: update Holdfast`,
      );
    }
    for (const { number, hash } of rows) {
      const migration = migrations[number - 1];
      if (migration !== undefined && migration.hash !== hash) {
        throw new Error(
          `the database was made by another text of ${migration.file}: it belongs to a different version of Holdfast`,
        );
      }
    }
    for (const migration of migrations) {
      if (migration.number > have && (await apply(client, migration))) applied.push(migration.file);
    }
  } finally {
    await client.end();
  }
  await runMigrations({ connectionString: url });
  return { applied };
}

async function prepare(client: pg.Client): Promise<void> {
  // Two processes may get here at once; `if not exists` alone can clash on the catalog's unique index.
  await client.query("begin");
  await client.query("select pg_advisory_xact_lock(hashtextextended('holdfast.migrations', 0))");
  await client.query("create schema if not exists holdfast");
  await client.query(`
    create table if not exists holdfast.migrations (
      number int primary key,
      file text not null,
      hash text not null,
      applied_at timestamptz not null default clock_timestamp()
    )`);
  await client.query("commit");
}

async function apply(client: pg.Client, migration: Migration): Promise<boolean> {
  await client.query("begin");
  try {
    const claimed = await client.query(
      "insert into holdfast.migrations (number, file, hash) values ($1, $2, $3) on conflict do nothing",
      [migration.number, migration.file, migration.hash],
    );
    if (claimed.rowCount === 0) {
      await client.query("rollback");
      return false;
    }
    await client.query(migration.sql);
    await client.query("commit");
    return true;
  } catch (error) {
    await client.query("rollback");
    throw new Error(`migration ${migration.file} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
