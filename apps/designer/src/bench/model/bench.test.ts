import { describe, expect, test } from "vitest";
import type { FlowDocument, Scenario } from "@holdfast/dsl";
import { runScenario } from "@holdfast/engine/simulate";
import { DAY, dayOf, railOf, timeOf } from "./clock.ts";
import { expectationsOf } from "./expectations.ts";
import { nextStep, skipAhead } from "./next.ts";
import { play } from "./play.ts";
import { expectedOf, freeName, scenarioOf, sessionOf } from "./scenarios.ts";
import {
  answeringAlways,
  freeSession,
  movedTo,
  playedOut,
  rested,
  restarted,
  startedWith,
  told,
  withAnswer,
  withNext,
  without,
} from "./session.ts";
import type { StoryEntry } from "./story.ts";
import { example, examples, flowOf, seen, worldOf } from "./test-world.fixture.ts";

const START = Date.parse("2026-03-02T09:14:07Z");
const refund = example("refund");
const world = worldOf(refund);
const input = { orderId: "ORD-1001", reason: "Broken", requestedBy: "ann@example.com" };

function scenarioNamed(flow: FlowDocument, index: number): Scenario {
  const found = flow.tests?.[index];
  if (found === undefined) throw new Error("There is no such scenario");
  return found;
}

const kinds = (story: readonly StoryEntry[]): string[] => story.map(({ kind, node }) => `${kind} ${node ?? ""}`.trim());

const order = { output: scenarioNamed(refund, 0).answers?.["order"] };
const approvedAnswers = (): Scenario["answers"] => scenarioNamed(refund, 0).answers;

/** A session of the refund in which the manager has been asked. */
function waiting(): ReturnType<typeof sessionOf> {
  const answers = approvedAnswers();
  return rested(
    sessionOf({ name: "t", input, ...(answers !== undefined && { answers }), now: "2026-03-02T09:14:07Z", expect: {} }),
  );
}

describe("a run of its own", () => {
  test("asks for the answer of each action, with what it would be executed with", () => {
    const session = rested(freeSession({ now: START, input }));
    const view = seen(world, session);
    expect(order.output).toBeDefined();
    expect(view.needs).toMatchObject([
      { type: "answer", node: "order", used: 0, params: { url: "http://shop.localhost/orders/ORD-1001" } },
    ]);
    expect(view.nodes.get("order")).toMatchObject({ standing: "asked", given: false });
    expect(view.nodes.get("analyze")).toMatchObject({ standing: "pending" });
    expect(view.edges.get("start|out|order")).toBe("taken");
    expect(view.status).toBe("running");
  });

  test("goes on with what is answered, and asks again at the next try", () => {
    const asked = rested(freeSession({ now: START, input }));
    const broken = withAnswer(asked, { node: "order", index: 0, answer: { error: { code: "http_503" } } });
    const view = seen(world, broken);
    expect(kinds(view.story)).toEqual(["started", "tryFailed order"]);
    expect(view.story.at(-1)).toMatchObject({ error: { code: "http_503" }, answer: 0 });
    expect(view.needs).toMatchObject([{ type: "answer", node: "order", attempt: 2, used: 1 }]);
  });

  test("can't begin where the flow can't be walked", () => {
    const circle = flowOf({ a: { type: "data.set", params: { values: {} } } }, ["start > a", "a > a"]);
    expect(play(worldOf(circle), freeSession({ now: 0 }))).toMatchObject({ code: "cycle" });
  });
});

