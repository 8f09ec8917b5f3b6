import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { runCommand } from "../../test/support/run-command.ts";
import { SAMPLE } from "../../test/support/sample-rows.ts";
import { Visitor } from "../../test/support/visitor.ts";
import { ensureAuditKey } from "../audit/audit-key.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { seal } from "../audit/seal.ts";
import { listen } from "../cli/serve/listener.ts";
import { inTransaction } from "../database/transaction.ts";
import { Scrubber } from "../log/scrubber.ts";
import { SECRET_MARK } from "../log/secret.ts";
import { beginSession } from "../session/session-store.ts";
import type { Caller } from "../services/services.ts";
import { recordPage } from "./record-page.ts";

const EVIL = `<script>alert("x")</script>`;

let api: ApiFixture;
let dir: string;
let manager: string;

beforeAll(async () => {
  api = await ApiFixture.create();
  dir = await mkdtemp(join(tmpdir(), "holdfast-record-"));
  const { rows } = await api.pool.query<{ id: string }>(
    "select id from holdfast.people where email = 'manager@example.com'",
  );
  manager = rows[0]?.id ?? "";
  const caller: Caller = { workspace: 1, actor: { kind: "person", id: manager }, door: "app" };
  await api.pool.query("update holdfast.tasks set title = $2 where id = $1", [SAMPLE.task, EVIL]);
  await api.pool.query("update holdfast.runs set input = $2 where id = $1", [
    SAMPLE.waiting,
    JSON.stringify({ name: EVIL, token: "s3cret-token-of-the-bank", long: "z".repeat(30_000) }),
  ]);
  const decided = {
    action: "task.decide",
    target: `task:${SAMPLE.task}`,
    after: { outcome: "approved", saw: { title: "Greet Ada?", context: { amount: 129.9 } } },
  };
  await inTransaction(api.pool, (client) => noteOperation(client, caller, decided));
  await seal({
    database: api.pool,
    logger: pino({ level: "silent" }),
    key: await ensureAuditKey(dir),
    file: join(dir, "heads.jsonl"),
    now: Date.now,
  });
  const paused = { action: "run.pause", target: `run:${SAMPLE.waiting}` };
  await inTransaction(api.pool, (client) => noteOperation(client, caller, paused));
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

const page = async (language: "en" | "uk", scrub?: (text: string) => string): Promise<string> =>
  (await recordPage({ database: api.pool, scrub }, 1, SAMPLE.waiting, { language, timeZone: "Europe/Kyiv" }))?.html ??
  "";

describe("the page", () => {
  test("tells what was asked, what happened, who decided, and what they saw", async () => {
    const html = await page("en");
    const told = ["Greeting", SAMPLE.waiting, "What was asked", "task.decide", "manager", "Greet Ada?", "129.9"];
    expect(told.filter((said) => !html.includes(said))).toEqual([]);
    expect(html).toMatch(/Mar 1, 2026, 11:30:00/);
  });

  test("tells which entries a signed head covers, and which none", async () => {
    const html = await page("en");
    const { rows } = await api.pool.query<{ seq: number; hash: string }>(
      "select seq, encode(hash, 'hex') as hash from holdfast.operations where action in ('task.decide', 'run.pause') order by seq",
    );
    const [decided, paused] = rows;
    expect(html).toContain(decided?.hash);
    expect(html).toContain(paused?.hash);
    expect(html).toMatch(
      new RegExp(`The entries up to ${decided?.seq} are covered by a head that was signed with the key `),
    );
    expect(html).toContain(`Entries after ${decided?.seq} are not covered by a signed head yet.`);
  });

  test("stands by itself: nothing runs, nothing is fetched, and what came from outside is text", async () => {
    const html = await page("en");
    expect(html).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import/i);
    expect(html).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test("cuts what is too long to read, and tells its hash", async () => {
    expect(await page("en")).toMatch(/… \d+ more characters\. SHA-256 of the whole value: [0-9a-f]{64}/);
  });

  test("says the same in Ukrainian", async () => {
    const html = await page("uk");
    expect(html).toContain('<html lang="uk">');
    expect(html).toContain("Протокол запуску");
    expect(html).toContain("Записів після");
    expect(html).not.toContain("What was asked");
  });

  test("has no secret that the process knows, in whatever form", async () => {
    const scrubber = new Scrubber();
    scrubber.add("s3cret-token-of-the-bank");
    const scrubbed = await page("en", (text) => scrubber.scrub(text));
    expect(scrubbed.includes("s3cret-token")).toBe(false);
    expect(scrubbed.includes(SECRET_MARK)).toBe(true);
  });
});

describe("its doors", () => {
  test("the API gives data and page, and nothing of another workspace", async () => {
    const answer = await api.call(`/api/v1/runs/${SAMPLE.waiting}/record?language=uk&timeZone=UTC`, {
      key: api.key("viewer"),
    });
    expect(await answer.json()).toMatchObject({
      id: SAMPLE.waiting,
      fileName: `greeting-${SAMPLE.waiting}.html`,
      html: expect.stringContaining("Протокол"),
      record: { run: { id: SAMPLE.waiting }, audit: [{ action: "task.decide" }, { action: "run.pause" }] },
    });
    expect((await api.call(`/api/v1/runs/${SAMPLE.foreign}/record`)).status).toBe(404);
    const bad = await api.call(`/api/v1/runs/${SAMPLE.waiting}/record?timeZone=Mars/Olympus`);
    expect(await bad.json()).toMatchObject({ code: "query_invalid", pointer: "/timeZone" });
  });

  test("so do the pages", async () => {
    const visitor = new Visitor(api);
    visitor.setCookie("holdfast-4400", await beginSession(api.pool, 1, manager));
    const input = { id: SAMPLE.waiting, language: "en", timeZone: "UTC" };
    expect((await visitor.query("runs.record", input)).data).toMatchObject({
      html: expect.stringContaining("Greeting"),
    });
    expect((await visitor.query("runs.record", { ...input, id: SAMPLE.foreign })).problem).toMatchObject({
      status: 404,
    });
  });

  test("the command writes it to a file", async () => {
    const listener = await listen("127.0.0.1", 0);
    listener.serve(api.app);
    const world = { env: { HOLDFAST_URL: listener.url, HOLDFAST_API_KEY: api.key("viewer") }, cwd: dir };
    const { code, out } = await runCommand(["runs", "record", SAMPLE.waiting, "--html", "record.html"], world);
    expect({ code, out }).toEqual({ code: 0, out: `The record is in ${join(dir, "record.html")}` });
    expect(await readFile(join(dir, "record.html"), "utf8")).toMatch(/^<!doctype html>/);
    const asJson = await runCommand(["runs", "record", SAMPLE.waiting, "--json"], world);
    expect(JSON.parse(asJson.out)).toMatchObject({ run: { id: SAMPLE.waiting } });
    expect((await runCommand(["runs", "record", SAMPLE.waiting, "--html", "no/such/x.html"], world)).code).toBe(1);
    await listener.close(0);
  });
});
