/** Nodes that take several steps of their own, on a real host. */
import type { Effect, Json } from "@holdfast/dsl";
import { type ActionNode, defineNode, type DurableContext, NodeFailure } from "@holdfast/nodes";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { findRunDetail } from "../src/read/run-detail.ts";
import { listSteps } from "../src/read/steps.ts";
import { DAY, edges, HostFixture, SYSTEM_CALLER } from "./support/host-fixture.ts";

type Behavior = (context: DurableContext) => Promise<Json>;

let holdfast: HostFixture;
let behavior: Behavior = () => Promise.resolve(null);
const ran: string[] = [];

/** `parts.keyed`, `parts.once`: they do what the test says. */
const nodeTypes: readonly ActionNode[] = (["keyed", "once"] satisfies Effect[]).map((effect) =>
  defineNode({
    type: `parts.${effect}`,
    version: 1,
    title: "Parts",
    description: "Does what the test says, in several steps.",
    icon: "footprints",
    category: "action",
    effect,
    durable: true,
    params: z.looseObject({}),
    output: z.json(),
    sentence: "Parts",
    examples: [],
    execute: ({ params, ...context }) => behavior({ ...context, params: JSON.parse(JSON.stringify(params)) }),
  }),
);

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start({ nodeTypes });
  const retry = { maxAttempts: 3, initialInterval: "1ms", jitter: "none" };
  for (const effect of ["keyed", "once"]) {
    await holdfast.publish({
      id: `parts-${effect}`,
      nodes: {
        parts: { type: `parts.${effect}`, params: { now: "{{ run.now }}" }, retry },
        done: { type: "end", params: { output: "{{ nodes.parts }}" } },
      },
      edges: edges("start>parts", "parts>done"),
    });
  }
});
beforeEach(() => void ran.splice(0));
afterAll(() => holdfast[Symbol.asyncDispose]());

const part = ({ step }: DurableContext, name: string, value: Json = name) =>
  step(name, () => {
    ran.push(name);
    return value;
  });

/** Another process takes the run over: what this one has in memory is gone. */
async function handOver(): Promise<void> {
  await holdfast.host.stop();
  await holdfast.restart({ nodeTypes });
}

test("each sub-step is a row of its own, committed before the node goes on", async () => {
  let between: readonly string[] = [];
  behavior = async (context) => {
    await part(context, "first", { n: 1 });
    between = (await holdfast.steps(context.run.id)).map(({ call }) => call);
    const second = await part(context, "second");
    await context.step("nothing", () => undefined);
    return [second, null];
  };
  const run = await holdfast.run("parts-keyed");
  expect(run).toMatchObject({ status: "completed", output: ["second", null] });
  expect(between).toEqual(["first"]);
  expect((await holdfast.steps(run.id)).map(({ node, call, seq, output }) => [node, call, seq, output])).toEqual([
    ["parts", "first", 1, { n: 1 }],
    ["parts", "second", 2, "second"],
    ["parts", "nothing", 3, null],
    ["parts", "main", 4, ["second", null]],
    ["done", "main", 5, ["second", null]],
  ]);
});

test("a failing sub-step is tried again by the node's policy, and finished ones are not", async () => {
  let failures = 0;
  const keys: string[] = [];
  behavior = async (context) => {
    await part(context, "first");
    return context.step("second", ({ key }) => {
      keys.push(key);
      if (failures++ === 0) throw new NodeFailure({ kind: "error", code: "busy", message: "Busy." });
      return "second";
    });
  };
  const run = await holdfast.run("parts-keyed");
  expect(run).toMatchObject({ status: "completed", output: "second" });
  expect(ran).toEqual(["first"]);
  expect(keys).toEqual([`${run.id}:parts:0:second`, `${run.id}:parts:0:second`]);
  expect((await holdfast.steps(run.id)).map(({ call, attempt, status }) => [call, attempt, status])).toEqual([
    ["first", 1, "completed"],
    ["second", 1, "failed"],
    ["main", 1, "failed"],
    ["second", 2, "completed"],
    ["main", 2, "completed"],
    ["main", 1, "completed"],
  ]);
});

test("a name is used once in a passage", async () => {
  behavior = async (context) => [await part(context, "same"), await part(context, "same")];
  expect(await holdfast.run("parts-keyed")).toMatchObject({ status: "failed", error: { code: "duplicate_step" } });
});

test("what is too large to be kept fails the step", async () => {
  behavior = (context) => part(context, "large", "x".repeat(9 * 1024 * 1024));
  expect(await holdfast.run("parts-keyed")).toMatchObject({ status: "failed", error: { code: "value_too_large" } });
});

test("values over 64 KB are found again, also by another process", async () => {
  const large = "y".repeat(100_000);
  behavior = async (context) => {
    const found = await part(context, "large", large);
    await context.wait({ for: "7d" });
    return found === large;
  };
  const id = await holdfast.begin("parts-keyed");
  await holdfast.settled(id, "waiting");
  await handOver();
  await holdfast.advance(7 * DAY);
  expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: true });
  expect(ran).toEqual(["large"]);
});

