import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DAY, edges } from "../../test/support/host-fixture.ts";
import { type Answers, refundDocument, refundNodes } from "../../test/support/refund-flow.ts";
import { type RpcCaller, RpcFixture } from "../../test/support/rpc-fixture.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { listSteps } from "../read/steps.ts";
import { z } from "zod";

let rpc: RpcFixture;
let mia: RpcCaller;
let answers: Answers = {};

beforeAll(async () => {
  rpc = await RpcFixture.create({ nodeTypes: refundNodes(() => answers) });
  mia = await rpc.as("Mia", ["manager", "analyst"]);
  const { id } = await mia.flows.create({ document: await refundDocument() });
  await mia.flows.publish({ id, revision: 0 });
});
afterAll(() => rpc[Symbol.asyncDispose]());
beforeEach(() => {
  answers = {};
});

const FLOW = "process-refund";

async function start(orderId: string): Promise<string> {
  const { runId } = await mia.runs.start({
    flow: FLOW,
    input: { orderId, reason: "It arrived broken", requestedBy: "ann@example.com" },
  });
  return runId;
}

const settled = (run: string): Promise<unknown> => rpc.hosts.settled(run, "waiting");

async function taskOf(run: string): Promise<string> {
  const [task] = (await mia.runs.get({ id: run })).tasks;
  if (task === undefined) throw new Error("there is no task");
  return task.id;
}

