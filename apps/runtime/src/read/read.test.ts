import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPool } from "../database/pool.ts";
import { insertSample, SAMPLE } from "../../test/support/sample-rows.ts";
import { createRuntimeDatabase } from "../../test/support/runtime-database.ts";
import { findEvent, listEvents } from "./events.ts";
import { findFlow, findFlowVersion, listFlows } from "./flows.ts";
import { findIncident, listIncidents } from "./incidents.ts";
import { findRun, listRuns } from "./runs.ts";
import { listSteps } from "./steps.ts";
import { findTask, listTasks } from "./tasks.ts";

const PAGE = { limit: 50 };

let pool: ReturnType<typeof createPool>;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createRuntimeDatabase();
  pool = createPool({ url: database.url, max: 2, name: "test", onError: () => {} });
  drop = () => database.drop();
  await insertSample(pool);
});
afterAll(async () => {
  await pool.end();
  await drop();
});

describe("runs", () => {
  test("a run tells what exactly it waits for", async () => {
    const run = await findRun(pool, 1, SAMPLE.waiting);
    expect(run).toMatchObject({
      id: SAMPLE.waiting,
      flow: "greeting",
      version: 2,
      status: "waiting",
      startedAt: "2026-03-01T09:30:00.123Z",
      finishedAt: null,
      actor: { kind: "key", id: "k1" },
      requester: "ada@example.com",
      input: { name: "Ada" },
      output: null,
    });
    expect(run?.waits).toEqual([
      {
        id: SAMPLE.wait,
        node: "approval",
        kind: "event",
        status: "open",
        openedAt: "2026-03-01T09:30:00.123Z",
        deadline: "2026-03-08T09:30:00.123Z",
        outcomes: [{ port: "approved", event: "greeting/approved", match: { name: "Ada" }, where: null }],
        taskId: SAMPLE.task,
        incidentId: null,
        endsBy: null,
        children: null,
      },
      {
        id: SAMPLE.incident,
        node: "mail",
        kind: "incident",
        status: "open",
        openedAt: "2026-03-01T09:30:00.123Z",
        deadline: null,
        outcomes: [],
        taskId: null,
        incidentId: SAMPLE.incident,
        endsBy: null,
        children: null,
      },
    ]);
  });

  test("large values are put back where they belong", async () => {
    expect((await findRun(pool, 1, SAMPLE.completed))?.output).toEqual({ big: true });
  });

  test("nothing of another workspace can be seen", async () => {
    expect(await findRun(pool, 1, SAMPLE.foreign)).toBeUndefined();
    expect(await findRun(pool, 2, SAMPLE.foreign)).toBeDefined();
    expect((await listRuns(pool, 1, {}, PAGE)).items.map((run) => run.id)).not.toContain(SAMPLE.foreign);
    expect((await listRuns(pool, 1, { flow: "secret-flow" }, PAGE)).items).toEqual([]);
    expect(await findFlow(pool, 1, "secret-flow")).toBeUndefined();
    expect(await findTask(pool, 2, SAMPLE.task)).toBeUndefined();
    expect(await findEvent(pool, 2, SAMPLE.event)).toBeUndefined();
    expect(await findIncident(pool, 2, SAMPLE.incident)).toBeUndefined();
  });

  test.each(["", "x", "' or true --", "019a8f3e", "\u0000"])("an id that is none finds nothing: %j", async (id) => {
    expect(await findRun(pool, 1, id)).toBeUndefined();
    expect(await findTask(pool, 1, id)).toBeUndefined();
    expect(await findEvent(pool, 1, id)).toBeUndefined();
  });

  test("lists are filtered, the newest first, without children", async () => {
    const ids = async (filter: Parameters<typeof listRuns>[2]) =>
      (await listRuns(pool, 1, filter, PAGE)).items.map((run) => run.id);
    expect(await ids({})).toEqual([SAMPLE.failed, SAMPLE.completed, SAMPLE.waiting]);
    expect(await ids({ flow: "greeting", statuses: ["waiting", "failed"] })).toEqual([SAMPLE.failed, SAMPLE.waiting]);
    expect(await ids({ parent: SAMPLE.waiting })).toEqual([SAMPLE.child]);
    expect(await ids({ parent: "no id" })).toEqual([]);
    expect(await ids({ q: "order-7" })).toEqual([SAMPLE.completed]);
    expect(await ids({ q: "ADA@example" })).toEqual([SAMPLE.waiting]);
    expect(await ids({ q: SAMPLE.failed.toUpperCase() })).toEqual([SAMPLE.failed]);
    expect(await ids({ q: "%" })).toEqual([]);
    expect(await ids({ q: "' or '1'='1" })).toEqual([]);
  });

  test("pages follow each other without gap or overlap", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listRuns(pool, 1, {}, { limit: 1, cursor });
      seen.push(...page.items.map((run) => run.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([SAMPLE.failed, SAMPLE.completed, SAMPLE.waiting]);
  });

  test.each(["x", "", "%%%", Buffer.from("1 or 1=1").toString("base64url")])(
    "a made-up cursor is refused: %j",
    async (cursor) => {
      await expect(listRuns(pool, 1, {}, { limit: 1, cursor })).rejects.toMatchObject({ code: "cursor_invalid" });
      await expect(listSteps(pool, SAMPLE.waiting, { limit: 1, cursor })).rejects.toMatchObject({
        code: "cursor_invalid",
      });
    },
  );
});

describe("steps", () => {
  test("params without a template come from the document, also those in a loop's body", async () => {
    const { items } = await listSteps(pool, SAMPLE.waiting, PAGE);
    expect(items.map(({ id, status, input, output }) => ({ id, status, input, output }))).toEqual([
      { id: "hello:main:1", status: "completed", input: { values: { text: "hello" } }, output: { text: "hello" } },
      // A reference to another run's payload is data, not a way to it.
      { id: "inner:main:1", status: "completed", input: { output: 1 }, output: { $payload: SAMPLE.foreignPayload } },
      { id: "approval:main:1", status: "waiting", input: null, output: null },
      { id: "mail:main:1", status: "waiting", input: null, output: null },
    ]);
  });

  test("resolved params and outputs have their large values back", async () => {
    const { items } = await listSteps(pool, SAMPLE.completed, PAGE);
    expect(items[0]).toMatchObject({
      input: { big: true },
      output: { $payload: "not an id" },
      meta: { offline: true },
    });
  });

  test("pages go on after the last step", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listSteps(pool, SAMPLE.waiting, { limit: 1, cursor });
      seen.push(...page.items.map((step) => step.node));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(["hello", "inner", "approval", "mail"]);
  });
});

