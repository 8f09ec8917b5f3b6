/** A node that runs other flows in its middle, on a real host. */
import type { Json, JsonObject } from "@holdfast/dsl";
import { type ActionNode, defineNode, type DurableContext, type FlowRequest } from "@holdfast/nodes";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { openWaits } from "../src/read/waits.ts";
import { edges, failure, HostFixture, SYSTEM_CALLER, value } from "./support/host-fixture.ts";

type Behavior = (context: DurableContext) => Promise<unknown>;

let holdfast: HostFixture;
let behavior: Behavior;
let entered = 0;

const runs = defineNode({
  type: "runs.flows",
  version: 1,
  title: "Runs",
  description: "Runs flows as the test says.",
  icon: "git-branch",
  category: "action",
  effect: "keyed",
  durable: true,
  params: z.looseObject({}),
  output: z.json(),
  sentence: "Run",
  examples: [],
  async execute(context): Promise<Json> {
    entered += 1;
    const given = await behavior({ ...context, params: {} });
    const json: JsonObject = JSON.parse(JSON.stringify({ given: given ?? null }));
    return json;
  },
});

const nodeTypes = (): readonly ActionNode[] => [...holdfast.probes(), runs];

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start({ nodeTypes: nodeTypes() });
  await holdfast.publish({
    id: "doubles",
    input: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
    nodes: {
      work: { type: "probe.keyed", params: { twice: "{{ input.n * 2 }}", by: "{{ run.?requester.orValue('') }}" } },
      done: { type: "end", params: { output: "{{ nodes.work }}" } },
    },
    edges: edges("start>work", "work>done"),
  });
  await holdfast.publish({
    id: "waits",
    nodes: {
      ask: { type: "wait.event", params: { outcomes: [{ port: "told", event: "waits/told" }] } },
      done: { type: "end", params: { output: "told" } },
    },
    edges: edges("start>ask", "ask.told>done"),
  });
  const runner = { type: "runs.flows", params: {}, retry: { maxAttempts: 2, initialInterval: "1ms", jitter: "none" } };
  await holdfast.publish({
    id: "parent",
    input: { type: "object", properties: { by: { type: "string" } } },
    settings: { requester: "{{ input.?by.orValue('') }}" },
    nodes: { run: runner, done: { type: "end", params: { output: "{{ nodes.run.given }}" } } },
    edges: edges("start>run", "run>done"),
  });
  // What fails beside it stops it.
  await holdfast.publish({
    id: "parent-of-two",
    nodes: {
      run: runner,
      trouble: { type: "probe.keyed", params: {} },
      done: { type: "end", params: { output: "{{ nodes.run.given }}" } },
    },
    edges: edges("start>run", "start>trouble", "run>done", "trouble>done"),
  });
});
beforeEach(() => {
  entered = 0;
  holdfast.calls.splice(0);
  holdfast.behaviors.clear();
});
afterAll(() => holdfast[Symbol.asyncDispose]());

const doubles = (n: Json): FlowRequest => ({ flow: "doubles", input: { n } });

interface Child {
  readonly id: string;
  readonly status: string;
  readonly call: string;
  readonly requester: string | null;
}

async function children(run: string): Promise<readonly Child[]> {
  const { rows } = await holdfast.host.database.query<Child>(
    "select id, status, parent_call as call, requester from holdfast.runs where parent = $1 order by iteration",
    [run],
  );
  return rows;
}

/** A parent that waits for its child, and the child. */
async function waiting(flow = "parent", input: Json = {}): Promise<{ parent: string; child: string }> {
  const parent = await holdfast.begin(flow, input);
  const child = await holdfast.until(async () => (await children(parent))[0]?.id, "the child");
  await holdfast.settled(child, "waiting");
  await holdfast.settled(parent, "waiting");
  return { parent, child };
}

