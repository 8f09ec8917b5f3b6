/** A node that asks people in its middle, on a real host: by every door, with grace, and with all that can end it. */
import type { Json, JsonObject } from "@holdfast/dsl";
import { defineNode, type TaskRequest } from "@holdfast/nodes";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createApi } from "../src/api/create-api.ts";
import { newDecisionLink } from "../src/decision-links/new-link.ts";
import { createMetrics } from "../src/metrics/metrics.ts";
import type { SignedIn } from "../src/session/signed-in.ts";
import { listRunRows } from "../src/read/run-rows.ts";
import { openWaits } from "../src/read/waits.ts";
import { type Asked, by, desk, newKey } from "./support/deciding.ts";
import { DAY, edges, type HostFixture, SYSTEM_CALLER } from "./support/host-fixture.ts";
import { RpcFixture } from "./support/rpc-fixture.ts";

let rpc: RpcFixture;
let holdfast: HostFixture;
const { view, decide, noted } = desk(() => holdfast);

const REFUND: TaskRequest = {
  inbox: {
    title: "Refund 40?",
    context: { order: "O-1", guess: "It was broken." },
    aiFacts: ["guess"],
    assignTo: { roles: ["manager"] },
    form: { type: "object", properties: { amount: { type: "number", minimum: 0 } }, required: ["amount"] },
    prefill: { amount: 40 },
    columns: ["amount"],
  },
  outcomes: [{ outcome: "yes", title: "Pay it back" }, { outcome: "no" }],
  timeout: "2d",
};
let question: TaskRequest;
const did: string[] = [];

/** Does one thing, asks, and does another. */
const asks = defineNode({
  type: "asks.people",
  version: 1,
  title: "Asks",
  description: "Asks what the test wants to know.",
  icon: "user-check",
  category: "action",
  effect: "keyed",
  durable: true,
  params: z.looseObject({}),
  output: z.json(),
  sentence: "Ask",
  examples: [],
  async execute({ step, wait, run }): Promise<Json> {
    await step("before", () => void did.push(`before ${run.id}`));
    const { at: _, ...answer } = await wait(question);
    await step("after", () => void did.push(`after ${run.id}`));
    const json: JsonObject = JSON.parse(JSON.stringify(answer));
    return json;
  },
});
const nodeTypes = [asks];

beforeAll(async () => {
  rpc = await RpcFixture.create({ nodeTypes });
  holdfast = rpc.hosts;
  for (const [id, settings] of [
    ["asks", { requester: "{{ input.by }}" }],
    ["asks-nobody", {}],
  ] as const) {
    await holdfast.publish({
      id,
      input: { type: "object", properties: { by: { type: "string" } }, required: ["by"] },
      settings,
      nodes: { ask: { type: "asks.people", params: {} }, done: { type: "end", params: { output: "{{ nodes.ask }}" } } },
      edges: edges("start>ask", "ask>done"),
    });
  }
});
beforeEach(() => void (question = REFUND));
afterAll(() => rpc[Symbol.asyncDispose]());

/** A run whose node asks. */
async function ask(requester = "rita@example.com"): Promise<Asked> {
  const run = await holdfast.begin("asks", { by: requester });
  await holdfast.settled(run, "waiting");
  const { rows } = await holdfast.host.database.query<{ id: string }>("select id from holdfast.tasks where run = $1", [
    run,
  ]);
  return { run, task: rows[0]?.id ?? "", order: "" };
}

const doneBy = ({ run }: Asked): readonly string[] =>
  did.filter((what) => what.endsWith(run)).map((what) => what.split(" ")[0] ?? "");

const manager = (name: string): Promise<SignedIn> => rpc.person(name, ["manager"]);

