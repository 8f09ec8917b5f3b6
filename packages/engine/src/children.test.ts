import { describe, expect, test } from "vitest";
import { plan } from "../test/flow.ts";
import type { NodeDraft } from "../test/flow.ts";
import { TestRun, stepError } from "../test/run.ts";
import { lowWater } from "./index.ts";

interface Spec {
  first?: number;
  total?: number;
  concurrency?: number;
  stopOnError?: boolean;
  notBefore?: number;
  deadline?: number;
}

// start ─ each ─ end
function loop(spec: Spec = {}, node: NodeDraft = {}): TestRun {
  return children(new TestRun(plan("start > each > end", { each: node })), spec);
}

function children(run: TestRun, spec: Spec = {}): TestRun {
  const plain = { first: 0, total: 10, concurrency: 4, stopOnError: true };
  return run.tell({ type: "step.children", node: "each", ...plain, ...spec });
}

const started = (run: TestRun, next: number): TestRun => run.tell({ type: "children.started", node: "each", next });
const ended = (run: TestRun, count: number, failed?: number): TestRun =>
  run.tell({
    type: "children.ended",
    node: "each",
    ended: count,
    ...(failed !== undefined && { failure: { index: failed, error: stepError({ kind: "fatal" }) } }),
  });

describe("children", () => {
  test("are started as many at a time as the spec says, again when half of them are over", () => {
    const run = loop();
    expect(run.commands()).toEqual([{ type: "startChildren", id: "start/each#1.0", node: "each", from: 0, to: 4 }]);
    started(run, 4);
    expect(run.ids()).toEqual([]);
    expect(ended(run, 1).ids()).toEqual([]);
    expect(ended(run, 2).commands()).toMatchObject([{ id: "start/each#1.4", from: 4, to: 6 }]);
    expect(ended(run, 3).commands()).toMatchObject([{ id: "start/each#1.4", from: 4, to: 7 }]);
    started(run, 7);
    ended(started(ended(run, 6), 10), 9);
    expect(run.ids()).toEqual([]);
    run.at(70);
    expect(ended(run, 10).commands()).toEqual([
      {
        type: "execute",
        id: "resume/each#1.10",
        node: "each",
        attempt: 1,
        phase: "resume",
        readyAt: 70,
        timeout: 300_000,
      },
    ]);
    expect(run.complete("each").ids()).toEqual(["end"]);
  });

  test("the low-water mark is half the window", () => {
    expect([1, 2, 3, 10].map(lowWater)).toEqual([0, 1, 1, 5]);
  });

  test("one at a time", () => {
    const run = loop({ total: 2, concurrency: 1 });
    ended(started(run, 1), 1);
    expect(run.commands()).toMatchObject([{ from: 1, to: 2 }]);
  });

  test("none at all: the behavior is asked at once", () => {
    expect(loop({ total: 0 }).ids()).toEqual(["resume/each#1.0"]);
  });

  test("a concurrency below one is one", () => {
    expect(loop({ concurrency: 0 }).commands()).toMatchObject([{ from: 0, to: 1 }]);
  });

  test("told twice or late change nothing", () => {
    const run = ended(started(loop(), 4), 3);
    const before = run.state;
    expect(started(run, 4).state).toBe(before);
    expect(ended(run, 3).state).toBe(before);
    expect(ended(run, 2).state).toBe(before);
    children(run);
    expect(run.state).toBe(before);
    ended(started(run, 99), 99);
    expect(run.ids()).toEqual(["resume/each#1.10"]);
    const over = run.state;
    expect(started(run, 10).state).toBe(over);
    expect(ended(run, 10).state).toBe(over);
  });

  test("that nobody saw start count as started once they have ended", () => {
    expect(ended(loop({ total: 3 }), 3).ids()).toEqual(["resume/each#1.3"]);
  });
});

