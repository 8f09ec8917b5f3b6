import { describe, expect, test } from "vitest";
import { parsed, world } from "../../golden/flows.ts";
import type { GoldenFlow } from "../../golden/flows.ts";
import type { ChildrenSpec, ControlNode, FlowDocument, JsonObject, Outcome } from "@holdfast/dsl";
import { EngineError } from "../index.ts";
import { Simulation, SimulationError } from "./index.ts";
import type { SimulationSetup } from "./index.ts";
import { Library } from "./library.ts";
import { SimRun } from "./sim-run.ts";

const DAY = 86_400_000;
const http = { type: "http.request", params: { method: "POST", url: "https://shop.example/pay" } };
const ask = {
  type: "wait.event",
  params: {
    outcomes: [
      { port: "yes", event: "told", match: { "order.id": "{{ input.id }}" }, where: "event.data.sure" },
      { port: "no", event: "denied" },
    ],
    lookBack: "1d",
  },
};
const task = {
  type: "wait.event",
  params: {
    ...ask.params,
    inbox: { title: "Well?", form: { type: "object", properties: { n: { type: "integer", default: 1 } } } },
  },
};

function simulation(
  flow: Pick<GoldenFlow, "edges" | "nodes" | "settings">,
  setup: Partial<SimulationSetup> = {},
): Simulation {
  return new Simulation({ ...world, flow: parsed("test", flow), input: { id: "O-1" }, ...setup });
}

function refusal(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error instanceof SimulationError || error instanceof EngineError ? error.code : error;
  }
}

describe("an action that is really executed", () => {
  const flow = { edges: "start > pay > end", nodes: { pay: http } };
  const question = { run: "run", node: "pay", attempt: 1, params: http.params };

  test("may answer anything that a node may", () => {
    const run = simulation(flow);
    run.perform(question, { type: "output", port: "out", value: { id: 7 } });
    expect(run.outputOf("pay")).toEqual({ id: 7 });
    expect(run.status).toBe("completed");
    expect(run.reached).toEqual(new Set(["pay"]));
  });

  test("may wait in its middle, and is asked about again with what the waits gave", () => {
    const run = simulation(flow);
    run.perform(question, {
      type: "wait",
      wait: { kind: "time", until: run.now + DAY, port: "out" },
      resumes: "pause",
    });
    expect(run.questions).toEqual([]);
    run.advance(DAY);
    const [again] = run.questions;
    expect(again).toEqual({ ...question, waited: { pause: { at: expect.any(String) } } });
    run.perform(question, {
      type: "wait",
      wait: { kind: "event", outcomes: [{ port: "paid", event: "paid", match: {} }] },
      resumes: "payment",
    });
    run.send({ name: "paid", data: { amount: 4 } });
    expect(run.questions[0]?.waited).toMatchObject({ payment: { outcome: "paid", data: { amount: 4 } } });
    run.perform(question, { type: "output", port: "out", value: null });
    expect(run.status).toBe("completed");
  });

  test("answers only while it is due", () => {
    const run = simulation(flow, { answers: { pay: { output: {} } } });
    expect(refusal(() => run.perform(question, { type: "output", port: "out", value: null }))).toBe("nothing_open");
  });
});

describe("an action without an answer", () => {
  test("is asked about, and goes on when it is answered", () => {
    const run = simulation({ edges: "start > pay > end", nodes: { pay: http } });
    expect(run.status).toBe("running");
    expect(run.questions).toEqual([{ run: "run", node: "pay", attempt: 1, params: http.params }]);
    run.answer("pay", { output: { id: 7 } });
    expect(run.status).toBe("completed");
    expect(run.outputOf("pay")).toEqual({ id: 7 });
    expect(run.outputOf("other")).toBeUndefined();
    expect(run.questions).toEqual([]);
  });

  test("can be made to fail instead", () => {
    const run = simulation({ edges: "start > pay > end; pay:error > end", nodes: { pay: http } });
    run.failNext("pay", { kind: "fatal", code: "gone", message: "Gone" });
    expect(run.view().nodes).toEqual({ pay: "failed" });
  });

  test("waits its turn while other branches go on", () => {
    const run = simulation({
      edges: "start > pay > end; start > nap > end",
      nodes: { pay: http, nap: { type: "sleep", params: { for: "1d" } } },
    });
    expect(run.nextTimer).toBe(world.now + DAY);
    expect(run.skipToNextTimer()).toBe(true);
    expect(run.view().nodes).toEqual({ pay: "scheduled", nap: "completed" });
    expect(run.skipToNextTimer()).toBe(false);
  });
});