describe("a run of the refund", () => {
  test("that waits for a manager says what it waits for, and shows what it will not do yet", async () => {
    const run = await start("ORD-1");
    await settled(run);
    const detail = await mia.runs.get({ id: run });
    expect(detail.run).toMatchObject({
      status: "waiting",
      flowName: "Refund processing",
      columns: { customer: "Olena Kovalenko" },
      standing: {
        kind: "task",
        node: "approval",
        nodeName: expect.any(String),
        taskId: expect.any(String),
        task: { role: "manager", group: null, claimedBy: null, votes: null },
      },
    });
    const { since, until } = detail.run.standing;
    expect(Math.round((Date.parse(until ?? "") - Date.parse(since)) / 1_000) * 1_000).toBe(7 * DAY);
    expect(detail.derived?.nodes).toMatchObject({
      order: { status: "completed", port: "out", attempt: 1 },
      eligible: { status: "completed", port: "yes" },
      approval: { status: "waiting", wait: "event" },
      refusal: { status: "skipped" },
      notEligible: { status: "skipped" },
      refund: { status: "pending", at: null },
    });
    expect(detail.derived?.edges).toContainEqual({ from: "eligible", port: "yes", to: "approval", status: "taken" });
    expect(detail.derived?.edges).toContainEqual({
      from: "eligible",
      port: "otherwise",
      to: "refusal",
      status: "skipped",
    });
    expect(detail.derived?.edges).toContainEqual({
      from: "approval",
      port: "timeout",
      to: "escalate",
      status: "pending",
    });
    expect(detail.tasks).toMatchObject([{ status: "open", node: "approval", outcomes: ["approved", "rejected"] }]);
    expect(detail.waits).toMatchObject([{ node: "approval", kind: "event" }]);
    const steps = new Map(detail.steps.map((step) => [step.node, step]));
    expect(steps.get("analyze")).toMatchObject({ status: "completed", output: { refundAmount: 89.9 }, large: [] });
    expect(steps.get("analyze")?.input).toMatchObject({ prompt: expect.stringContaining("ORD-1") });
    expect(steps.get("approval")).toMatchObject({ status: "waiting" });
    expect(steps.get("refusal")).toMatchObject({ status: "skipped", finishedAt: expect.any(String) });
    expect(steps.has("refund")).toBe(false);
    expect(detail.manifests.map(({ type }) => type)).toContain("wait.event");

    const { items } = await listSteps(rpc.hosts.host.database, run, { limit: 50 });
    expect(items.map(({ node, status }) => `${node} ${status}`)).toEqual(
      detail.steps.map(({ node, status }) => `${node} ${status}`),
    );
    const first = await listSteps(rpc.hosts.host.database, run, { limit: 6 });
    const second = await listSteps(rpc.hosts.host.database, run, { limit: 6, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items]).toEqual(items.slice(0, 12));
  });

  test("that was decided says who decided what, by which door, and where it waits then", async () => {
    const run = await start("ORD-2");
    await settled(run);
    const task = await taskOf(run);
    expect(await mia.tasks.get({ id: task })).toMatchObject({ may: true });
    expect(await (await rpc.as("Vic", ["viewer"])).tasks.get({ id: task })).toMatchObject({
      may: false,
      mayNot: { code: "not_assigned" },
    });
    await mia.tasks.decide({ task, outcome: "approved", data: { amount: 50 }, comment: "Half of it" });
    await rpc.hosts.until(async () => {
      const { waits } = await mia.runs.get({ id: run });
      return waits.some(({ node }) => node === "settlement") ? true : undefined;
    }, "the settlement");
    const detail = await mia.runs.get({ id: run });
    const mine = (await rpc.person("Mia")).person.id;
    expect(detail.tasks[0]?.decision).toMatchObject({
      outcome: "approved",
      comment: "Half of it",
      via: "app",
      by: { kind: "person", id: mine },
    });
    expect(detail.people).toEqual({ [mine]: "Mia" });
    expect(detail.run.columns).toMatchObject({ amount: 50 });
    expect(detail.derived?.nodes["approval"]).toMatchObject({ status: "completed", port: "approved" });
    expect(detail.derived?.nodes["escalate"]).toMatchObject({ status: "skipped" });
    await mia.events.send({ name: "bank/transfer.settled", data: { orderId: "ORD-2", refundId: "RF-1" } });
    await rpc.hosts.ended(run);
    const over = await mia.runs.get({ id: run });
    expect(over.run).toMatchObject({
      status: "completed",
      output: { status: "refunded", amount: 50 },
      standing: { kind: "ended", node: "refunded" },
    });
    expect(over.derived?.nodes["refunded"]).toMatchObject({ status: "completed" });
    const [event] = (await mia.events.list({ name: "bank/transfer.settled", q: "ORD-2" })).items;
    expect(event).toMatchObject({ started: [], resolved: [{ runId: run, node: "settlement" }], refused: [] });
    expect((await mia.events.list({ did: "nothing", q: "ORD-2" })).items).toEqual([]);
  });

  test("that nobody decides for seven days goes another way", async () => {
    const run = await start("ORD-3");
    await settled(run);
    await rpc.hosts.advance(7 * DAY);
    await rpc.hosts.ended(run);
    const { run: view, derived, tasks } = await mia.runs.get({ id: run });
    expect(view).toMatchObject({ status: "completed", output: { status: "escalated" } });
    expect(derived?.nodes).toMatchObject({
      approval: { status: "completed", port: "timeout" },
      escalate: { status: "completed" },
      refund: { status: "skipped" },
    });
    expect(tasks).toMatchObject([{ status: "expired", decision: null }]);
  });

  test("whose payment is in doubt is an incident; alike ones are resolved together", async () => {
    answers = { refund: () => ({ type: "fail", error: { kind: "unknown", code: "timeout", message: "No answer." } }) };
    const runs = await Promise.all([start("ORD-4"), start("ORD-5")]);
    for (const run of runs) {
      await settled(run);
      await mia.tasks.decide({ task: await taskOf(run), outcome: "approved" });
    }
    const groups = await rpc.hosts.until(async () => {
      const found = await mia.incidents.groups();
      return found.total === 2 ? found.groups : undefined;
    }, "two incidents");
    for (const run of runs) await settled(run);
    expect(groups).toMatchObject([
      {
        kind: "unknown_outcome",
        flow: FLOW,
        node: "refund",
        code: "timeout",
        items: [{ key: expect.any(String) }, {}],
      },
    ]);
    expect(groups[0]?.items.map(({ run }) => run?.columns["customer"])).toEqual(["Olena Kovalenko", "Olena Kovalenko"]);
    const detail = await mia.runs.get({ id: runs[0] });
    expect(detail).toMatchObject({
      run: { status: "waiting", standing: { kind: "incident", node: "refund" } },
      incidents: [{ status: "open", kind: "unknown_outcome" }],
      derived: { nodes: { refund: { status: "waiting", wait: "incident" } } },
    });
    const ids = groups[0]?.items.map(({ id }) => id) ?? [];
    const { results } = await mia.incidents.resolve({ ids: [...ids, uuid7()], action: "fail" });
    expect(results.map(({ problem }) => problem?.code ?? null)).toEqual([null, null, "incident_not_found"]);
    for (const run of runs) {
      await rpc.hosts.ended(run);
      expect(await mia.runs.get({ id: run })).toMatchObject({
        run: { status: "failed", error: { code: "timeout" } },
        derived: { nodes: { refund: { status: "failed" }, settlement: { status: "skipped" } } },
        incidents: [{ status: "resolved" }],
      });
    }
    expect((await mia.runs.list({ status: ["failed"], flow: FLOW })).items.map(({ id }) => id).toSorted()).toEqual(
      runs.toSorted(),
    );
  });

  test("that is canceled closes its task", async () => {
    const run = await start("ORD-6");
    await settled(run);
    await mia.runs.cancel({ id: run });
    await rpc.hosts.ended(run);
    expect(await mia.runs.get({ id: run })).toMatchObject({
      run: { status: "canceled" },
      derived: { nodes: { approval: { status: "canceled" }, refund: { status: "skipped" } } },
      tasks: [{ status: "canceled" }],
      waits: [],
    });
  });

  test("that is tried again says when", async () => {
    answers = {
      order: (attempt) =>
        attempt === 1
          ? { type: "fail", error: { kind: "error", code: "http_503", message: "Busy.", retryAfter: 3_600_000 } }
          : { type: "output", port: "out", value: null },
    };
    const run = await start("ORD-7");
    await settled(run);
    const { derived, steps } = await mia.runs.get({ id: run });
    expect(derived?.nodes["order"]).toMatchObject({ status: "scheduled", attempt: 2, nextTryAt: expect.any(String) });
    expect(steps.filter(({ node }) => node === "order")).toMatchObject([
      { attempt: 1, status: "failed", error: { code: "http_503" } },
      { attempt: 2, status: "scheduled", finishedAt: null },
    ]);
    await mia.runs.cancel({ id: run });
    await rpc.hosts.ended(run);
  });
});

