import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestDatabase } from "@holdfast/testkit/test-database";
import pg from "pg";
import { createRuntimeDatabase } from "../../test/support/runtime-database.ts";
import { createQueuePool } from "./queue-pool.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createRuntimeDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const options = (url: string) => ({ url, max: 2, name: "queue", onError: () => undefined });

test("a connection that is cut in mid-statement is something to try again", async () => {
  const pool = createQueuePool(options(database.url));
  const client = await pool.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const other = new pg.Client(database.url);
  await other.connect();
  const [cut] = await Promise.allSettled([
    client.query("select pg_sleep(60)"),
    other.query("select pg_terminate_backend($1)", [rows[0]?.pid]),
  ]);
  expect(cut).toMatchObject({ status: "rejected", reason: { code: "40001" } });
  await other.end();
  client.release(true);
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await pool.end();
});

test("so is a server that does not answer", async () => {
  const pool = createQueuePool(options("postgres://127.0.0.1:1/none"));
  await expect(pool.connect()).rejects.toMatchObject({ code: "40001" });
  await pool.end();
});

test("what the statement itself did wrong stays what it is", async () => {
  const pool = createQueuePool(options(database.url));
  const client = await pool.connect();
  await expect(client.query("select 1 / 0")).rejects.toMatchObject({ code: "22012" });
  client.release();
  await pool.end();
});