describe("step by step", () => {
  const flow = {
    edges: "start > a > nap > b > end",
    nodes: {
      a: { type: "data.set", params: { values: {} } },
      nap: { type: "sleep", params: { for: "1d" } },
      b: { type: "data.set", params: { values: {} } },
    },
  };

  test("one thing happens at a time, and it rests in the end", () => {
    const run = simulation(flow, { stepwise: true });
    expect([...run.reached]).toEqual([]);
    expect(run.step()).toBe(true);
    expect([...run.reached]).toEqual(["a"]);
    expect(run.stateOf().nodes).toMatchObject({ a: { status: "completed" } });
    run.rest();
    expect(run.step()).toBe(false);
    expect(run.stateOf().nodes).toMatchObject({ nap: { status: "waiting", since: world.now } });
    const deadline = { at: world.now + DAY, port: "out" };
    expect(run.pauses).toEqual([{ run: "run", node: "nap", wait: "time", since: world.now, deadline }]);
    const waits = {
      edges: "start > ask:yes > end; ask:no > end; start > nap > end",
      nodes: { ask, nap: flow.nodes.nap },
    };
    expect(simulation(waits).pauses).toMatchObject([{ node: "ask", wait: "event" }, { node: "nap" }]);
  });

  test("the clock moves only when it rests, and what falls due then is done step by step", () => {
    const run = simulation(flow, { stepwise: true });
    run.advance(2 * DAY);
    expect(run.view().nodes).toMatchObject({ nap: "completed" });
    expect(run.status).toBe("completed");
    const exact = simulation(flow, { stepwise: true });
    exact.advance(DAY);
    expect(exact.view().nodes).toMatchObject({ nap: "waiting" });
    exact.step();
    expect(exact.view().nodes).toMatchObject({ nap: "completed", b: "scheduled" });
    expect(exact.questions).toEqual([]);
  });
});

describe("answers", () => {
  test("that do not stay are asked for again, and what can't be filled in fails at once", () => {
    const each = { type: "forEach", params: { items: [1, 2], body: bodyOf({ pay: http }, "pay") } };
    const setup = { answers: { pay: { output: 1 } }, once: new Set(["pay"]) };
    const run = simulation({ edges: "start > each > end", nodes: { each } }, setup);
    expect(run.questions).toMatchObject([{ run: "run/each.1", node: "pay", attempt: 1 }]);
    const url = "{{ input.gone }}";
    const nodes = { pay: { ...http, params: { url } } };
    const broken = simulation({ edges: "start > pay > end", nodes }, { stepwise: true });
    expect(broken.questions).toEqual([]);
    broken.rest();
    expect(broken.error?.code).toBe("expression_failed");
  });

  test("stand in for control nodes, too, with the port they choose", () => {
    const nodes = { ask, a: { type: "end", params: {} } };
    const run = simulation(
      { edges: "start > ask:yes > a; ask:no > end", nodes },
      { answers: { ask: { output: {}, port: "no" } } },
    );
    expect(run.view().nodes).toEqual({ ask: "completed", a: "skipped" });
  });

  test("that are errors tell what the document leaves out", () => {
    const run = simulation(
      {
        edges: "start > pay > end; pay:error > x",
        nodes: {
          pay: { ...http, retry: { maxAttempts: 1 } },
          x: { type: "end", params: { output: "{{ errors.pay.message }}" } },
        },
      },
      { answers: { pay: { error: { code: "broken" } } } },
    );
    expect(run.output).toBe("broken");
  });
});

describe("expressions", () => {
  test("that fail, fail the step with their place", () => {
    const run = simulation({
      edges: "start > a > end",
      nodes: { a: { type: "data.set", params: { values: { x: "{{ input.gone }}" } } } },
    });
    expect(run.error).toMatchObject({
      code: "expression_failed",
      pointer: "/params/values/x",
      details: { code: "absent_value" },
    });
  });

  test("that give what does not fit, fail the step", () => {
    const run = simulation({
      edges: "start > a > end",
      nodes: { a: { type: "sleep", params: { for: "{{ input.id }}" } } },
    });
    expect(run.error).toMatchObject({ code: "params_invalid", pointer: "/params/for" });
  });

  test("that give what the manifest refuses, fail the step", () => {
    const pay = { type: "http.request", params: { method: "{{ input.id }}", url: "https://shop.example" } };
    const run = simulation({ edges: "start > pay > end", nodes: { pay } }, { answers: { pay: { output: {} } } });
    expect(run.error).toMatchObject({ code: "params_invalid", pointer: "/params/method" });
  });

  test("of a compensation fail it", () => {
    const compensate = { type: "http.request", params: { method: "POST", url: "{{ input.gone }}" } };
    const run = simulation(
      { edges: "start > a > f", nodes: { a: { ...http, compensate }, f: { type: "fail", params: { message: "No" } } } },
      { answers: { a: { output: {} } } },
    );
    expect(run.incidents).toMatchObject([{ node: "a", incident: "compensation_failed" }]);
  });
});

