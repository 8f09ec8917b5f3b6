/** `holdfast database role`: what it makes is what `postgres.query` lets in. */
import { randomBytes } from "node:crypto";
import type { SqlSession } from "@holdfast/nodes";
import type { TestDatabase } from "@holdfast/testkit/test-database";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand, type CommandResult } from "../../test/support/run-command.ts";
import { createRuntimeDatabase } from "../../test/support/runtime-database.ts";
import { ownDatabase } from "../host/own-database.ts";

const NAME = `shop_${randomBytes(4).toString("hex")}`;

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createRuntimeDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});

afterAll(async () => {
  await pool.query(`drop owned by ${NAME}`);
  await pool.query(`drop role ${NAME}`);
  await pool.end();
  await database.drop();
});

const run = (...args: string[]): Promise<CommandResult> =>
  runCommand(["database", "role", ...args], { env: { DATABASE_URL: database.url } });

test("a role has a schema of its own, nothing of Holdfast's, and is let in", async () => {
  const { code, out } = await run(NAME);
  expect(code).toBe(0);
  const address = new URL(out);
  expect(address).toMatchObject({ username: NAME, search: "?sslmode=disable" });
  const client = new pg.Client({ connectionString: out });
  await client.connect();
  try {
    await client.query("create table counters (n int); insert into counters values (1)");
    const { rows } = await client.query("select schemaname from pg_tables where tablename = 'counters'");
    expect(rows).toEqual([{ schemaname: NAME }]);
    await expect(client.query("select from holdfast.runs")).rejects.toMatchObject({ code: "42501" });
    const session: SqlSession = {
      query: async (text, values = []) => (await client.query(text, [...values])).rows,
      commitAfter: () => Promise.reject(new Error("nothing is to be committed")),
      destroy: () => undefined,
    };
    expect(await ownDatabase(pool).recognizes(session)).toBe(true);
  } finally {
    await client.end();
  }
});

test("it is made once, and not under any name", async () => {
  expect(await run(NAME)).toMatchObject({ code: 1, err: expect.stringContaining("already") });
  for (const name of ["holdfast", "pg_shop", "Shop", "a;drop schema holdfast", "graphile_worker"]) {
    expect(await run(name)).toMatchObject({ code: 1, err: expect.stringContaining("name") });
  }
});

test("where Holdfast's own role may make none, it says what somebody else can do", async () => {
  const small = `${NAME}_small`;
  await pool.query(`create role ${small} login password 'x'`);
  const url = new URL(database.url);
  url.username = small;
  url.password = "x";
  const answer = await runCommand(["database", "role", "another"], { env: { DATABASE_URL: url.href } });
  await pool.query(`drop role ${small}`);
  expect(answer).toMatchObject({ code: 1, err: expect.stringContaining("create role another login") });
});
