import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createRuntimeDatabase } from "../../test/support/runtime-database.ts";
import { createPool } from "../database/pool.ts";
import { ensureAuditKey, findAuditKey, type AuditKey, type PublicKey } from "./audit-key.ts";
import { readHeads } from "./head-file.ts";
import { seal, type Sealing } from "./seal.ts";
import { verifyAudit, type VerifiedChain } from "./verify.ts";

const NOON = Date.UTC(2026, 2, 1, 12);
const DAY = 24 * 60 * 60 * 1_000;

let pool: Pool;
let drop: () => Promise<void>;
let dir: string;
let key: AuditKey;
let logged: string[];

beforeEach(async () => {
  const database = await createRuntimeDatabase();
  pool = createPool({ url: database.url, max: 4, name: "test", onError: () => undefined });
  drop = () => database.drop();
  dir = await mkdtemp(join(tmpdir(), "holdfast-audit-"));
  key = await ensureAuditKey(dir);
  logged = [];
});

afterEach(async () => {
  await pool.end();
  await drop();
  await rm(dir, { recursive: true });
});

const sealing = (now: number): Sealing => ({
  database: pool,
  logger: pino({ level: "info" }, { write: (line) => logged.push(line) }),
  key,
  file: join(dir, "heads.jsonl"),
  now: () => now,
});

const note = (count: number): Promise<unknown> =>
  pool.query(
    `select holdfast.note(1, 'system:test', 'system', 'run.pause', 'run:1', null, jsonb_build_object('number', n))
       from generate_series(1, $1) n`,
    [count],
  );

const publicKey = (): PublicKey => ({ id: key.id, key: key.publicKey });

async function verified(): Promise<VerifiedChain> {
  const [chain] = await verifyAudit(pool, await readHeads(join(dir, "heads.jsonl")), [publicKey()]);
  if (chain === undefined) throw new Error("there is no chain");
  return chain;
}

/** As somebody who owns the database does it. */
async function tamper(...statements: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("alter table holdfast.operations disable trigger all");
    for (const statement of statements) await client.query(statement);
    await client.query("alter table holdfast.operations enable always trigger operations_append_only");
  } finally {
    client.release();
  }
}

/** Makes the chain anew from an entry on, so that it holds in itself. */
const rehash = (from: number): string => `
  do $$
  declare o holdfast.operations; link bytea := (select hash from holdfast.operations where workspace = 1 and seq = ${from} - 1);
  begin
    for o in select * from holdfast.operations where workspace = 1 and seq >= ${from} order by seq loop
      link := sha256(coalesce(link, decode(repeat('00', 32), 'hex')) || convert_to(holdfast.entry_text(o), 'UTF8'));
      update holdfast.operations set hash = link where workspace = 1 and seq = o.seq;
    end loop;
  end $$`;

describe("heads", () => {
  test("come with the first entry, at every thousandth, and each day", async () => {
    expect(await seal(sealing(NOON))).toEqual([]);
    await note(3);
    expect((await seal(sealing(NOON))).map((head) => head.seq)).toEqual([3]);
    await note(996);
    expect(await seal(sealing(NOON))).toEqual([]);
    await note(1_205);
    expect((await seal(sealing(NOON))).map((head) => head.seq)).toEqual([1_000, 2_000]);
    expect(await seal(sealing(NOON + 1))).toEqual([]);
    expect((await seal(sealing(NOON + DAY))).map((head) => head.seq)).toEqual([2_204]);
    expect((await seal(sealing(NOON + 2 * DAY))).map((head) => head.seq)).toEqual([2_204]);
    expect((await readHeads(join(dir, "heads.jsonl"))).map((head) => head.seq)).toEqual([
      3, 1_000, 2_000, 2_204, 2_204,
    ]);
    expect(logged.filter((line) => line.includes('"audit head"'))).toHaveLength(5);
    const stored = await pool.query("select from holdfast.audit_heads");
    expect(stored.rowCount).toBe(5);
  });

  test("a clock that demo mode has moved does not touch them", async () => {
    await pool.query("update holdfast.clock set demo = true, ahead = interval '40 days'");
    await note(2);
    const [head] = await seal(sealing(NOON));
    expect(head?.at).toBe("2026-03-01T12:00:00.000Z");
    await pool.query("update holdfast.clock set ahead = interval '0'");
    await note(1);
    expect(await seal(sealing(NOON))).toEqual([]);
    expect(await verified()).toMatchObject({ entries: 3, uncovered: 1, wrong: null });
  });

  test("two processes that seal at once write each head once", async () => {
    await note(1_000);
    await Promise.all(Array.from({ length: 3 }, () => seal(sealing(NOON))));
    expect((await readHeads(join(dir, "heads.jsonl"))).map((head) => head.seq)).toEqual([1_000]);
  });

  test("a broken chain is not signed, and the log says so", async () => {
    await note(3);
    await seal(sealing(NOON));
    await note(5);
    await tamper("update holdfast.operations set target = 'run:2' where seq = 5");
    expect(await seal(sealing(NOON + DAY))).toEqual([]);
    expect(logged.at(-1)).toMatch(/"level":50.*"seq":5.*chain is broken/);
  });

  test("the key is made once, and nobody else may read it", async () => {
    expect((await ensureAuditKey(dir)).id).toBe(key.id);
    for (let round = 0; round < 10; round += 1) {
      const folder = join(dir, `other-${String(round)}`);
      const keys = await Promise.all(Array.from({ length: 8 }, () => ensureAuditKey(folder)));
      expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
      expect((await findAuditKey(folder))?.id).toBe(keys[0]?.id);
    }
    expect((await stat(join(dir, "audit", "key.pem"))).mode & 0o777).toBe(0o600);
  });
});

