import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAlive } from "@holdfast/runtime/embedded-postgres";
import { type TestPostgres, startPostgres } from "./postgres.ts";
import { createTestDatabase } from "./test-database.ts";

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

describe("createTestDatabase", () => {
  it("prepares a template once and copies it for everybody", async () => {
    let prepared = 0;
    const template = {
      key: `kit_${Date.now()}`,
      prepare: async (url: string) => {
        prepared += 1;
        await ask(url, "create table marks as select 7 as mark");
      },
    };
    await using first = await createTestDatabase({ template });
    await using second = await createTestDatabase({ template });
    await ask(first.url, "insert into marks values (8)");
    expect(prepared).toBe(1);
    expect(await ask(second.url, "select mark from marks")).toEqual([{ mark: 7 }]);
  });

  it("begins a template anew that was never finished", async () => {
    const key = `kit_broken_${Date.now()}`;
    const broken = { key, prepare: () => Promise.reject(new Error("migration failed")) };
    await expect(createTestDatabase({ template: broken })).rejects.toThrow("migration failed");
    const whole = { key, prepare: async (url: string) => void (await ask(url, "create table marks (mark int)")) };
    await using database = await createTestDatabase({ template: whole });
    expect(await ask(database.url, "select * from marks")).toEqual([]);
  });

  it("drops the database although somebody is connected", async () => {
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    const broken = new Promise((resolve) => {
      client.on("error", resolve);
    });
    await client.connect();
    await database.drop();
    expect(await broken).toBeInstanceOf(Error);
    await expect(ask(database.url, "select 1")).rejects.toThrow("does not exist");
  });
});

describe("startPostgres", () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop("immediate"));

  it("keeps what was committed through a power failure, under the same address", async () => {
    const before = server.pid;
    await ask(server.url, "create table kept as select 1 as n");
    await server.restart("immediate");
    expect(await isAlive(before)).toBe(false);
    expect(server.pid).not.toBe(before);
    expect(await ask(server.url, "select n from kept")).toEqual([{ n: 1 }]);
    expect(await ask(server.url, "show fsync")).toEqual([{ fsync: "on" }]);
  });
});