test("waits in its middle hold no lease, and the step goes on with what came", async () => {
  const times: Json[] = [];
  behavior = async (context) => {
    times.push(context.params["now"] ?? null);
    await part(context, "first");
    const pause = await context.wait({ for: "2h" });
    await part(context, "second");
    const reply = await context.wait({ name: "reply", event: "parts/reply", match: { order: "O-1" }, timeout: "1d" });
    const late = await context.wait({ name: "late", event: "parts/late", timeout: "1h" });
    return { paused: typeof pause.at, data: reply.data ?? null, late: late.outcome ?? null };
  };
  const id = await holdfast.begin("parts-keyed");
  await holdfast.settled(id, "waiting");
  await holdfast.advance(2 * 3_600_000);
  await holdfast.until(async () => (ran.length === 2 ? true : undefined), "the second sub-step");
  await holdfast.settled(id, "waiting");
  await handOver();
  await holdfast.send("parts/reply", { order: "O-1", sure: true });
  await holdfast.until(async () => (times.length === 3 ? true : undefined), "the wait for a late one");
  await holdfast.settled(id, "waiting");
  await holdfast.advance(3_600_000);
  expect(await holdfast.ended(id)).toMatchObject({
    status: "completed",
    output: { paused: "string", data: { order: "O-1", sure: true }, late: "timeout" },
  });
  expect(ran).toEqual(["first", "second"]);
  // Params are the same in every passage.
  expect(new Set(times).size).toBe(1);
  expect((await holdfast.steps(id)).map(({ call, attempt }) => `${call}#${attempt}`)).toEqual([
    "first#1",
    "wait#1",
    "second#1",
    "reply#1",
    "late#1",
    "main#1",
    "main#1",
  ]);
});

test("events that were there before the waits resolve one each", async () => {
  behavior = async (context) => {
    const found: number[] = [];
    for (const name of ["a", "b", "c"]) {
      const { data } = await context.wait({ name, event: "parts/early", timeout: "1d" });
      found.push(Number(data));
    }
    return found.toSorted((a, b) => a - b);
  };
  const gate = Promise.withResolvers<void>();
  const inner = behavior;
  behavior = async (context) => {
    await gate.promise;
    return inner(context);
  };
  const id = await holdfast.begin("parts-keyed");
  for (const n of [1, 2, 3]) await holdfast.send("parts/early", n);
  gate.resolve();
  expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: [1, 2, 3] });
});

test("a run that is canceled while a step waits in its middle closes the wait", async () => {
  behavior = async (context) => (await context.wait({ for: "7d" })).at;
  const id = await holdfast.begin("parts-keyed");
  await holdfast.settled(id, "waiting");
  await holdfast.services.cancelRun(SYSTEM_CALLER, id, "cancel");
  expect(await holdfast.ended(id)).toMatchObject({ status: "canceled" });
  const { rows } = await holdfast.host.database.query("select status from holdfast.waits where run = $1", [id]);
  expect(rows).toEqual([{ status: "canceled" }]);
});

test("an effect that can't be repeated is announced by its sub-step, and by nothing else", async () => {
  behavior = async (context) => {
    await context.step("look", () => "around", { effect: "repeatable" });
    return part(context, "send");
  };
  const run = await holdfast.run("parts-once");
  expect(run).toMatchObject({ status: "completed", output: "send" });
  const { rows } = await holdfast.host.database.query("select call, key from holdfast.intents where run = $1", [
    run.id,
  ]);
  expect(rows).toEqual([{ call: "send", key: `${run.id}:parts:0:send` }]);
});

test("an attempt that takes too long ends when its wait has been asked for, or fails", async () => {
  await holdfast.publish({
    id: "slow",
    nodes: {
      parts: { type: "parts.keyed", params: {}, timeout: "50ms", retry: { maxAttempts: 1 }, onExhausted: "fail" },
    },
    edges: edges("start>parts", "parts>end"),
  });
  behavior = async (context) => {
    await part(context, "first");
    return context.step("stuck", () => new Promise<string>(() => undefined));
  };
  const run = await holdfast.run("slow");
  expect(run).toMatchObject({ status: "failed", error: { code: "timeout" } });
  expect((await holdfast.steps(run.id)).map(({ call }) => call)).toEqual(["first", "main"]);
});

test("says how far it is, to whoever looks on", async () => {
  const gate = Promise.withResolvers<void>();
  behavior = async ({ progress }) => {
    progress(0.4, "Half of it, nearly");
    await gate.promise;
    return null;
  };
  const id = await holdfast.begin("parts-keyed");
  const told = await holdfast.until(async () => {
    const { items } = await listSteps(holdfast.host.database, id, { limit: 10 });
    return items.find(({ node, meta }) => node === "parts" && meta !== null);
  }, "the progress");
  const progress = { part: expect.closeTo(0.4), note: "Half of it, nearly" };
  expect(told.meta).toEqual({ progress });
  const detail = await findRunDetail(holdfast.host.database, 1, id);
  expect(detail?.steps).toMatchObject([{ node: "parts", status: "running", meta: { progress } }]);
  gate.resolve();
  expect(await holdfast.ended(id)).toMatchObject({ status: "completed" });
});