describe("a wait with a task", () => {
  test("shows who is asked, what comes, and how long", () => {
    const view = seen(world, waiting());
    expect(view.needs).toMatchObject([{ type: "wait", node: "approval", inbox: { prefill: { amount: 89.9 } } }]);
    expect(view.clock.marks.map(({ kind, at }) => [kind, (at - START) / DAY])).toEqual([
      ["reminder", 2],
      ["deadline", 7],
    ]);
    expect(view.clock.end - START).toBe(7 * DAY);
    expect(view.nodes.get("approval")).toMatchObject({ standing: "waiting", wait: { deadlinePort: "timeout" } });
  });

  test("is reminded of, and ends by its deadline", () => {
    const first = skipAhead(waiting(), seen(world, waiting()));
    if (first === undefined) throw new Error("There is nothing to skip to");
    const reminded = seen(world, rested(first));
    expect(reminded.story.at(-1)).toMatchObject({ kind: "reminded", node: "approval", at: START + 2 * DAY });
    const second = skipAhead(rested(first), reminded);
    if (second === undefined) throw new Error("There is nothing to skip to");
    const over = seen(world, rested(second));
    expect(kinds(over.story)).toContain("timedOut approval");
    expect(over.nodes.get("approval")).toMatchObject({ standing: "completed", port: "timeout" });
    expect(over.needs).toMatchObject([{ type: "answer", node: "escalate" }]);
  });

  test("is decided", () => {
    const decided = told(waiting(), { type: "decision", node: "approval", outcome: "rejected", by: { id: "mia" } });
    const view = seen(world, rested(decided));
    expect(view.story).toContainEqual(expect.objectContaining({ kind: "decided", port: "rejected", deed: 0 }));
    expect(kinds(view.story).at(-1)).toBe("decided approval");
    expect(seen(world, rested(without(decided, 0))).needs).toMatchObject([{ node: "approval" }]);
  });

  test("says why a decision is none", () => {
    const own = told(waiting(), {
      type: "decision",
      node: "approval",
      outcome: "approved",
      by: { id: "ann@example.com" },
    });
    expect(seen(world, own).story.at(-1)).toMatchObject({
      kind: "notDone",
      detail: { code: "not_allowed" },
      node: "approval",
    });
    const stray = told(waiting(), { type: "event", name: "shop/other", data: {} });
    expect(seen(world, stray).story.at(-1)).toMatchObject({ kind: "unheard", detail: { name: "shop/other" } });
  });

  test("ends with the run when that is canceled, and a scenario does the same", () => {
    const later = movedTo(rested(waiting()), 2 * DAY);
    const canceled = told(rested(later), { type: "cancel" });
    const view = seen(world, rested(canceled));
    expect(view).toMatchObject({ status: "canceled", over: true, needs: [] });
    expect(view.story).toContainEqual(expect.objectContaining({ kind: "runCanceled", deed: 0 }));
    expect(view.nodes.get("approval")).toMatchObject({ standing: "canceled" });
    const scenario = scenarioOf("Canceled", rested(canceled), view, { status: "canceled" });
    expect(scenario.cancel).toEqual({ after: "2d" });
    expect(seen(world, playedOut(sessionOf(scenario))).status).toBe("canceled");
    const again = told(rested(canceled), { type: "cancel", mode: "terminate" });
    expect(seen(world, rested(again)).story.at(-1)).toMatchObject({
      kind: "notDone",
      detail: { code: "nothing_open" },
    });
    expect(seen(world, rested(without(canceled, 0))).needs).toMatchObject([{ node: "approval" }]);
  });

  test("is skipped by hand", () => {
    const skipped = told(waiting(), { type: "skip", node: "approval", port: "timeout" });
    expect(kinds(seen(world, rested(skipped)).story)).toContain("skipped approval");
  });

  test("ends by an event", () => {
    const event = { type: "event", name: "support/refund.approved", data: { orderId: "ORD-1001" } } as const;
    expect(kinds(seen(world, rested(told(waiting(), event))).story)).toContain("decided approval");
  });
});

