/** A server and two workers, each a process of its own, on one database named by DATABASE_URL. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@holdfast/testkit/test-database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SCOPES } from "../src/access/rights.ts";
import { createPool } from "../src/database/pool.ts";
import { createKey } from "../src/keys/key-store.ts";
import { putPerson } from "../src/people/person-store.ts";
import { HoldfastProcess, readDemo } from "./support/holdfast-process.ts";
import { runCommand } from "./support/run-command.ts";

const OPERATOR = { workspace: 1, actor: { kind: "system", id: "test" }, door: "cli" } as const;

const FLOW = {
  dsl: 1,
  id: "pause",
  name: "Pause",
  triggers: [{ type: "call" }],
  nodes: {
    nap: { type: "sleep", params: { for: "1s" } },
    done: { type: "end", params: { output: "{{ input.name }}" } },
  },
  edges: [
    { from: "start", to: "nap" },
    { from: "nap", to: "done" },
  ],
};

let database: TestDatabase;
let server: HoldfastProcess;
const workers: HoldfastProcess[] = [];
let env: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  env = { DATABASE_URL: database.url, HOLDFAST_LEASE: "1s" };
  // All at once: they also race to prepare the empty database.
  const [first, second, third] = await Promise.all([
    HoldfastProcess.start(["server", "--port", "0"], env),
    HoldfastProcess.start(["worker"], env),
    HoldfastProcess.start(["worker", "--port", "0"], env),
  ]);
  server = first;
  workers.push(second, third);
  const pool = createPool({ url: database.url, max: 1, name: "test", onError: () => {} });
  const person = await putPerson(pool, OPERATOR, {
    email: "d@example.com",
    name: "D",
    roles: ["developer"],
    groups: [],
  });
  const { text } = await createKey(pool, OPERATOR, { person, name: "test", scopes: SCOPES });
  await pool.end();
  env = { ...env, HOLDFAST_URL: server.url, HOLDFAST_API_KEY: text };
}, 120_000);
afterAll(async () => {
  await Promise.all([server, ...workers].map((process) => process?.end("SIGTERM")));
  await database.drop();
}, 30_000);

test(
  "a run that the server starts is moved by a worker, and one worker's death stops nothing",
  { timeout: 60_000 },
  async () => {
    expect((await runCommand(["deploy", "-"], { env, stdin: JSON.stringify(FLOW) })).err).toBe("");
    const run = async (name: string): Promise<unknown> => {
      const { out, err } = await runCommand(
        ["start", "pause", "-i", JSON.stringify({ name }), "--wait", "30s", "--json"],
        { env },
      );
      expect(err).toBe("");
      return JSON.parse(out).run;
    };
    expect(await run("first")).toMatchObject({ status: "completed", output: "first" });
    expect(await workers[0]?.end("SIGKILL")).toBeNull();
    expect(await run("second")).toMatchObject({ status: "completed", output: "second" });
  },
);

test("the server is ready while a worker is, and a worker shows its own health", async () => {
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  const worker = workers[1]?.url ?? "";
  expect((await fetch(`${worker}/readyz`)).status).toBe(200);
  expect(await (await fetch(`${worker}/metrics`)).text()).toContain("holdfast_workers");
  expect((await fetch(`${worker}/api/v1/runs`)).status).toBe(404);
});

test("outside demo mode time cannot be moved", async () => {
  const response = await fetch(`${server.url}/api/v1/dev/clock`, {
    method: "POST",
    headers: { authorization: `Bearer ${env["HOLDFAST_API_KEY"]}`, "content-type": "application/json" },
    body: '{"advance":"1d"}',
  });
  expect(response.status).toBe(404);
});

test("both end in order", { timeout: 30_000 }, async () => {
  expect(await server.end("SIGTERM")).toBe(0);
  expect(await workers[1]?.end("SIGINT")).toBe(0);
});

test("up takes the database that DATABASE_URL names", { timeout: 60_000 }, async () => {
  const other = await createTestDatabase();
  const dir = await mkdtemp(join(tmpdir(), "holdfast-url-"));
  try {
    const up = await HoldfastProcess.up(dir, { DATABASE_URL: other.url });
    const demo = await readDemo(dir);
    const { out } = await runCommand(["runs", "--url", demo.url, "--key", demo.apiKey]);
    expect(out).toBe("No runs.");
    expect(up.lines.join("\n")).not.toContain("Creating a database");
    expect(await up.end("SIGTERM")).toBe(0);
  } finally {
    await rm(dir, { recursive: true });
    await other.drop();
  }
});

test(
  "without the demo the first start makes one administrator, whose key its owner alone may read",
  { timeout: 60_000 },
  async () => {
    const other = await createTestDatabase();
    const dir = await mkdtemp(join(tmpdir(), "holdfast-first-"));
    try {
      const up = await HoldfastProcess.start(["up", "--data", dir, "--port", "0"], { DATABASE_URL: other.url });
      const file = /key is in (.+)$/m.exec(up.lines.join("\n"))?.[1];
      expect(file).toBe(join(dir, "administrator.json"));
      await up.end("SIGTERM");
      const again = await HoldfastProcess.start(["up", "--data", dir, "--port", "0"], { DATABASE_URL: other.url });
      expect(again.lines.join("\n")).not.toContain("administrator");
      await again.end("SIGTERM");
    } finally {
      await rm(dir, { recursive: true });
      await other.drop();
    }
  },
);