describe("the list", () => {
  test("finds by what the run is about, pages, and counts", async () => {
    const found = await mia.runs.list({ q: "ORD-3" });
    expect(found.items).toMatchObject([{ flow: FLOW, flowName: "Refund processing", requester: "ann@example.com" }]);
    const first = await mia.runs.list({ limit: 2, flow: FLOW });
    const second = await mia.runs.list({ limit: 2, flow: FLOW, cursor: first.nextCursor });
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
    const counts = await mia.runs.counts({ flow: FLOW });
    expect(counts).toMatchObject({ completed: 3, failed: 2, canceled: 2 });
    const { bars } = await mia.runs.starts({ flow: FLOW, days: 30, bars: 30 });
    expect(bars.reduce((sum, { runs }) => sum + runs, 0)).toBe(7);
    expect(bars.reduce((sum, { failed }) => sum + failed, 0)).toBe(2);
    expect(await mia.runs.counts({ since: "2999-01-01T00:00:00Z" })).toMatchObject({ completed: 0 });
    expect((await mia.runs.list({ flow: "no-such-flow" })).items).toEqual([]);
  });

  test("gives samples of what nodes gave", async () => {
    const recent = await mia.runs.recent({ flow: FLOW, node: "approval" });
    expect(recent.map(({ port }) => port)).toContain("timeout");
    const [{ run } = { run: "" }] = await mia.runs.recent({ flow: FLOW, node: "refund" });
    const sample = await mia.runs.sample({ id: run });
    expect(sample).toMatchObject({
      input: { reason: "It arrived broken" },
      trigger: { type: "call" },
      nodes: { analyze: { refundAmount: 89.9 } },
      ports: { eligible: "yes" },
    });
  });

  test("gives what the last runs were given and gave, of the nodes that are asked about alone", async () => {
    const past = await mia.runs.past({ flow: FLOW, nodes: ["analyze", "eligible"] });
    expect(past).toHaveLength(7);
    const judged = past.filter(({ nodes }) => Object.hasOwn(nodes, "analyze"));
    expect(judged.length).toBeGreaterThan(0);
    expect(judged[0]).toMatchObject({ input: { reason: "It arrived broken" }, trigger: { type: "call" } });
    expect(new Set(judged.flatMap(({ nodes, ports }) => [...Object.keys(nodes), ...Object.keys(ports)]))).toEqual(
      new Set(["analyze", "eligible"]),
    );
    expect(await mia.runs.past({ flow: FLOW, limit: 2 })).toMatchObject([{ nodes: {} }, { nodes: {} }]);
    expect(await mia.runs.past({ flow: "no-such-flow" })).toEqual([]);
  });

  test("finds everything by a few letters", async () => {
    expect(await mia.search({ q: "refund" })).toMatchObject({ flows: [{ id: FLOW }] });
    expect((await mia.search({ q: "ORD-3" })).runs).toHaveLength(1);
    expect((await mia.search({ q: "ORD-3" })).tasks).toMatchObject([{ status: "expired" }]);
  });
});