describe("incidents", () => {
  const lost = (): ReturnType<typeof waiting> => {
    const session = waiting();
    return withNext(session, { node: "order", index: 0, answer: { error: { code: "lost", kind: "unknown" } } });
  };

  test("of reads are tried again", () => {
    const view = seen(world, lost());
    expect(kinds(view.story)).toContain("tryFailed order");
  });

  test("are resolved in three ways", () => {
    const paid = told(waiting(), { type: "decision", node: "approval", outcome: "approved", by: { id: "mia" } });
    const at = { node: "refund", index: 0, answer: { error: { code: "lost", kind: "unknown" as const } } };
    const flow: FlowDocument = {
      ...refund,
      nodes: Object.fromEntries(
        Object.entries(refund.nodes).map(([id, node]) => {
          const { idempotencyHeader: _, ...params } = node.params;
          return [id, id === "refund" ? { ...node, params } : node];
        }),
      ),
    };
    const once = worldOf(flow);
    const asked = withNext(rested(paid), at);
    const view = seen(once, asked);
    expect(view.needs).toMatchObject([{ type: "incident", node: "refund", incident: "unknown_outcome" }]);
    expect(view.nodes.get("refund")).toMatchObject({ standing: "incident" });
    const retried = seen(once, rested(told(asked, { type: "incident", node: "refund", action: "retry" })));
    expect(retried.needs).toMatchObject([{ type: "wait", node: "settlement" }]);
    const output = { body: { refundId: "RF-9", status: "accepted" }, status: 201, headers: {} };
    const act = { type: "incident", node: "refund", action: "complete", output, port: "out" } as const;
    expect(seen(once, rested(told(asked, act))).needs).toMatchObject([{ type: "wait", node: "settlement" }]);
    const stopped = seen(once, rested(told(asked, { type: "incident", node: "refund", action: "fail" })));
    expect(stopped.status).toBe("failed");
  });
});

describe("loops", () => {
  const body = {
    nodes: { pay: { type: "http.request", params: { method: "GET", url: "https://x.example/{{ item }}" } } },
    edges: [
      { from: "start", to: "pay" },
      { from: "pay", to: "end" },
    ],
  };
  const flow = flowOf({ each: { type: "forEach", params: { items: [1, 2, 3], concurrency: 3, body } } }, [
    "start > each",
    "each > end",
  ]);
  const each = worldOf(flow);

  test("show one iteration at a time", () => {
    const session = rested(freeSession({ now: 0 }));
    const view = seen(each, session);
    expect(view.needs.map(({ run }) => run)).toEqual(["run/each.0", "run/each.1", "run/each.2"]);
    expect(view.shown.get("each")).toBe("run/each.0");
    expect(view.nodes.get("each")).toMatchObject({ standing: "running", children: { total: 3, ended: 0 } });
    expect(seen(each, session, { each: 2 }).shown.get("each")).toBe("run/each.2");
    const one = withAnswer(session, { node: "pay", index: 0, answer: { output: 1 } });
    expect(seen(each, one).shown.get("each")).toBe("run/each.1");
    const all = answeringAlways(session, { node: "pay", index: 0, answer: { output: 1 } });
    expect(seen(each, all)).toMatchObject({ status: "completed", over: true });
    const { story } = seen(each, all);
    expect(kinds(story)).toEqual(["started", "loops each", "did pay", "ended", "looped each", "ended"]);
    expect(story[1]?.detail).toMatchObject({ total: 3 });
  });
});

describe("what a flow calls", () => {
  test("is asked for by hand where it is not known", () => {
    const flow = flowOf({ call: { type: "invoke", params: { flow: "gone", input: {} } } }, [
      "start > call",
      "call > end",
    ]);
    expect(seen(worldOf(flow), rested(freeSession({ now: 0 }))).needs).toMatchObject([
      { type: "answer", node: "call" },
    ]);
  });
});

describe("steps", () => {
  test("happen one at a time, in the order in which they would", () => {
    let session = restarted(waiting());
    const lengths: number[] = [];
    for (let count = 0; count < 20; count++) {
      const view = seen(world, session);
      lengths.push(view.story.length);
      if (view.rests) break;
      session = nextStep(session, view) ?? session;
    }
    expect(lengths[0]).toBe(1);
    expect(lengths.at(-1)).toBe(seen(world, waiting()).story.length);
  });

  test("follow the scenario once all is at rest", () => {
    const session = rested(sessionOf(scenarioNamed(refund, 0)));
    const view = seen(world, session);
    expect(view.clock.next).toMatchObject({ kind: "deed", node: "approval" });
    const next = nextStep(session, view);
    expect(next).toMatchObject({ until: DAY, done: 1 });
    const end = playedOut(session);
    expect(seen(world, end)).toMatchObject({ status: "completed" });
    expect(restarted(end)).toMatchObject({ until: 0, done: 0, held: 0 });
    expect(skipAhead(end, seen(world, end))).toBeUndefined();
    expect(startedWith(end, { now: START, input: {} })).toMatchObject({ start: { now: START }, done: 0 });
  });
});

