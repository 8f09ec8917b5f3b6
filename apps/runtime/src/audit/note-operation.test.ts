import { hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createTestDatabase } from "@holdfast/testkit/test-database";
import pg, { type Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRuntimeDatabase } from "../../test/support/runtime-database.ts";
import { readMigrations } from "../database/migrate.ts";
import { createPool } from "../database/pool.ts";
import { inTransaction } from "../database/transaction.ts";
import { createKey } from "../keys/key-store.ts";
import { changePerson } from "../people/change-people.ts";
import { putPerson } from "../people/person-store.ts";
import type { Caller } from "../services/services.ts";
import { followChain } from "./chain.ts";
import { noteOperation } from "./note-operation.ts";

const SYSTEM: Caller = { workspace: 1, actor: { kind: "system", id: "test" }, door: "system" };

let pool: Pool;
let drop: () => Promise<void>;
let url: string;

beforeAll(async () => {
  const database = await createRuntimeDatabase();
  url = database.url;
  pool = createPool({ url, max: 12, name: "test", onError: () => undefined });
  drop = () => database.drop();
});

afterAll(async () => {
  await pool.end();
  await drop();
});

interface Row {
  seq: number;
  hash: Buffer;
  text: string;
  person: string | null;
  name: string | null;
  actor: string;
  before: unknown;
  after: unknown;
}

const chain = async (workspace: number): Promise<readonly Row[]> =>
  (
    await pool.query<Row>(
      "select *, holdfast.entry_text(o) as text from holdfast.operations o where workspace = $1 order by seq",
      [workspace],
    )
  ).rows;

test("entries written at once are one chain without gaps", async () => {
  const caller: Caller = { ...SYSTEM, workspace: 7 };
  await Promise.all(
    Array.from({ length: 60 }, (_, number) =>
      inTransaction(pool, (client) =>
        noteOperation(client, caller, { action: "run.pause", target: `run:${number}`, after: { pause: true, number } }),
      ),
    ),
  );
  const rows = await chain(7);
  expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  let before = Buffer.alloc(32);
  for (const row of rows) {
    const link = hash("sha256", Buffer.concat([before, Buffer.from(row.text)]), "buffer");
    expect(row.hash).toEqual(link);
    before = link;
  }
  expect(rows[0]?.text).toMatch(
    /^\{"workspace":7,"seq":1,"at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z","actor":"system:test","person":null,"name":null,"door":"system","action":"run\.pause","target":"run:\d+","before":null,"after":\{"pause": true, "number": \d+\}\}$/,
  );
});

test("no act is committed without an entry, by whatever code: every test's database holds it to that", async () => {
  const product = createPool({ url, max: 1, name: "api", onError: () => undefined });
  const put = (email: string): string =>
    `insert into holdfast.people (id, workspace, email, name, roles, created_by)
     values (gen_random_uuid(), 1, '${email}', 'X', '{}', 'person:x')`;
  await expect(product.query(put("x@example.com"))).rejects.toThrow("INSERT of people is in no entry");
  const noted = inTransaction(product, async (client) => {
    await client.query(put("y@example.com"));
    await noteOperation(client, { ...SYSTEM, workspace: 9 }, { action: "person.put", target: "person:y" });
  });
  await expect(noted).resolves.toBeUndefined();
  await product.end();
});

test("an act that is undone leaves no entry and no gap", async () => {
  const caller: Caller = { ...SYSTEM, workspace: 8 };
  const act = { action: "run.pause", target: "run:1" };
  const failing = inTransaction(pool, async (client) => {
    await noteOperation(client, caller, act);
    throw new Error("undone");
  });
  await expect(failing).rejects.toThrow("undone");
  await inTransaction(pool, (client) => noteOperation(client, caller, act));
  expect((await chain(8)).map((row) => row.seq)).toEqual([1]);
});

test("an entry keeps who it was: the person behind a key, by the name at the time", async () => {
  const ada = {
    email: "ada@example.com",
    name: "Ada",
    roles: ["administrator"],
    groups: [],
    passwordHash: "x",
  } as const;
  const person = await putPerson(pool, SYSTEM, ada);
  const key = await createKey(pool, SYSTEM, { person, name: "Ada's", scopes: ["runs:read"] });
  const byKey: Caller = { workspace: 1, actor: { kind: "key", id: key.id }, door: "api" };
  await changePerson(pool, byKey, person, { groups: ["finance"] });
  await putPerson(pool, SYSTEM, { ...ada, name: "Ada Lovelace" });
  const rows = await chain(1);
  expect(rows.map(({ actor, person: who, name }) => [actor, who, name])).toEqual([
    ["system:test", null, null],
    ["system:test", null, null],
    [`key:${key.id}`, person, "Ada"],
    ["system:test", null, null],
  ]);
  expect(rows[2]).toMatchObject({ before: { groups: [] }, after: { groups: ["finance"] } });
});