test("a loop counts its children by status and lists them", async () => {
  const document = {
    dsl: 1,
    id: "lines",
    name: "Lines",
    triggers: [{ type: "call" }],
    nodes: {
      each: {
        type: "forEach",
        params: {
          items: "{{ input.lines }}",
          body: {
            nodes: { wait: { type: "sleep", params: { for: "{{ item }}" } } },
            edges: edges("start>wait", "wait>end"),
          },
        },
      },
    },
    edges: edges("start>each", "each>end"),
  };
  await mia.flows.create({ document });
  await mia.flows.publish({ id: "lines", revision: 0 });
  const { runId: id } = await mia.runs.start({ flow: "lines", input: { lines: ["1s", "20d", "20d"] } });
  await rpc.hosts.until(async () => {
    const [each] = (await mia.runs.get({ id })).children;
    return each?.counts.waiting === 3 ? true : undefined;
  }, "three children");
  await rpc.hosts.advance(2_000);
  await rpc.hosts.until(async () => {
    const [each] = (await mia.runs.get({ id })).children;
    return each?.counts.completed === 1 && each.counts.waiting === 2 ? true : undefined;
  }, "one of three");
  const { items } = await mia.runs.children({ run: id, node: "each" });
  expect(items.map(({ parent }) => parent?.iteration).toSorted((a = 0, b = 0) => a - b)).toEqual([0, 1, 2]);
  const body = await mia.runs.get({ id: items.find(({ status }) => status === "waiting")?.id ?? "" });
  expect(body.derived?.nodes).toMatchObject({ wait: { status: "waiting", wait: "time" } });
  expect(await mia.runs.get({ id })).toMatchObject({
    run: { standing: { kind: "children", node: "each" } },
    derived: { nodes: { each: { status: "waiting", wait: "children" } } },
  });
});

test("large values are asked for by themselves", async () => {
  const text = "x".repeat(200_000);
  const document = {
    dsl: 1,
    id: "echo",
    name: "Echo",
    triggers: [{ type: "call" }],
    nodes: { echo: { type: "data.set", params: { values: { text: "{{ input.text }}" } } } },
    edges: edges("start>echo", "echo>end"),
  };
  await mia.flows.create({ document });
  await mia.flows.publish({ id: "echo", revision: 0 });
  const { runId } = await mia.runs.start({ flow: "echo", input: { text } });
  await rpc.hosts.ended(runId);
  const { run, steps } = await mia.runs.get({ id: runId });
  expect(run).toMatchObject({ input: null, large: ["input"] });
  expect(await mia.runs.value({ run: runId, part: "input" })).toEqual({ value: { text } });
  expect(steps).toMatchObject([{ id: "echo:main:1", input: null, output: null, large: ["input", "output"] }]);
  expect(await mia.runs.value({ run: runId, step: "echo:main:1", part: "output" })).toEqual({ value: { text } });
});

const told = z
  .tuple([z.string(), z.object({ type: z.literal("changed"), runs: z.array(z.string()) })])
  .rest(z.unknown());

describe("looking on", () => {
  test("tells of every change of a run, and of a flow; who goes away leaves nothing behind", async () => {
    const stop = new AbortController();
    const watcher = await rpc.as("Mia", undefined, stop.signal);
    const ofFlow = (await watcher.runs.watch({ flows: [FLOW, "no-such-flow"] }))[Symbol.asyncIterator]();
    await ofFlow.next();
    const first = ofFlow.next();
    const run = await start("ORD-10");
    await settled(run);
    const [, event] = told.parse((await first).value);
    expect(event.runs).toEqual([run]);
    const ofRun = (await watcher.runs.watch({ ids: [run] }))[Symbol.asyncIterator]();
    await ofRun.next();
    const next = ofRun.next();
    await mia.tasks.decide({ task: await taskOf(run), outcome: "rejected" });
    expect(told.parse((await next).value)[1].runs).toEqual([run]);
    await rpc.hosts.ended(run);
    stop.abort();
    await Promise.all([ofFlow.next(), ofRun.next()]);
    expect(rpc.hosts.host.live.viewers).toBe(0);
  });

  test("begins by telling, also after it was away: nobody told what happened until then", async () => {
    const stop = new AbortController();
    const watcher = await rpc.as("Mia", undefined, stop.signal);
    const back = (await watcher.runs.watch({ flows: [FLOW], lastEventId: "7" }))[Symbol.asyncIterator]();
    const [id, event] = told.parse((await back.next()).value);
    expect([id, event.runs]).toEqual(["8", []]);
    stop.abort();
    await back.next();
  });

  test("a hundred who look at one run read it once", async () => {
    const run = await start("ORD-11");
    await settled(run);
    const stop = new AbortController();
    const watcher = await rpc.as("Mia", undefined, stop.signal);
    const watching = (await watcher.runs.watch({ ids: [run], all: true }))[Symbol.asyncIterator]();
    await watching.next();
    const news = watching.next();
    await mia.runs.pause({ id: run });
    await news;
    const seen = await Promise.all(Array.from({ length: 100 }, () => mia.runs.get({ id: run })));
    expect(new Set(seen).size).toBe(1);
    stop.abort();
    await watching.next();
  });
});