test("the answer goes on with the step, and what came before it is not done again", async () => {
  const asked = await ask();
  const ada = await manager("Ada");
  expect(await view(asked)).toMatchObject({
    title: "Refund 40?",
    outcomes: ["yes", "no"],
    outcomeTitles: { yes: "Pay it back" },
    inStep: true,
    aiFacts: ["guess"],
    prefill: { amount: 40 },
    requester: "rita@example.com",
  });
  await decide(ada, asked, { outcome: "yes", data: { amount: 30 }, comment: "Thirty will do." });
  expect(await holdfast.ended(asked.run)).toMatchObject({
    status: "completed",
    output: { outcome: "yes", data: { amount: 30 }, comment: "Thirty will do.", by: by(ada) },
  });
  expect(doneBy(asked)).toEqual(["before", "after"]);
  // A question in the middle of a step is not what the run is about.
  const { items } = await listRunRows(holdfast.host.database, 1, { ids: [asked.run] }, { limit: 1 });
  expect(items[0]?.columns).toEqual({ by: "rita@example.com" });
  expect(await noted(asked)).toMatchObject({ action: "task.decide", after: { outcome: "yes", status: "decided" } });
  expect(await view(asked)).toMatchObject({ status: "decided", decision: { outcome: "yes", data: { amount: 30 } } });
});

describe("is decided by every door:", () => {
  test("the inbox, which lists it under its own words", async () => {
    const asked = await ask();
    const caller = await rpc.as("Milo", ["manager"]);
    const { items } = await caller.inbox.list({ view: "mine", order: "newest" });
    expect(items.find(({ id }) => id === asked.task)).toMatchObject({
      inStep: true,
      outcomeTitles: { yes: "Pay it back" },
      columns: { amount: 40 },
    });
    await caller.tasks.decide({ task: asked.task, outcome: "no", graceSeconds: 10 });
    await holdfast.advance(11_000);
    expect(await holdfast.ended(asked.run)).toMatchObject({ output: { outcome: "no", data: { amount: 40 } } });
  });

  test("several at once, where they are called the same", async () => {
    const [one, two] = [await ask(), await ask()];
    question = { ...REFUND, outcomes: [{ outcome: "yes", title: "Cancel the order" }, { outcome: "no" }] };
    const other = await ask();
    const caller = await rpc.as("Milo", ["manager"]);
    const together = (...tasks: readonly Asked[]) =>
      caller.tasks.decideMany({ tasks: tasks.map(({ task }) => ({ id: task })), outcome: "yes" });
    await expect(together(one, other)).rejects.toMatchObject({ cause: { code: "not_alike" } });
    expect(await together(one, two)).toMatchObject([{ done: true }, { done: true }]);
    for (const { run } of [one, two]) expect(await holdfast.ended(run)).toMatchObject({ output: { outcome: "yes" } });
  });

  test("the API, with somebody's key", async () => {
    const { database, manifests, services } = holdfast.host;
    const app = createApi({
      services,
      database,
      nodeTypes: manifests,
      logger: pino({ level: "silent" }),
      metrics: createMetrics(),
      version: "0.0.0-test",
      jobsFetched: async () => true,
    });
    const asked = await ask();
    const milo = await manager("Milo");
    const headers = {
      authorization: `Bearer ${await newKey(holdfast, milo)}`,
      "content-type": "application/json",
    };
    const at = `http://localhost/api/v1/tasks/${asked.task}/decision`;
    const wrong = await app.request(at, { method: "POST", headers, body: JSON.stringify({ outcome: "maybe" }) });
    expect(await wrong.json()).toMatchObject({ code: "unknown_outcome", hint: "One of: yes, no" });
    await app.request(at, { method: "POST", headers, body: JSON.stringify({ outcome: "no" }) });
    expect(await holdfast.ended(asked.run)).toMatchObject({ output: { outcome: "no", by: by(milo) } });
  });

  test("a link in a mail", async () => {
    const asked = await ask();
    const milo = await manager("Milo");
    const token = await newDecisionLink(holdfast.host.database, {
      workspace: 1,
      person: milo.person.id,
      task: asked.task,
    });
    await (await rpc.as("Milo", ["manager"])).links.decide({ token, outcome: "yes" });
    await holdfast.advance(11_000);
    expect(await holdfast.ended(asked.run)).toMatchObject({ output: { outcome: "yes", by: by(milo) } });
  });
});