test("an event tells what it started, ended, and who refused it", async () => {
  expect(await findEvent(pool, 1, SAMPLE.event)).toEqual({
    id: SAMPLE.event,
    name: "greeting/asked",
    data: { name: "Ada" },
    externalId: "their-1",
    actor: { kind: "key", id: "k1" },
    via: "api",
    acceptedAt: "2026-03-01T09:30:00.123Z",
    started: [{ runId: SAMPLE.waiting, flow: "greeting" }],
    resolved: [],
    refused: [{ flow: "other", code: "input_invalid", pointer: "/name", message: "must be a number" }],
  });
  expect((await listEvents(pool, 1, { name: "greeting/asked" }, PAGE)).items).toHaveLength(1);
  expect((await listEvents(pool, 1, { name: "other" }, PAGE)).items).toEqual([]);
});

test("a task has its form, prefill, context, columns and decision", async () => {
  expect(await findTask(pool, 1, SAMPLE.task)).toMatchObject({
    runId: SAMPLE.waiting,
    node: "approval",
    status: "open",
    title: "Greet Ada?",
    context: { name: "Ada" },
    columns: ["name"],
    outcomes: ["approved", "rejected"],
    form: { type: "object" },
    prefill: { loud: true },
    assignTo: { people: [], roles: ["manager"], groups: [] },
    notRequester: true,
    aiOffline: false,
    aiFacts: [],
    dueAt: "2026-03-08T09:30:00.123Z",
    expiresAt: "2026-03-08T09:30:00.123Z",
    priority: "normal",
    decision: null,
  });
  expect((await listTasks(pool, 1, { status: "open" }, PAGE)).items).toHaveLength(1);
  expect((await listTasks(pool, 1, { status: "decided" }, PAGE)).items).toEqual([]);
  expect((await listTasks(pool, 1, { run: SAMPLE.failed }, PAGE)).items).toEqual([]);

  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query(
      `insert into holdfast.task_decisions (id, task, outcome, data, comment, actor, via, decided_at, effective_at)
       values ($1, $2, 'approved', '{"loud": false}', 'fine', 'key:k1', 'api', $3, $3)`,
      [SAMPLE.decision, SAMPLE.task, "2026-03-02T00:00:00Z"],
    );
    expect((await findTask(client, 1, SAMPLE.task))?.decision).toEqual({
      id: SAMPLE.decision,
      outcome: "approved",
      data: { loud: false },
      diff: [],
      onBehalfOf: null,
      comment: "fine",
      by: { kind: "key", id: "k1" },
      via: "api",
      decidedAt: "2026-03-02T00:00:00.000Z",
      effectiveAt: "2026-03-02T00:00:00.000Z",
    });
    await client.query("update holdfast.task_decisions set taken_back_at = $1", ["2026-03-02T00:00:05Z"]);
    expect((await findTask(client, 1, SAMPLE.task))?.decision).toBeNull();
  } finally {
    await client.query("rollback");
    client.release();
  }
});

test("an incident tells the key that the target has seen", async () => {
  expect((await listIncidents(pool, 1, { status: "open" }, PAGE)).items).toMatchObject([
    {
      id: SAMPLE.incident,
      runId: SAMPLE.waiting,
      flow: "greeting",
      kind: "unknown_outcome",
      key: "k",
      error: { code: "timeout" },
    },
  ]);
});

test("flows come with their versions and the live document", async () => {
  expect((await listFlows(pool, 1, PAGE)).items).toEqual([
    {
      id: "greeting",
      name: "Greeting",
      liveVersion: 2,
      versionCount: 2,
      events: ["greeting/asked"],
      publishedAt: "2026-03-01T09:30:00.123Z",
    },
  ]);
  const flow = await findFlow(pool, 1, "greeting");
  expect(flow?.versions.map(({ version, live }) => ({ version, live }))).toEqual([
    { version: 2, live: true },
    { version: 1, live: false },
  ]);
  expect(flow?.document).toMatchObject({ dsl: 1, id: "greeting" });
  expect(await findFlowVersion(pool, 1, "greeting", 1)).toMatchObject({ version: 1, live: false, flow: "greeting" });
  expect(await findFlowVersion(pool, 1, "greeting", 3)).toBeUndefined();
});