describe("verifying", () => {
  beforeEach(async () => {
    await note(1_500);
    await seal(sealing(NOON));
    await seal(sealing(NOON + DAY));
    await note(40);
  });

  test("an untouched chain holds; what is younger than the last head is said to be unprovable", async () => {
    expect(await verified()).toMatchObject({
      workspace: 1,
      entries: 1_540,
      provedUpTo: { seq: 1_500 },
      uncovered: 40,
      wrong: null,
    });
  });

  test.each<[string, readonly string[], object]>([
    [
      "an entry edited",
      [`update holdfast.operations set after = '{"number": 7000}' where seq = 700`],
      { code: "entry_changed", seq: 700 },
    ],
    ["a name edited", ["update holdfast.operations set name = 'Eve' where seq = 1"], { code: "entry_changed", seq: 1 }],
    ["an entry deleted", ["delete from holdfast.operations where seq = 700"], { code: "entry_missing", seq: 700 }],
    [
      "two entries in each other's place",
      [
        "update holdfast.operations set seq = case seq when 700 then -1 else -2 end where seq in (700, 701)",
        "update holdfast.operations set seq = case seq when -1 then 701 else 700 end where seq < 0",
      ],
      { code: "entry_changed", seq: 700 },
    ],
    ["the tail cut off", ["delete from holdfast.operations where seq > 1200"], { code: "entry_missing", seq: 1_201 }],
    ["everything truncated", ["truncate holdfast.operations"], { code: "entry_missing", seq: 1 }],
    ["the beginning deleted", ["delete from holdfast.operations where seq < 10"], { code: "entry_missing", seq: 1 }],
    [
      "an entry edited, and the chain made anew behind it",
      ["update holdfast.operations set target = 'run:2' where seq = 1100", rehash(1_100)],
      { code: "chain_replaced", seq: 1_001 },
    ],
    [
      "an entry deleted, the rest moved up, and the chain made anew",
      [
        "delete from holdfast.operations where seq = 1100",
        "update holdfast.operations set seq = -seq where seq > 1100",
        "update holdfast.operations set seq = -seq - 1 where seq < 0",
        rehash(1_100),
      ],
      { code: "chain_replaced", seq: 1_001 },
    ],
    [
      "an entry younger than the last head edited",
      ["update holdfast.operations set target = 'run:2' where seq = 1520"],
      { code: "entry_changed", seq: 1_520 },
    ],
  ])("finds %s", async (_, statements, wrong) => {
    await tamper(...statements);
    expect((await verified()).wrong).toMatchObject(wrong);
  });

  test("finds heads that were edited, signed by somebody else, or taken away", async () => {
    const file = join(dir, "heads.jsonl");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace('"seq":1000', '"seq":999'));
    expect((await verified()).wrong).toMatchObject({ code: "head_not_signed", seq: 999 });
    await writeFile(file, text.replaceAll(key.id, "0123456789abcdef"));
    expect((await verified()).wrong).toMatchObject({ code: "head_key_unknown", seq: 1_000 });
    await writeFile(file, `${text.split("\n")[0]}\n`);
    expect((await verified()).wrong).toMatchObject({ code: "head_missing", seq: 1_500 });
    await rm(file);
    expect((await verified()).wrong).toMatchObject({ code: "head_missing", seq: 1_500 });
    // Also where the key is gone with it, as with the folder of both.
    const [chain] = await verifyAudit(pool, [], []);
    expect(chain?.wrong).toMatchObject({ code: "head_missing", seq: 1_500 });
    await writeFile(file, "what\n");
    await expect(verified()).rejects.toThrow(/line 1 of .* is not a signed head/);
  });

  test("finds a chain that was made anew and signed with another key, as long as the database still knows the heads", async () => {
    await tamper("update holdfast.operations set target = 'run:2' where seq = 1100", rehash(1_100));
    const folder = join(dir, "another");
    const other = { ...sealing(NOON + 2 * DAY), key: await ensureAuditKey(folder), file: join(folder, "heads.jsonl") };
    await seal(other);
    const keys = [{ id: other.key.id, key: other.key.publicKey }];
    const [chain] = await verifyAudit(pool, await readHeads(other.file), keys);
    expect(chain?.wrong).toMatchObject({ code: "chain_replaced", seq: 1_001 });
  });

  test("what was made anew behind the last head can't be told, and is not said to be proved", async () => {
    await tamper("delete from holdfast.operations where seq > 1510");
    expect(await verified()).toMatchObject({ entries: 1_510, provedUpTo: { seq: 1_500 }, uncovered: 10, wrong: null });
  });
});