describe("a child that fails", () => {
  test("with stop: no more are started, the others canceled, then the behavior says what follows", () => {
    const run = ended(started(loop(), 4), 1, 2);
    expect(run.commands()).toEqual([{ type: "cancelChildren", id: "cancelChildren/each#1.0", node: "each" }]);
    expect(ended(run, 2, 3).state.nodes["each"]).toMatchObject({ failure: { index: 2 } });
    expect(ended(run, 4).ids()).toEqual(["resume/each#1.4"]);
    run.fail("each", { kind: "fatal", code: "item_failed" });
    expect(run.commands()).toMatchObject([{ type: "end", status: "failed", error: { code: "item_failed" } }]);
  });

  test("with stop, as the last that ran: nothing is to be canceled", () => {
    expect(ended(started(loop(), 4), 4, 3).ids()).toEqual(["resume/each#1.4"]);
  });

  test("with collect: the others go on", () => {
    const run = ended(started(loop({ stopOnError: false }), 4), 2, 0);
    expect(run.ids()).toEqual(["start/each#1.4"]);
  });
});

describe("iterations, one spec after the other", () => {
  const next = (run: TestRun, first: number, more: Spec = {}): TestRun =>
    children(run, { first, total: 1, concurrency: 1, ...more });

  test("have ids of their own, and a pause between", () => {
    const run = next(new TestRun(plan("start > each > end")), 0);
    expect(run.ids()).toEqual(["start/each#1.0"]);
    ended(started(run, 1), 1);
    expect(run.ids()).toEqual(["resume/each#1.1"]);
    next(run, 1, { notBefore: 500 });
    expect(run.ids()).toEqual([]);
    expect(run.wakeAt()).toBe(500);
    expect(run.at(500).commands()).toMatchObject([{ id: "start/each#1.1", from: 1, to: 2 }]);
    ended(run, 1);
    expect(run.ids()).toEqual(["start/each#1.1"]);
    ended(started(run, 2), 2);
    expect(run.ids()).toEqual(["resume/each#1.2"]);
  });

  test("go on with resume after a resume that failed, or an incident in it", () => {
    const run = ended(
      started(next(new TestRun(plan("start > each > end", { each: { retry: { maxAttempts: 2 } } })), 0), 1),
      1,
    );
    run.fail("each");
    expect(run.at(500).commands()).toMatchObject([{ id: "resume/each#2.1", phase: "resume", readyAt: 0 }]);
    run.fail("each", {}, { attempt: 2 }).tell({ type: "incident.resolved", node: "each", action: "retry" });
    expect(run.ids()).toEqual(["resume/each#3.1"]);
    run.tell({ type: "incident.opened", node: "each", incident: "node_type_missing", attempt: 3, error: stepError() });
    run.tell({ type: "incident.resolved", node: "each", action: "retry" });
    expect(run.ids()).toEqual(["resume/each#4.1"]);
  });
});

describe("children with a deadline", () => {
  test("are canceled when it passes, and the step fails", () => {
    const run = started(loop({ total: 1, deadline: 90 }), 1);
    expect(run.wakeAt()).toBe(90);
    const [command] = run.at(90).commands();
    expect(command).toMatchObject({
      type: "failStep",
      id: "fail/each#1.0",
      error: { kind: "fatal", code: "children_timeout" },
    });
    if (command?.type === "failStep") run.fail("each", command.error);
    expect(run.ids()).toEqual(["cancelChildren/each#1.0"]);
    const before = run.state;
    expect(run.fail("each", { code: "other" }).state).toBe(before);
    ended(run, 1);
    expect(run.commands()).toMatchObject([{ type: "end", status: "failed", error: { code: "children_timeout" } }]);
  });

  test("leave by the error port, also if none had been started", () => {
    const run = new TestRun(plan("start > each > end; each:error > b > end"));
    children(run, { deadline: 90 }).at(90).fail("each", { kind: "fatal" });
    expect(ended(run, 0).ids()).toEqual(["execute/b#1"]);
  });

  test("in time are nobody's business", () => {
    const run = ended(started(loop({ total: 1, deadline: 90 }), 1), 1);
    expect(run.at(90).ids()).toEqual(["resume/each#1.1"]);
  });
});

test("results and cancellations of a step that waits for children are ignored", () => {
  const run = loop();
  const before = run.state;
  expect(run.complete("each").state).toBe(before);
  expect(run.tell({ type: "step.canceled", node: "each" }).state).toBe(before);
  expect(
    run.tell({ type: "incident.opened", node: "each", incident: "unknown_outcome", attempt: 1, error: stepError() })
      .state,
  ).toBe(before);
});