test("gives what each run came to, one after another", async () => {
  behavior = async ({ runFlow, step }) => {
    const one = await runFlow("one", doubles(1));
    await step("between", () => "done");
    const two = await runFlow("two", doubles(2));
    return [one, two];
  };
  const run = await holdfast.run("parent", { by: "rita@example.com" });
  const done = (twice: number) => ({ status: "completed", output: { twice, by: "rita@example.com" } });
  expect(run).toMatchObject({ status: "completed", output: [done(2), done(4)] });
  expect(await children(run.id)).toMatchObject([
    { call: "one", status: "completed", requester: "rita@example.com" },
    { call: "two", status: "completed", requester: "rita@example.com" },
  ]);
  expect((await holdfast.steps(run.id)).map(({ node, call }) => `${node} ${call}`)).toEqual([
    "run one",
    "run between",
    "run two",
    "run main",
    "done main",
  ]);
  const { rows } = await holdfast.host.database.query("select distinct root from holdfast.runs where parent = $1", [
    run.id,
  ]);
  expect(rows).toEqual([{ root: run.id }]);
});

test("goes one by one also where the node asks for several at once", async () => {
  behavior = ({ runFlow }) => Promise.all([1, 2, 3].map((n) => runFlow(`n${n}`, doubles(n))));
  const run = await holdfast.run("parent");
  expect(run).toMatchObject({ output: [2, 4, 6].map((twice) => ({ output: { twice } })) });
  expect(await children(run.id)).toHaveLength(3);
});

test("holds nobody while it waits, and says for what", async () => {
  behavior = ({ runFlow }) => runFlow("told", { flow: "waits", input: null });
  const { parent, child } = await waiting();
  expect(await openWaits(holdfast.host.database, parent)).toMatchObject([
    { node: "run", kind: "children", endsBy: null, children: { total: 1, ended: 0 } },
  ]);
  await holdfast.host.stop();
  await holdfast.restart({ nodeTypes: nodeTypes() });
  await holdfast.send("waits/told", {});
  expect(await holdfast.ended(parent)).toMatchObject({ output: { status: "completed", output: "told" } });
  expect(await children(parent)).toMatchObject([{ id: child }]);
  expect(entered).toBe(2);
});

test("tells a failure, and the node does as it likes", async () => {
  holdfast.behaviors.set("work", () => failure("out_of_stock", "fatal"));
  behavior = async ({ runFlow }) => [await runFlow("first", doubles(1)), await runFlow("first-again", doubles(2))];
  const error = { code: "out_of_stock" };
  expect(await holdfast.run("parent")).toMatchObject({
    status: "completed",
    output: [
      { status: "failed", error },
      { status: "failed", error },
    ],
  });
});

test.each<[string, FlowRequest, string]>([
  ["a flow that nobody has", { flow: "nobody-has", input: null }, "unknown_flow"],
  ["a version that there is not", { ...doubles(1), version: 99 }, "unknown_flow"],
  ["an input that does not fit", doubles("many"), "invalid_input"],
  ["an input that is too large", { flow: "waits", input: "x".repeat(9 * 1024 * 1024) }, "value_too_large"],
])("%s is no run, and is told as a failure", async (_, request, code) => {
  behavior = ({ runFlow }) => runFlow("wrong", request);
  const run = await holdfast.run("parent");
  expect(run).toMatchObject({ status: "completed", output: { status: "failed", error: { code } } });
  expect(await children(run.id)).toEqual([]);
});

test("is canceled with its parent", async () => {
  behavior = ({ runFlow }) => runFlow("told", { flow: "waits", input: null });
  const { parent, child } = await waiting();
  await holdfast.services.cancelRun(SYSTEM_CALLER, parent, "cancel");
  expect(await holdfast.ended(parent)).toMatchObject({ status: "canceled" });
  expect(await holdfast.view(child)).toMatchObject({ status: "canceled" });
  expect(await openWaits(holdfast.host.database, parent)).toEqual([]);
});

test("canceled by itself it is told to the node", async () => {
  behavior = ({ runFlow }) => runFlow("told", { flow: "waits", input: null });
  const { parent, child } = await waiting();
  await holdfast.services.cancelRun(SYSTEM_CALLER, child, "cancel");
  expect(await holdfast.ended(parent)).toMatchObject({
    status: "completed",
    output: { status: "canceled", error: { code: "child_canceled" } },
  });
});

