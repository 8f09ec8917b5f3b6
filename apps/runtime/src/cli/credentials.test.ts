/** `holdfast credentials`, against an app that stores them. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFetch } from "@holdfast/nodes/executors";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { newSealKey } from "../../test/support/credential-fixture.ts";
import { runCommand, type CommandResult } from "../../test/support/run-command.ts";
import { ensureKeyFile, keyFileOf, readKeyFile } from "../credentials/key-file.ts";
import { KeyRing } from "../credentials/key-ring.ts";
import { Vault } from "../credentials/vault.ts";
import { listen, type Listener } from "./serve/listener.ts";

const SECRET = "a-secret-token-of-the-bank";

let api: ApiFixture;
let listener: Listener;
let dir: string;

beforeAll(async () => {
  api = await ApiFixture.create();
  const keys = [newSealKey("first")];
  const vault = new Vault({
    database: api.pool,
    ring: new KeyRing(() => keys),
    fetch: createFetch(),
    log: pino({ level: "silent" }),
    learned: () => undefined,
  });
  listener = await listen("127.0.0.1", 0);
  listener.serve(api.createApp({ vault }));
  dir = await mkdtemp(join(tmpdir(), "holdfast-cli-"));
});
afterAll(async () => {
  await listener.close(0);
  await api[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

const run = (args: readonly string[], stdin?: string): Promise<CommandResult> =>
  runCommand(["credentials", ...args], {
    env: { HOLDFAST_URL: listener.url, HOLDFAST_API_KEY: api.key("administrator") },
    cwd: dir,
    ...(stdin === undefined ? {} : { stdin }),
  });

test("none are told as such", async () => {
  expect(await run(["list"])).toEqual({ code: 0, out: "No credentials.", err: "" });
});

test("a value comes from standard input or a file, and is never told again", async () => {
  const set = await run(
    ["set", "bank", "--hosts", "api.bank.example, *.bank.test", "--flows", "pay"],
    `Bearer ${SECRET}\n`,
  );
  expect(set).toEqual({ code: 0, out: "Stored bank", err: "" });
  await writeFile(join(dir, "value.txt"), `Bearer ${SECRET}-2`);
  expect((await run(["rotate", "bank", "--file", "value.txt"])).out).toBe("bank has version 2");
  const { out } = await run(["list", "--json"]);
  expect(JSON.parse(out)).toMatchObject({
    items: [{ name: "bank", type: "bearer", version: 2, flows: ["pay"], hosts: ["api.bank.example", "*.bank.test"] }],
  });
  expect(out + (await run(["list"])).out).not.toContain(SECRET);
  expect((await run(["set", "bank", "--every-flow"], `Bearer ${SECRET}`)).out).toBe("bank has version 3");
  expect((await run(["list"])).out).toContain("every flow");
});

test.each([
  [["set", "bank"], "Beerer what", "value_invalid"],
  [["set", "bank", "--flows", "a", "--every-flow"], "Bearer x", "usage"],
  [["set", "new"], `Bearer ${SECRET}`, "hosts_missing"],
  [["set", "Bad_Name", "--hosts", "a.example"], `Bearer ${SECRET}`, "path_invalid"],
  [["set", "bank"], `Key ${SECRET}`, "credential_type_differs"],
  [["rotate", "bank", "--file", "no-such-file"], "", "no_file"],
  [["test", "bank"], "", "no_test_url"],
  [["revoke", "nobody"], "", "credential_not_found"],
])("%j of %j fails with %s", async (args, stdin, code) => {
  const { code: exit, err } = await run([...args, "--json"], stdin);
  expect(exit).toBe(1);
  expect(JSON.parse(err)).toMatchObject({ error: { code } });
  expect(err).not.toContain(SECRET);
});

test("no flow may use a new one until somebody says which", async () => {
  await run(["set", "careful", "--hosts", "a.example"], `Bearer ${SECRET}`);
  const { out } = await run(["list", "--json"]);
  expect(JSON.parse(out)).toMatchObject({ items: [{ name: "bank" }, { name: "careful", flows: [] }] });
  await run(["revoke", "careful"]);
});

test("revoked, it is gone", async () => {
  expect((await run(["revoke", "bank"])).out).toBe("Revoked");
  expect(JSON.parse((await run(["list", "--json"])).out)).toMatchObject({ items: [] });
});

test("a new key goes into the file before the others", async () => {
  await ensureKeyFile(keyFileOf(dir));
  const [before] = readKeyFile(keyFileOf(dir));
  const { out } = await run(["new-key", "--data", dir, "--json"]);
  const ids = readKeyFile(keyFileOf(dir)).map(({ id }) => id);
  expect(ids).toEqual([JSON.parse(out).id, before?.id]);
  const text = await readFile(keyFileOf(dir), "utf8");
  const secrets = text.split("\n").flatMap((line) => /^[\w-]+:(.+)$/.exec(line)?.[1] ?? []);
  expect(secrets).toHaveLength(2);
  for (const secret of secrets) expect(out).not.toContain(secret);
  expect((await run(["new-key", "--data", join(dir, "nowhere"), "--json"])).err).toContain("no_file");
});