describe("what is told late", () => {
  const failure = { index: 0, error: stepError() };

  test("about an earlier attempt's children changes nothing", () => {
    const run = loop();
    const before = run.state;
    expect(run.tell({ type: "children.started", node: "each", attempt: 2, next: 4 }).state).toBe(before);
    expect(run.tell({ type: "children.ended", node: "each", attempt: 2, ended: 4 }).state).toBe(before);
    expect(run.fail("each", {}, { attempt: 2 }).state).toBe(before);
  });

  test("about an earlier spec's failure changes nothing", () => {
    const run = ended(started(loop({ total: 1 }), 1), 1);
    started(children(run, { first: 1, total: 1 }), 2);
    const before = run.state;
    expect(run.tell({ type: "children.ended", node: "each", ended: 1, failure }).state).toBe(before);
  });

  test("of a spec whose children have all been changes nothing", () => {
    const run = ended(started(loop({ total: 1 }), 1), 1);
    const before = run.state;
    expect(children(run, { total: 1 }).state).toBe(before);
  });
});

test("a total time that passes before resume fails the step", () => {
  const run = new TestRun(plan("start > each > end", { each: { totalTimeout: "10s" } }));
  ended(started(children(run, { total: 1 }), 1), 1);
  expect(run.at(10_000).commands()).toMatchObject([
    { type: "failStep", error: { code: "total_timeout", message: "The step took too long in all." } },
  ]);
});

describe("children in the middle of a step", () => {
  const call = { total: 1, concurrency: 1, stopOnError: false, attempt: 1, resumes: "first" };
  const begun = (more: object = {}): TestRun => {
    const run = new TestRun(plan("start > each > end", { each: { retry: { maxAttempts: 2 } } }));
    return run.tell({ type: "step.children", node: "each", first: 0, ...call, ...more });
  };

  test("bring the attempt on, and another one after that", () => {
    const run = begun();
    expect(run.commands()).toEqual([{ type: "startChildren", id: "start/each#1.0", node: "each", from: 0, to: 1 }]);
    expect(started(run, 1).commands()).toEqual([]);
    run.at(70);
    expect(ended(run, 1).commands()).toEqual([
      {
        type: "execute",
        id: "execute/each#1.1",
        node: "each",
        attempt: 1,
        phase: "begin",
        passage: 1,
        readyAt: 0,
        timeout: 300_000,
      },
    ]);
    run.tell({ type: "step.children", node: "each", first: 1, ...call, resumes: "second", passage: 1 });
    expect(run.ids()).toEqual(["start/each#1.1"]);
    // What the first one told late.
    const state = started(run, 2).state;
    expect(ended(run, 1).state).toBe(state);
    expect(ended(run, 2).ids()).toEqual(["execute/each#1.2"]);
    expect(run.complete("each").ids()).toEqual(["end"]);
  });

  test("are told once, by the passage that is due", () => {
    const run = begun();
    expect(begun({ passage: 1 }).state.nodes).toEqual({});
    ended(started(run, 1), 1);
    const { state } = run;
    expect(run.tell({ type: "step.children", node: "each", first: 0, ...call }).state).toBe(state);
  });

  test("are ended by nothing but their end", () => {
    const run = started(begun(), 1);
    const { state } = run;
    expect(run.tell({ type: "wait.ended", node: "each", attempt: 1, passage: 0 }).state).toBe(state);
    expect(run.complete("each").state).toBe(state);
  });

  test("may be none", () => {
    expect(begun({ total: 0 }).ids()).toEqual(["execute/each#1.1"]);
  });

  test("are canceled with the run", () => {
    const run = started(begun(), 1);
    run.tell({ type: "run.canceled", mode: "cancel" });
    expect(run.ids()).toEqual(["cancel/each#1"]);
    run.tell({ type: "step.canceled", node: "each", of: "step" });
    expect(run.ids()).toEqual(["end"]);
  });

  test("do not keep the attempt from being tried again", () => {
    const run = started(begun(), 1);
    ended(run, 1);
    run.tell({ type: "step.failed", node: "each", attempt: 1, error: stepError(), jitter: 0 });
    expect(run.at(run.wakeAt() ?? 0).ids()).toEqual(["execute/each#2"]);
  });
});