describe("events", () => {
  const flow = { edges: "start > ask:yes > end; ask:no > end", nodes: { ask } };
  const told = (sure: unknown, id = "O-1") => ({ name: "told", data: { order: { id }, sure: sure === true } });

  test("resolve what they match, by path and condition", () => {
    const run = simulation(flow);
    run.send(told(true, "O-2"));
    run.send(told(false));
    run.send({ name: "told", data: { order: { id: "O-1" } } });
    run.send({ name: "told", data: "nothing" });
    expect(run.waits).toMatchObject([{ run: "run", node: "ask" }]);
    expect(run.send({ ...told(true), by: { id: "bank", kind: "key" } })).toBe("event-5");
    expect(run.status).toBe("completed");
    expect(run.outputOf("ask")).toMatchObject({ outcome: "yes", event: { id: "event-5", name: "told" } });
  });

  test("are looked back for only as far as the wait says, and not twice in one run", () => {
    const nap = { type: "sleep", params: { for: "2d" } };
    const edges = "start > ask:no > nap > late:no > end; ask:yes > end; late:yes > end";
    const run = simulation({ edges, nodes: { ask, nap, late: ask } });
    run.send({ name: "denied", data: 1 });
    run.advance(DAY * 1.5);
    run.send({ name: "unrelated", data: 0 });
    run.advance(DAY / 2);
    expect(run.waits).toMatchObject([{ node: "late" }]);
    run.send({ name: "unrelated", data: 3 });
    run.send({ name: "denied", data: 3 });
    expect(run.outputOf("late")).toMatchObject({ data: 3 });
    const twice = simulation({
      edges: "start > ask:no > b:no > end; ask:yes > end; b:yes > end",
      nodes: { ask, b: ask },
    });
    twice.send({ name: "denied", data: 1 });
    expect(twice.waits).toMatchObject([{ node: "b" }]);
  });

  test("decide tasks as their sender", () => {
    const nodes = { ask: task };
    const run = simulation({ edges: "start > ask:yes > end; ask:no > end", nodes });
    run.send({ name: "denied", data: "no form" });
    run.send({ name: "denied", data: { n: "x" } });
    expect(run.status).toBe("waiting");
    run.send({ name: "denied", data: {} });
    expect(run.outputOf("ask")).toMatchObject({ outcome: "no", data: { n: 1 }, by: { kind: "system" }, via: "event" });
  });

  test("sent by the flow itself are seen by its waits, also from a compensation", () => {
    const send = { type: "event.send", params: { event: "denied", data: { n: 1 } } };
    const run = simulation({ edges: "start > a > end; start > ask:no > end; ask:yes > end", nodes: { a: send, ask } });
    expect(run.status).toBe("completed");
    const undo = simulation(
      {
        edges: "start > a > f",
        nodes: { a: { ...http, compensate: send }, f: { type: "fail", params: { message: "No" } } },
      },
      { answers: { a: { output: {} } } },
    );
    expect(undo.trace).toContainEqual(
      expect.objectContaining({ type: "event.sent", detail: { name: "denied", data: { n: 1 } } }),
    );
  });
});

