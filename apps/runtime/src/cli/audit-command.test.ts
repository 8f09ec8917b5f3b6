/** `holdfast audit`, on a database and beside an app. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { runCommand, type CommandWorld } from "../../test/support/run-command.ts";
import { ensureAuditKey, publicPem } from "../audit/audit-key.ts";
import { seal } from "../audit/seal.ts";
import { listen, type Listener } from "./serve/listener.ts";

let api: ApiFixture;
let listener: Listener;
let dir: string;
let world: CommandWorld;

beforeAll(async () => {
  api = await ApiFixture.create();
  listener = await listen("127.0.0.1", 0);
  listener.serve(api.app);
  dir = await mkdtemp(join(tmpdir(), "holdfast-audit-"));
  world = {
    env: {
      DATABASE_URL: api.pool.options.connectionString,
      HOLDFAST_URL: listener.url,
      HOLDFAST_API_KEY: api.key("administrator"),
    },
    cwd: dir,
  };
});
afterAll(async () => {
  await listener.close(0);
  await api[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

test("before the first head all of it is unprovable, and verify says so", async () => {
  const { code, out } = await runCommand(["audit", "verify"], world);
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(
      /^Workspace 1: (\d+) entries\. The chain holds\.\n {2}No signed head in .*heads\.jsonl covers any of it\.\n {2}\1 entries are not covered by a signed head yet\.$/,
    ),
  });
  expect(await runCommand(["audit", "key"], world)).toMatchObject({ code: 1, err: expect.stringMatching(/no key in/) });
});

test("verify proves the chain up to its head, finds what was changed, and tells it by its exit code", async () => {
  const key = await ensureAuditKey(join(dir, ".holdfast"));
  const file = join(dir, ".holdfast", "audit", "heads.jsonl");
  const logger = pino({ level: "silent" });
  await seal({ database: api.pool, logger, key, file, now: Date.now });
  const whole = await runCommand(["audit", "verify", "--json"], world);
  expect(whole.code).toBe(0);
  expect(JSON.parse(whole.out)).toMatchObject({ intact: true, chains: [{ workspace: 1, uncovered: 0, wrong: null }] });

  const shown = await runCommand(["audit", "key"], world);
  expect(shown.out).toBe(`Key ${key.id}\n${publicPem(key.publicKey).trimEnd()}`);
  await writeFile(join(dir, "auditor.pem"), publicPem(key.publicKey));
  const elsewhere = ["audit", "verify", "--data", "nowhere", "--heads", file];
  expect(await runCommand(elsewhere, world)).toMatchObject({ code: 1, err: expect.stringMatching(/--public-key/) });
  expect(await runCommand([...elsewhere, "--public-key", "auditor.pem"], world)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Proved up to entry \d+, signed .* by the key [0-9a-f]{16}\./),
  });

  await api.pool.query("alter table holdfast.operations disable trigger all");
  await api.pool.query("update holdfast.operations set action = 'nothing' where seq = 2");
  const broken = await runCommand(["audit", "verify"], world);
  expect(broken).toMatchObject({
    code: 1,
    out: expect.stringMatching(/BROKEN: entry 2 is not what it was when it was written\./),
    err: expect.stringMatching(/^holdfast: the audit is not what it was: entry 2 /),
  });
  const asJson = await runCommand(["audit", "verify", "--json"], world);
  expect(JSON.parse(asJson.out)).toMatchObject({
    intact: false,
    chains: [{ wrong: { code: "entry_changed", seq: 2 } }],
  });
  expect(JSON.parse(asJson.err)).toMatchObject({ error: { code: "audit_broken" } });
});

test("list shows entries by filter, to whoever may read them", async () => {
  const { out } = await runCommand(["audit", "list", "--action", "key", "--limit", "2"], world);
  expect(out).toMatch(
    /^ENTRY +AT +WHO +DOOR +ACTION +TARGET\n\d+ .* system:test .* key\.create +key:\w+\n.*\nMore: --cursor /,
  );
  const manager = { ...world, env: { ...world.env, HOLDFAST_API_KEY: api.key("manager") } };
  expect(await runCommand(["audit"], manager)).toMatchObject({ code: 1, err: expect.stringMatching(/role/) });
});