test("is canceled when its parent fails, and taken up again with it", async () => {
  const gate = Promise.withResolvers<void>();
  holdfast.behaviors.set("trouble", async (_, call) => {
    await gate.promise;
    return call === 1 ? failure("broken", "fatal") : value(null);
  });
  behavior = async ({ runFlow }) => [
    await runFlow("one", doubles(1)),
    await runFlow("told", { flow: "waits", input: null }),
  ];
  const parent = await holdfast.begin("parent-of-two");
  const child = await holdfast.until(async () => (await children(parent))[1]?.id, "the second child");
  gate.resolve();
  expect(await holdfast.ended(parent)).toMatchObject({ status: "failed" });
  expect(await holdfast.view(child)).toMatchObject({ status: "canceled" });
  await holdfast.services.retryRun(SYSTEM_CALLER, parent);
  await holdfast.settled(child, "waiting");
  await holdfast.send("waits/told", {});
  expect(await holdfast.ended(parent)).toMatchObject({
    status: "completed",
    output: [{ output: { twice: 2 } }, { status: "completed", output: "told" }],
  });
  expect(await children(parent)).toMatchObject([{ call: "one" }, { call: "told", id: child }]);
});

test("a failed run that the node knows of is not taken up again with its parent", async () => {
  const known = Promise.withResolvers<void>();
  holdfast.behaviors.set("work", () => failure("out_of_stock", "fatal"));
  holdfast.behaviors.set("trouble", async (_, call) => {
    await known.promise;
    return call === 1 ? failure("broken", "fatal") : value(null);
  });
  behavior = async ({ runFlow, wait }) => {
    const first = await runFlow("first", doubles(1));
    known.resolve();
    await wait({ event: "parent/go" });
    return first;
  };
  const parent = await holdfast.begin("parent-of-two");
  expect(await holdfast.ended(parent)).toMatchObject({ status: "failed" });
  const before = await children(parent);
  expect(before).toMatchObject([{ status: "failed" }]);
  await holdfast.services.retryRun(SYSTEM_CALLER, parent);
  await holdfast.settled(parent, "waiting");
  await holdfast.send("parent/go", {});
  expect(await holdfast.ended(parent)).toMatchObject({ status: "completed", output: { status: "failed" } });
  expect(await children(parent)).toEqual(before);
  expect(holdfast.calls.filter((call) => call.startsWith("work#"))).toHaveLength(1);
});

test("an incident below leaves the parent waiting", async () => {
  holdfast.behaviors.set("work", (_, call) => (call === 1 ? failure("maybe", "unknown") : value({ twice: 0, by: "" })));
  behavior = ({ runFlow }) => runFlow("one", doubles(1));
  const { parent, child } = await waiting();
  const { rows } = await holdfast.host.database.query<{ id: string }>(
    "select id from holdfast.incidents where run = $1",
    [child],
  );
  await holdfast.services.resolveIncident(SYSTEM_CALLER, { incident: rows[0]?.id ?? "", action: "retry" });
  expect(await holdfast.ended(parent)).toMatchObject({ output: { status: "completed" } });
});

test("is started by another process, where a pause came between", async () => {
  const gate = Promise.withResolvers<void>();
  behavior = async ({ runFlow, step }) => {
    await step("first", () => gate.promise);
    return runFlow("one", doubles(4));
  };
  const parent = await holdfast.begin("parent");
  await holdfast.until(async () => (entered === 1 ? true : undefined), "the node to begin");
  await holdfast.services.pauseRun(SYSTEM_CALLER, parent);
  gate.resolve();
  await holdfast.settled(parent, "paused");
  expect(await children(parent)).toEqual([]);
  await holdfast.host.stop();
  await holdfast.restart({ nodeTypes: nodeTypes() });
  await holdfast.services.resumeRun(SYSTEM_CALLER, parent);
  expect(await holdfast.ended(parent)).toMatchObject({ output: { status: "completed", output: { twice: 8 } } });
  expect(await children(parent)).toHaveLength(1);
});

test("a failing node is tried again, and its runs are not", async () => {
  behavior = async ({ runFlow, attempt }) => {
    const one = await runFlow("one", doubles(1));
    if (attempt === 1) throw new Error("boom");
    return [one, await runFlow("two", doubles(2))];
  };
  const run = await holdfast.run("parent");
  expect(run).toMatchObject({ output: [{ output: { twice: 2 } }, { output: { twice: 4 } }] });
  expect(await children(run.id)).toHaveLength(2);
});