test("acts of many kinds at once don't wait for each other in a circle", async () => {
  const caller: Caller = { ...SYSTEM, workspace: 1 };
  const people = await Promise.all(
    ["bo", "cy", "di"].map((name) =>
      putPerson(pool, caller, {
        email: `${name}@example.com`,
        name,
        roles: ["administrator"],
        groups: [],
        passwordHash: "x",
      }),
    ),
  );
  const before = (await chain(1)).length;
  const acts = Array.from({ length: 45 }, (_, number) => {
    const person = people[number % people.length] ?? "";
    if (number % 3 === 0) return changePerson(pool, caller, person, { groups: [`g${number}`] });
    if (number % 3 === 1) return createKey(pool, caller, { person, name: "k", scopes: ["runs:read"] });
    return putPerson(pool, caller, { email: `p${number}@example.com`, name: "p", roles: [], groups: [] });
  });
  await Promise.all(acts);
  expect(await chain(1)).toHaveLength(before + acts.length);
});

test("entries from before there was a chain become one", async () => {
  await using database = await createTestDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query("create schema holdfast");
  const migrations = await readMigrations();
  const audit = migrations.findIndex(({ file }) => file === "000006_audit.sql");
  for (const { sql } of migrations.slice(0, audit)) await client.query(sql);
  await client.query(`insert into holdfast.people (id, workspace, email, name, created_by)
    values ('019a8f3e-0000-7000-8000-000000000001', 1, 'ada@example.com', 'Ada', 'system:test')`);
  for (let number = 0; number < 3; number++) {
    await client.query(
      `insert into holdfast.operations (workspace, actor, door, action, target, after)
       values (1, 'person:019a8f3e-0000-7000-8000-000000000001', 'app', 'run.pause', 'run:1', $1)`,
      [JSON.stringify({ number })],
    );
  }
  await client.query(migrations[audit]?.sql ?? "");
  const links = [];
  for await (const link of followChain(client, 1)) links.push(link);
  expect(links.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(links.every((link) => "hash" in link)).toBe(true);
  const { rows } = await client.query("select name from holdfast.operations where person is not null");
  expect(rows).toEqual([{ name: "Ada" }, { name: "Ada" }, { name: "Ada" }]);
  await client.end();
});

test.each([
  ["update holdfast.operations set action = 'nothing'"],
  ["update holdfast.operations set action = 'nothing' where false"],
  ["delete from holdfast.operations"],
  ["truncate holdfast.operations"],
  ["truncate holdfast.audit_heads"],
  ["set session_replication_role = replica; delete from holdfast.operations"],
])("the database refuses: %s", async (statement) => {
  const client = await pool.connect();
  try {
    await expect(client.query(statement)).rejects.toThrow(/is append-only/);
  } finally {
    client.release(true);
  }
});

test("nothing that carries runs writes to it: starts, steps and events stay free of the chain's lock", async () => {
  const carrying = ["host", "jobs", "looks", "store", "writer"].map((name) => new URL(`../${name}/`, import.meta.url));
  const noting: string[] = [];
  for (const { pathname } of carrying) {
    for (const file of await readdir(pathname, { recursive: true })) {
      if (file.endsWith(".ts") && (await readFile(join(pathname, file), "utf8")).includes("noteOperation")) {
        noting.push(file);
      }
    }
  }
  const services = await Promise.all(
    ["accept-events", "start-run"].map((name) => readFile(new URL(`../services/${name}.ts`, import.meta.url), "utf8")),
  );
  expect(noting).toEqual([]);
  expect(services.some((text) => text.includes("noteOperation"))).toBe(false);
});

test("nothing but this function writes to the audit", async () => {
  const root = new URL("../", import.meta.url).pathname;
  const files = await readdir(root, { recursive: true });
  const writers: string[] = [];
  for (const file of files.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))) {
    const text = await readFile(join(root, file), "utf8");
    if (/insert\s+into\s+holdfast\.operations|holdfast\.note\(/.test(text)) writers.push(file);
  }
  expect(writers).toEqual(["audit/note-operation.ts"]);
});
