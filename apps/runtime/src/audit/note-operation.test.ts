import { hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRuntimeDatabase } from "../../test/support/runtime-database.ts";
import { createPool } from "../database/pool.ts";
import { inTransaction } from "../database/transaction.ts";
import { createKey } from "../keys/key-store.ts";
import { changePerson } from "../people/change-people.ts";
import { putPerson } from "../people/person-store.ts";
import type { Caller } from "../services/services.ts";
import { noteOperation } from "./note-operation.ts";

const SYSTEM: Caller = { workspace: 1, actor: { kind: "system", id: "test" }, door: "system" };

let pool: Pool;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createRuntimeDatabase();
  pool = createPool({ url: database.url, max: 12, name: "test", onError: () => undefined });
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