test("no event decides it, and none is waited for", async () => {
  const asked = await ask();
  const { database } = holdfast.host;
  await expect(holdfast.send("~yes", {})).rejects.toMatchObject({ status: 422 });
  const { rowCount } = await database.query(
    "select from holdfast.wait_keys k join holdfast.waits w on w.id = k.wait where w.run = $1",
    [asked.run],
  );
  expect(rowCount).toBe(0);
  expect(await openWaits(database, asked.run)).toMatchObject([
    { node: "ask", kind: "event", outcomes: [], endsBy: ["yes", "no", "timeout"], taskId: asked.task },
  ]);
});

test("is taken back in time, and decided by somebody else", async () => {
  const asked = await ask();
  const [ada, milo] = [await manager("Ada"), await manager("Milo")];
  await decide(ada, asked, { outcome: "no", graceSeconds: 60 });
  await expect(decide(milo, asked, { outcome: "yes" })).rejects.toMatchObject({ code: "already_decided" });
  await holdfast.services.takeBackDecision(ada, asked.task);
  await decide(milo, asked, { outcome: "yes" });
  expect(await holdfast.ended(asked.run)).toMatchObject({ output: { outcome: "yes", by: by(milo) } });
  expect(doneBy(asked)).toEqual(["before", "after"]);
});

test("its deadline gives `timeout`", async () => {
  const asked = await ask();
  await holdfast.advance(2 * DAY);
  expect(await holdfast.ended(asked.run)).toMatchObject({ output: { outcome: "timeout" } });
  expect(await view(asked)).toMatchObject({ status: "expired" });
});

test("a run that is canceled voids what was decided", async () => {
  const asked = await ask();
  await decide(await manager("Ada"), asked, { outcome: "yes", graceSeconds: 60 });
  await holdfast.services.cancelRun(SYSTEM_CALLER, asked.run, "cancel");
  expect(await holdfast.ended(asked.run)).toMatchObject({ status: "canceled" });
  await holdfast.advance(61_000);
  expect(doneBy(asked)).toEqual(["before"]);
});

test("is ended by hand by one of its outcomes, and by nothing else", async () => {
  const asked = await ask();
  const [wait] = await openWaits(holdfast.host.database, asked.run);
  const skip = (port: string) => holdfast.services.skipWait(SYSTEM_CALLER, asked.run, wait?.id ?? "", port);
  await expect(skip("out")).rejects.toMatchObject({ code: "unknown_port", hint: "One of: yes, no, timeout" });
  await skip("no");
  expect(await holdfast.ended(asked.run)).toMatchObject({ output: { outcome: "no" } });
});

test("a decision outlives the process that took it", async () => {
  const asked = await ask();
  const ada = await manager("Ada");
  await decide(ada, asked, { outcome: "yes", graceSeconds: 60 });
  await holdfast.host.stop();
  await holdfast.restart({ nodeTypes });
  await holdfast.advance(61_000);
  expect(await holdfast.ended(asked.run)).toMatchObject({ output: { outcome: "yes", by: by(ada) } });
  expect(doneBy(asked)).toEqual(["before", "after"]);
});

test("who asked may not decide, where the task says so; where nobody knows who asked, it can't be made", async () => {
  question = { ...REFUND, inbox: { ...REFUND.inbox, notRequester: true } };
  const rita = await manager("Rita");
  const asked = await ask(rita.person.email);
  await expect(decide(rita, asked, { outcome: "yes" })).rejects.toMatchObject({ code: "requester_may_not_decide" });
  const unknown = await holdfast.run("asks-nobody", { by: "x" });
  expect(unknown).toMatchObject({ status: "failed", error: { code: "no_requester" } });
});

test("is due in working time", async () => {
  question = { ...REFUND, timeout: "30d", inbox: { ...REFUND.inbox, due: { in: "3d" } } };
  const asked = await ask();
  const { openedAt, dueAt } = await view(asked);
  expect(Date.parse(dueAt ?? "") - Date.parse(openedAt)).toBeGreaterThanOrEqual(2 * DAY);
});

test("a task that can't be made fails the node and says why", async () => {
  question = { ...REFUND, outcomes: [{ outcome: "timeout" }] };
  expect(await holdfast.run("asks", { by: "x" })).toMatchObject({ status: "failed", error: { code: "wait_invalid" } });
});