describe("scenarios", () => {
  const all = [...examples].flatMap(([file, flow]) =>
    (flow.tests ?? []).map((scenario) => ({ file, name: scenario.name, flow, scenario })),
  );

  test.each(all)("$file: $name does in the bench what it does on the command line", ({ flow, scenario }) => {
    const played = worldOf(flow);
    const view = seen(played, playedOut(sessionOf(scenario)));
    const verdict = runScenario(
      { flow, flows: played.flows, controls: played.controls, manifests: (type) => played.manifests.get(type) },
      scenario,
    );
    expect({ status: view.status, output: view.output }).toEqual({ status: verdict.status, output: verdict.output });
    const found = expectationsOf(scenario.expect, {
      status: view.status,
      output: view.output,
      reached: view.reached,
      ...(view.error !== undefined && { error: view.error.code }),
    });
    expect(found.every(({ state }) => state !== "failed")).toBe(verdict.passed);
  });

  test.each(all)("$file: $name saved again does the same", ({ flow, scenario }) => {
    const played = worldOf(flow);
    const session = playedOut(sessionOf(scenario));
    const view = seen(played, session);
    const ends = new Set(Object.keys(flow.nodes));
    const saved = scenarioOf("Again", session, view, expectedOf(view, ends));
    const again = seen(played, playedOut(sessionOf(saved)));
    expect(again.story.map(({ kind, node, at }) => ({ kind, node, at }))).toEqual(
      view.story.map(({ kind, node, at }) => ({ kind, node, at })),
    );
    expect(
      runScenario(
        { flow, flows: played.flows, controls: played.controls, manifests: (type) => played.manifests.get(type) },
        saved,
      ).failures,
    ).toEqual([]);
  });

  test("get a name that is free", () => {
    expect(freeName("A", [])).toBe("A");
    expect(freeName("A", ["A", "A 2"])).toBe("A 3");
  });
});

describe("expectations", () => {
  const nothing = { status: "waiting", output: null, reached: new Set<string>() } as const;

  test("are met, not yet met, or failed", () => {
    const expected = { status: "completed", reached: ["a"], notReached: ["b"], output: 1 } as const;
    const states = (facts: Parameters<typeof expectationsOf>[1]): string[] =>
      expectationsOf({ ...expected, reached: ["a"], notReached: ["b"] }, facts).map(({ state }) => state);
    expect(states(nothing)).toEqual(["notYet", "notYet", "notYet", "notYet"]);
    expect(states({ status: "completed", output: 1, reached: new Set(["a"]) })).toEqual(["met", "met", "met", "met"]);
    expect(states({ status: "completed", output: 2, reached: new Set(["b"]) })).toEqual([
      "met",
      "failed",
      "failed",
      "failed",
    ]);
    expect(expectationsOf({ error: "x" }, { ...nothing, status: "failed", error: "y" })).toEqual([
      { kind: "error", value: "x", state: "failed", found: "y" },
    ]);
  });
});

describe("the clock", () => {
  test("counts days of the flow's zone", () => {
    expect(dayOf(START + 15 * 3_600_000, START, "UTC")).toBe(1);
    expect(dayOf(START + 14 * 3_600_000, START, "UTC")).toBe(0);
    expect(dayOf(START + 14 * 3_600_000, START, "Europe/Kyiv")).toBe(1);
    expect(timeOf(START, "UTC")).toBe("09:14:07");
  });

  test("has a rail of few segments", () => {
    expect(railOf(9 * DAY)).toEqual({ unit: DAY, total: 9 });
    expect(railOf(3 * 3_600_000)).toEqual({ unit: 3_600_000, total: 3 });
    expect(railOf(0)).toEqual({ unit: 1_000, total: 1 });
  });

  test("does not go back", () => {
    const session = movedTo(waiting(), DAY);
    expect(movedTo(session, 0)).toBe(session);
  });
});
