import { createTestDatabase } from "@holdfast/testkit/test-database";
import pg from "pg";
import { expect, test } from "vitest";
import { migrate, readMigrations } from "./migrate.ts";

async function asked(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

test("two processes that migrate at once do it once", async () => {
  await using database = await createTestDatabase();
  const all = (await readMigrations()).map((migration) => migration.file);
  const answers = await Promise.all([migrate(database.url), migrate(database.url)]);
  expect(answers.flatMap((answer) => answer.applied).toSorted()).toEqual(all);
  expect((await migrate(database.url)).applied).toEqual([]);
});

test("a database of a newer version is left alone", async () => {
  await using database = await createTestDatabase();
  await migrate(database.url);
  await asked(
    database.url,
    "insert into holdfast.migrations (number, file, hash) values (999, '000999_later.sql', '')",
  );
  await expect(migrate(database.url)).rejects.toThrow(/at migration 999.*update Holdfast/);
});

test("so is one that another text of a migration made", async () => {
  await using database = await createTestDatabase();
  await migrate(database.url);
  await asked(database.url, "update holdfast.migrations set hash = 'another' where number = 1");
  await expect(migrate(database.url)).rejects.toThrow(/another text of 000001_init.sql/);
});