describe("people", () => {
  const flow = { edges: "start > ask:yes > end; ask:no > end", nodes: { ask: task } };

  test("decide tasks", () => {
    const run = simulation(flow);
    expect(run.waits).toMatchObject([{ node: "ask", inbox: { title: "Well?" } }]);
    run.decide({ node: "ask", outcome: "yes", run: "run" });
    expect(run.outputOf("ask")).toMatchObject({
      outcome: "yes",
      data: { n: 1 },
      by: { kind: "person", id: "tester" },
      via: "test",
    });
  });

  test("are told what is wrong", () => {
    const run = simulation(flow);
    expect(refusal(() => run.decide({ node: "ask", outcome: "maybe" }))).toBe("decision_invalid");
    expect(refusal(() => run.decide({ node: "ask", outcome: "yes", data: { n: "x" } }))).toBe("decision_invalid");
    expect(refusal(() => run.decide({ node: "gone", outcome: "yes" }))).toBe("nothing_open");
    expect(refusal(() => run.decide({ node: "ask", outcome: "yes", run: "other" }))).toBe("nothing_open");
    expect(refusal(() => simulation({ ...flow, nodes: { ask } }).decide({ node: "ask", outcome: "yes" }))).toBe(
      "nothing_open",
    );
  });

  test("may not decide what they asked for themselves", () => {
    const own = { ...task, params: { ...task.params, inbox: { title: "Well?", notRequester: true } } };
    const run = simulation({ ...flow, nodes: { ask: own }, settings: { requester: "{{ input.id }}" } });
    expect(refusal(() => run.decide({ node: "ask", outcome: "yes", by: { id: "O-1" } }))).toBe("not_allowed");
    run.decide({ node: "ask", outcome: "yes", by: { id: "maria" } });
    expect(run.status).toBe("completed");
  });

  test("end waits and incidents by hand", () => {
    const run = simulation(flow);
    run.skipWait("ask", "no");
    expect(run.outputOf("ask")).toEqual({ outcome: "no" });
    expect(refusal(() => run.skipWait("ask", "no"))).toBe("nothing_open");
    expect(refusal(() => run.resolveIncident("ask", "fail"))).toBe("nothing_open");
    const broken = simulation(
      { edges: "start > pay > end", nodes: { pay: http } },
      { answers: { pay: { error: { code: "lost", kind: "unknown" } } } },
    );
    expect(broken.incidents).toMatchObject([{ run: "run", node: "pay", incident: "unknown_outcome" }]);
    expect(refusal(() => broken.skipWait("pay", "out"))).toBe("nothing_open");
    broken.resolveIncident("pay", "complete", { port: "out" });
    expect(broken.status).toBe("completed");
  });

  test("pause, resume and look at runs", () => {
    const run = simulation({
      edges: "start > nap > a > end",
      nodes: { nap: { type: "sleep", params: { for: "1d" } }, a: { type: "data.set", params: { values: {} } } },
    });
    run.pause();
    run.advance(DAY);
    expect(run.status).toBe("paused");
    expect([...run.reached]).toEqual(["nap"]);
    run.resume();
    expect(run.status).toBe("completed");
    expect(run.runs).toEqual(["run"]);
    expect(refusal(() => run.view("gone"))).toBe("nothing_open");
    expect(refusal(() => run.advanceTo(0))).toBe("time_backwards");
  });
});

describe("the start", () => {
  const nodes = { x: { type: "end", params: { output: "{{ [input, trigger] }}" } } };
  const flow = (triggers: FlowDocument["triggers"]): FlowDocument => ({
    ...parsed("test", { edges: "start > x", nodes }),
    triggers,
  });
  const trigger = { event: "asked", data: { id: 1 }, by: { id: "ada" } };
  const started = (triggers: FlowDocument["triggers"], given: Partial<SimulationSetup>): unknown =>
    new Simulation({ ...world, flow: flow(triggers), ...given }).output;

  test("by a call has its input, or none", () => {
    expect(started([], { input: 1 })).toMatchObject([1, { type: "call" }]);
    expect(started([], {})).toMatchObject([{}, { type: "call" }]);
  });

  test("by an event has its data, mapped where the trigger says so", () => {
    const by = { kind: "person", id: "ada" };
    expect(started([{ type: "event", event: "asked" }], { trigger })).toMatchObject([
      { id: 1 },
      { type: "event", event: "asked", by },
    ]);
    expect(
      started([{ type: "event", event: "asked", input: "{{ event.data.id }}" }], {
        trigger: { event: "asked", data: { id: 1 } },
      }),
    ).toMatchObject([1, { event: "asked" }]);
    expect(started([{ type: "call" }], { trigger: { ...trigger, by: { id: "hook", kind: "key" } } })).toMatchObject([
      { id: 1 },
      { by: { kind: "key" } },
    ]);
  });
});

describe("children", () => {
  test("may be the flow itself, and must be given otherwise", () => {
    const call = { type: "invoke", params: { flow: "gone", input: {} } };
    expect(refusal(() => simulation({ edges: "start > call > end", nodes: { call } }))).toBe("unknown_flow");
    const own = { type: "invoke", params: { flow: "test", input: { deep: true } } };
    const branch = { type: "branch", params: { cases: [{ port: "deep", when: "has(input.deep)" }] } };
    const run = simulation({
      edges: "start > f:deep > end; f:otherwise > call > end",
      nodes: { f: branch, call: own },
    });
    expect(run.runs).toEqual(["run", "run/call.0"]);
    expect(run.status).toBe("completed");
  });

  test("that are canceled say so to their parent", () => {
    const wait = { type: "wait.event", params: { outcomes: [{ port: "out", event: "never" }] } };
    const body = {
      nodes: { x: http, w: wait },
      edges: [
        { from: "start", to: "x" },
        { from: "x", to: "w" },
        { from: "w", to: "end" },
      ],
    };
    const each = { type: "forEach", params: { items: [1, 2, 3], concurrency: 2, body } };
    const run = simulation(
      { edges: "start > each > end", nodes: { each } },
      { answers: { x: [{ output: {} }, { error: { code: "bad", kind: "fatal" } }] } },
    );
    expect(run.status).toBe("failed");
    expect(run.view("run/each.0").nodes).toEqual({ x: "completed", w: "canceled" });
    expect(run.runs).toHaveLength(3);
  });
});

/** The built-in behaviors with one replaced. */
function controlsWith(type: string, begin: ControlNode["begin"]): ReadonlyMap<string, ControlNode> {
  const known = world.controls.get(type);
  if (known === undefined) throw new Error(`There is no ${type}`);
  return new Map([...world.controls, [type, { manifest: known.manifest, begin }]]);
}

function bodyOf(nodes: object, only: string): JsonObject {
  const edges = [
    { from: "start", to: only },
    { from: only, to: "end" },
  ];
  return { nodes: { ...nodes }, edges };
}

const children = (more: Partial<ChildrenSpec> = {}): Outcome => ({
  type: "children",
  children: { source: "body", items: [1], firstIndex: 0, concurrency: 1, onItemError: "stop", ...more },
});

describe("what can't be simulated", () => {
  const nap = { edges: "start > nap > end", nodes: { nap: { type: "sleep", params: { for: "1d" } } } };

  test("a node type without behavior here is asked about", () => {
    expect(simulation(nap, { controls: new Map() }).questions).toMatchObject([{ node: "nap" }]);
  });

  test("a behavior that can't resume fails its step", () => {
    const body = { nodes: {}, edges: [{ from: "start", to: "end" }] };
    const each = { type: "forEach", params: { items: [1], body } };
    const run = simulation(
      { edges: "start > each > end", nodes: { each } },
      { controls: controlsWith("forEach", () => children()) },
    );
    expect(run.error?.code).toBe("no_behavior");
  });

  test("children of a body that isn't there, a type that went away, a flow that never rests", () => {
    expect(refusal(() => simulation(nap, { controls: controlsWith("sleep", () => children()) }))).toBe("nothing_open");
    let asked = 0;
    const manifests: SimulationSetup["manifests"] = (type) => (asked++ === 0 ? world.manifests(type) : undefined);
    expect(refusal(() => simulation(nap, { manifests }))).toBe("unknown_type");
    const call = { type: "invoke", params: { flow: "test", input: {} } };
    const endless = { edges: "start > call > end", nodes: { call } };
    expect(refusal(() => simulation(endless, { mostCommands: 500 }))).toBe("endless");
  });

  test("children that were due only after their deadline are over before they begin", () => {
    const late = controlsWith("sleep", (_params, { now }) =>
      children({ source: { flow: "test" }, deadline: now + 1, notBefore: now + 2 }),
    );
    const run = simulation(nap, { controls: late });
    run.advance(1);
    expect(run.error?.code).toBe("children_timeout");
    expect(run.runs).toEqual(["run"]);
  });
});

test("an end without an output leaves the run without one", () => {
  const run = simulation({ edges: "start > x", nodes: { x: { type: "end", params: {} } } });
  expect([run.status, run.output]).toEqual(["completed", null]);
});

test("a node without children has no results", () => {
  const library = new Library(world.manifests);
  const flow = library.load(parsed("test", { edges: "start > end" }));
  const run = new SimRun({ id: "run", flow, plan: flow.plan.root, at: 0, roots: {} });
  expect(refusal(() => run.results("x"))).toBe("nothing_open");
});
