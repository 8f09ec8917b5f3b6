import { describe, expect, test } from "vitest";
import { flowPlan, graph, plan } from "../test/flow.ts";
import type { NodeDraft } from "../test/flow.ts";
import { TestRun, stepError } from "../test/run.ts";

const undo: NodeDraft = { compensate: { type: "once", params: {} } };
const cancel = { type: "run.canceled", mode: "cancel" } as const;
const terminate = { type: "run.canceled", mode: "terminate" } as const;

describe("the first uncaught failure", () => {
  // start ┬ a ─ a2 ─ end
  //       ├ b ─ b2 ─ end
  //       ├ w ─ end        a wait
  //       └ c ─ end        children
  const edges = "start > a > a2 > end; start > b > b2 > end; start > w > end; start > c > end";

  function failing(): TestRun {
    const run = new TestRun(plan(edges));
    run.tell({ type: "step.waiting", node: "w", wait: "event" });
    run.tell({ type: "step.children", node: "c", first: 0, total: 2, concurrency: 2, stopOnError: true });
    return run.at(9).fail("a", { kind: "fatal", code: "first" });
  }

  test("begins no step and closes what is open", () => {
    const run = failing();
    expect(run.ids()).toEqual(["cancel/b#1", "cancel/c#1", "cancel/w#1"]);
    expect(run.derived().nodes).toMatchObject({ a: "failed", a2: "skipped", b2: "skipped" });
  });

  test("records a result that still comes, and follows it nowhere", () => {
    const run = failing().complete("b");
    expect(run.ids()).toEqual(["cancel/c#1", "cancel/w#1"]);
    expect(run.derived()).toMatchObject({ nodes: { b: "completed", b2: "skipped" } });
    expect(run.derived().edges).toContainEqual({ from: "b", port: "out", to: "b2", status: "pending" });
  });

  test("stands, whatever else fails; then the run ends", () => {
    const run = failing().fail("b", { kind: "fatal", code: "second" });
    run.tell({ type: "step.canceled", node: "c" }).tell({ type: "step.canceled", node: "w" });
    expect(run.commands()).toMatchObject([{ type: "end", status: "failed", error: { code: "first" } }]);
    run.end();
    expect(run.derived().nodes).toEqual({
      a: "failed",
      a2: "skipped",
      b: "failed",
      b2: "skipped",
      c: "canceled",
      w: "canceled",
    });
  });

  test("closes a wait that a late step still opened", () => {
    const run = failing().tell({ type: "step.waiting", node: "b", wait: "time" });
    expect(run.ids()).toContain("cancel/b#1");
    run.tell({ type: "step.canceled", node: "b" });
    expect(run.ids()).not.toContain("cancel/b#1");
  });
});

describe("compensation", () => {
  // start ─ a ┬ b ─ c ─ end      a, b, d have one
  //           └ d ─────────
  const compensated = plan("start > a > b > c > end; a > d > end", { a: undo, b: undo, d: undo });

  function failing(): TestRun {
    return new TestRun(compensated).complete("a").complete("d").complete("b").at(40).fail("c", { kind: "fatal" });
  }

  test("runs one by one against commit order, then the run has failed", () => {
    const run = failing();
    expect(run.commands()).toEqual([
      { type: "undo", id: "undo/b#1", node: "b", attempt: 1, readyAt: 40, timeout: 300_000 },
    ]);
    run.tell({ type: "undo.completed", node: "b" });
    expect(run.ids()).toEqual(["undo/d#1"]);
    run.tell({ type: "undo.completed", node: "d" });
    expect(run.ids()).toEqual(["undo/a#1"]);
    run.tell({ type: "undo.completed", node: "a" });
    expect(run.ids()).toEqual(["end"]);
    expect(run.end().status()).toBe("failed");
  });

  test("waits until every attempt has ended, and includes what completed meanwhile", () => {
    const run = new TestRun(compensated).complete("a").complete("b").fail("c", { kind: "fatal" });
    expect(run.ids()).toEqual(["cancel/d#1"]);
    expect(run.complete("d").ids()).toEqual(["undo/d#1"]);
  });

  test("counts only once the run stops", () => {
    const run = new TestRun(compensated).complete("a");
    const before = run.state;
    expect(run.tell({ type: "undo.completed", node: "a" }).state).toBe(before);
    expect(run.tell({ type: "undo.failed", node: "a", attempt: 1, jitter: 0, error: stepError() }).state).toBe(before);
  });

  test("is tried again", () => {
    const run = failing().tell({ type: "undo.failed", node: "b", attempt: 1, jitter: 0.5, error: stepError() });
    expect(run.ids()).toEqual([]);
    expect(run.wakeAt()).toBe(540);
    const before = run.state;
    expect(run.tell({ type: "undo.failed", node: "b", attempt: 1, jitter: 0.5, error: stepError() }).state).toBe(
      before,
    );
    expect(run.at(540).ids()).toEqual(["undo/b#2"]);
  });

  test("is not begun while the run is paused", () => {
    const run = failing().tell({ type: "run.paused" });
    expect(run.ids()).toEqual([]);
    expect(run.tell({ type: "run.resumed" }).ids()).toEqual(["undo/b#1"]);
  });

  describe("that fails for good", () => {
    const broken = (kind: "fatal" | "unknown" = "fatal"): TestRun =>
      failing().tell({ type: "undo.failed", node: "b", attempt: 1, jitter: 0, error: stepError({ kind }) });

    test("opens an incident, which holds up the end", () => {
      const run = broken("unknown");
      expect(run.commands()).toMatchObject([
        { type: "openIncident", id: "incident/undo/b#1", incident: "compensation_failed", of: "undo" },
      ]);
      const opened = {
        type: "incident.opened",
        node: "b",
        incident: "compensation_failed",
        attempt: 1,
        error: stepError(),
      } as const;
      run.tell(opened);
      expect(run.ids()).toEqual([]);
      expect(run.status()).toBe("waiting");
      const before = run.state;
      expect(run.tell(opened).state).toBe(before);
      expect(run.tell({ type: "undo.failed", node: "b", attempt: 1, jitter: 0, error: stepError() }).state).toBe(
        before,
      );
    });

    test.each([
      ["retry", ["undo/b#2"]],
      ["complete", ["undo/d#1"]],
      ["fail", ["undo/d#1"]],
    ] as const)("goes on after %s", (action, ids) => {
      expect(broken().tell({ type: "incident.resolved", node: "b", action }).ids()).toEqual(ids);
    });

    test("after retry has a round of attempts of its own", () => {
      const run = broken().tell({ type: "incident.resolved", node: "b", action: "retry" });
      run.tell({ type: "undo.failed", node: "b", attempt: 2, jitter: 0, error: stepError() });
      expect(run.ids()).toEqual(["undo/b#3"]);
    });

    test("after the last attempt", () => {
      const run = failing();
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        run.tell({ type: "undo.failed", node: "b", attempt, jitter: 0, error: stepError() });
      }
      expect(run.ids()).toEqual(["incident/undo/b#5"]);
    });

    test("is sent again if its type says so", () => {
      const run = new TestRun(plan("start > a > b > end", { a: { compensate: { type: "mail", params: {} } } }));
      run.complete("a").fail("b", { kind: "fatal" });
      run.tell({ type: "undo.failed", node: "a", attempt: 1, jitter: 0, error: stepError({ kind: "unknown" }) });
      expect(run.ids()).toEqual(["undo/a#2"]);
    });
  });

  test("can lack a worker: the host opens the incident, for the one that is due", () => {
    const run = failing();
    const missing = { incident: "node_type_missing", attempt: 1, error: stepError(), of: "undo" } as const;
    const before = run.state;
    expect(run.tell({ type: "incident.opened", node: "d", ...missing }).state).toBe(before);
    expect(run.tell({ type: "incident.opened", node: "b", ...missing, attempt: 2 }).state).toBe(before);
    run.tell({ type: "undo.failed", node: "b", attempt: 1, jitter: 0, error: stepError() });
    run.tell({ type: "incident.opened", node: "b", ...missing, attempt: 2 });
    expect(run.ids()).toEqual([]);
    expect(run.tell({ type: "incident.resolved", node: "b", action: "retry" }).ids()).toEqual(["undo/b#3"]);
    const early = failing().tell({ type: "incident.opened", node: "b", ...missing });
    expect(early.status()).toBe("waiting");
  });
});

describe("an unknown outcome while the run stops", () => {
  // start ┬ a ─ end      a has a compensation
  //       └ b ─ end
  const stopping = (node: NodeDraft): TestRun => new TestRun(plan("start > a > end; start > b > end", { a: node }));

  test("waits for a person's word if a compensation hangs on it", () => {
    const run = stopping(undo).fail("b", { kind: "fatal" }).fail("a", { kind: "unknown" });
    expect(run.commands()).toMatchObject([{ type: "openIncident", incident: "unknown_outcome" }]);
    run.tell({ type: "incident.opened", node: "a", incident: "unknown_outcome", attempt: 1, error: stepError() });
    expect(run.ids()).toEqual([]);
    expect(run.tell({ type: "incident.resolved", node: "a", action: "complete" }).ids()).toEqual(["undo/a#1"]);
  });

  test("has nothing to retry", () => {
    const run = stopping(undo).fail("a", { kind: "unknown" }).tell(cancel);
    run.tell({ type: "step.canceled", node: "b" });
    expect(run.ids()).toEqual(["incident/a#1"]);
    run.tell({ type: "incident.resolved", node: "a", action: "retry" });
    expect(run.commands()).toEqual([{ type: "end", id: "end", status: "canceled" }]);
  });

  test("is closed if nothing hangs on it, or if the run is terminated", () => {
    const plain = stopping({}).fail("b", { kind: "fatal" }).fail("a", { kind: "unknown" });
    expect(plain.ids()).toEqual(["end"]);
    const terminated = stopping(undo).fail("a", { kind: "unknown" }).tell(terminate);
    expect(terminated.ids()).toEqual(["cancel/a#1", "cancel/b#1"]);
  });
});

describe("loops are undone with their children", () => {
  const body = graph("start > x > end", { x: undo });
  const loop: NodeDraft = { type: "loop", params: { body } };
  // start ─ a ─ each { x } ─ b ─ end
  const edges = "start > a > each > b > end";

  function looped(node: NodeDraft = loop): TestRun {
    const run = new TestRun(flowPlan(edges, { a: undo, each: node }).root).complete("a");
    run.tell({ type: "step.children", node: "each", first: 0, total: 1, concurrency: 1, stopOnError: true });
    return run.tell({ type: "children.started", node: "each", next: 1 });
  }

  const over = (run: TestRun): TestRun => run.tell({ type: "children.ended", node: "each", ended: 1 });

  test("at the loop's place in commit order", () => {
    const run = over(looped()).complete("each").fail("b", { kind: "fatal" });
    expect(run.commands()).toEqual([{ type: "undoChildren", id: "undoChildren/each#1", node: "each" }]);
    run.tell({ type: "undo.completed", node: "each", of: "children" });
    expect(run.ids()).toEqual(["undo/a#1"]);
  });

  test("also if the loop failed or was canceled", () => {
    expect(over(looped()).fail("each", { kind: "fatal" }).ids()).toEqual(["undoChildren/each#1"]);
    const canceled = looped().tell(cancel).tell({ type: "step.canceled", node: "each" });
    expect(canceled.ids()).toEqual(["undoChildren/each#1"]);
    canceled.tell({ type: "undo.failed", node: "each", attempt: 1, jitter: 0, error: stepError() });
    expect(canceled.ids()).toEqual(["undoChildren/each#2"]);
  });

  test("after the loop's own compensation, each part once", () => {
    const run = over(looped({ ...loop, ...undo }))
      .complete("each")
      .fail("b", { kind: "fatal" });
    expect(run.ids()).toEqual(["undo/each#1"]);
    run.tell({ type: "undo.completed", node: "each" }).tell({ type: "undo.completed", node: "each" });
    expect(run.ids()).toEqual(["undoChildren/each#2"]);
    run.tell({ type: "undo.completed", node: "each", of: "children" });
    expect(run.ids()).toEqual(["undo/a#1"]);
  });

  test("a completed child compensates when its parent says so, and ends as canceled", () => {
    const { bodies } = flowPlan(edges, { each: loop });
    const child = new TestRun(bodies["each"] ?? plan("start > end")).complete("x").end();
    child.at(77).tell({ type: "run.undo" });
    expect(child.commands()).toMatchObject([{ id: "undo/x#1", readyAt: 77 }]);
    child.tell({ type: "undo.completed", node: "x" }).end();
    expect(child.status()).toBe("canceled");
    const before = child.state;
    expect(child.tell({ type: "run.undo" }).state).toBe(before);
  });
});

describe("cancel", () => {
  // start ─ a ─ b ─ end      a has a compensation
  const edges = "start > a > b > end";
  const run = (): TestRun => new TestRun(plan(edges, { a: undo }));

  test.each([
    ["under way", () => run(), "cancel/a#1"],
    [
      "waiting",
      () => run().tell({ type: "step.waiting", node: "a", wait: "time", deadline: { at: 9, port: "out" } }),
      "cancel/a#1",
    ],
    ["to be tried again", () => run().fail("a"), "cancel/a#2"],
    ["with an incident", () => run().complete("a").fail("b", { kind: "unknown" }), "cancel/b#1"],
    [
      "waiting for children",
      () => run().tell({ type: "step.children", node: "a", first: 0, total: 1, concurrency: 1, stopOnError: true }),
      "cancel/a#1",
    ],
    ["paused", () => run().tell({ type: "run.paused" }), "cancel/a#1"],
  ])("closes a step that is %s", (_name, start, id) => {
    const canceled = start().tell(cancel);
    expect(canceled.ids()).toEqual([id]);
    expect(canceled.wakeAt()).toBeUndefined();
    const node = id.slice("cancel/".length, -2);
    canceled.tell({ type: "step.canceled", node });
    if (node === "b") canceled.tell({ type: "undo.completed", node: "a" });
    expect(canceled.commands()).toEqual([{ type: "end", id: "end", status: "canceled" }]);
    expect(canceled.end().status()).toBe("canceled");
  });

  test("compensates what has completed; terminate does not", () => {
    const start = (): TestRun => run().complete("a");
    expect(start().tell(cancel).tell({ type: "step.canceled", node: "b" }).ids()).toEqual(["undo/a#1"]);
    expect(start().tell(terminate).tell({ type: "step.canceled", node: "b" }).ids()).toEqual(["end"]);
  });

  test("comes once; the first reason stands", () => {
    const canceled = run().tell(cancel);
    const before = canceled.state;
    expect(canceled.tell(cancel).state).toBe(before);
    const failed = run().fail("a", { kind: "fatal" }).tell(cancel);
    expect(failed.commands()).toMatchObject([{ type: "end", status: "failed" }]);
  });

  test("goes before a pause, and is not paused by accident: compensations run", () => {
    const canceled = run().complete("a").tell({ type: "run.paused" }).tell(cancel);
    expect(canceled.tell({ type: "step.canceled", node: "b" }).ids()).toEqual(["undo/a#1"]);
  });

  test("terminate cuts a compensation short", () => {
    const failed = run().complete("a").fail("b", { kind: "fatal" }).tell(terminate);
    expect(failed.ids()).toEqual(["cancel/undo/a#1"]);
    const before = failed.state;
    expect(failed.tell(terminate).state).toBe(before);
    expect(failed.tell({ type: "step.canceled", node: "b" }).state).toBe(before);
    failed.tell({ type: "step.canceled", node: "a" });
    expect(failed.commands()).toMatchObject([{ type: "end", status: "failed" }]);
  });

  test("terminate leaves compensations that have not begun", () => {
    const three = new TestRun(plan("start > a > b > c > end", { a: undo, b: undo }));
    three.complete("a").complete("b").fail("c", { kind: "fatal" }).tell(terminate);
    expect(three.ids()).toEqual(["cancel/undo/b#1"]);
    three.tell({ type: "undo.completed", node: "b" });
    expect(three.ids()).toEqual(["end"]);
  });

  test("terminate takes a failing compensation as it is", () => {
    const failed = run().complete("a").fail("b", { kind: "fatal" }).tell(terminate);
    failed.tell({ type: "undo.failed", node: "a", attempt: 1, jitter: 0, error: stepError() });
    expect(failed.ids()).toEqual(["cancel/undo/a#1"]);
  });

  test("after a step ended comes too late for it, before it is in time", () => {
    const done = run().complete("a").complete("b").end();
    const before = done.state;
    expect(done.tell(cancel).state).toBe(before);
    expect(done.complete("b").state).toBe(before);
  });
});

describe("retrying a failed run", () => {
  // start ┬ a ─ a2 ─ end
  //       ├ b ─ b2 ─ end
  //       └ w ─ end
  const edges = "start > a > a2 > end; start > b > b2 > end; start > w > end";

  function failed(): TestRun {
    const run = new TestRun(plan(edges)).tell({ type: "step.waiting", node: "w", wait: "event" });
    run.at(10).fail("a", { kind: "fatal" }).complete("b").tell({ type: "step.canceled", node: "w" });
    return run.end();
  }

  test("goes on at the failed step, at what had been closed, and after what completed meanwhile", () => {
    const run = failed().at(99).tell({ type: "run.retried" });
    expect(run.ids()).toEqual(["execute/a#2", "execute/w#2", "execute/b2#1"]);
    expect(run.commands()[0]).toMatchObject({ readyAt: 0 });
    expect(run.status()).toBe("running");
    run.complete("a", { attempt: 2 }).complete("a2").complete("w", { attempt: 2 }).complete("b2");
    expect(run.ids()).toEqual(["end"]);
  });

  test("gives the step a whole round of attempts", () => {
    const run = failed().tell({ type: "run.retried" }).fail("a", {}, { attempt: 2 });
    expect(run.wakeAt()).toBe(510);
  });

  test("is for failed runs only that have compensated nothing", () => {
    const same = (run: TestRun): boolean => {
      const before = run.state;
      return run.tell({ type: "run.retried" }).state === before;
    };
    expect(same(new TestRun(plan(edges)))).toBe(true);
    const canceled = new TestRun(plan("start > a > end")).tell(cancel).tell({ type: "step.canceled", node: "a" }).end();
    expect(same(canceled)).toBe(true);
    const undone = new TestRun(plan("start > a > b > end", { a: undo })).complete("a").fail("b", { kind: "fatal" });
    expect(same(undone)).toBe(true);
    expect(same(undone.tell({ type: "undo.completed", node: "a" }).end())).toBe(true);
    const late = new TestRun(plan("start > a > end", {}, { timeouts: { finish: "1s" } })).tell({
      type: "run.timed_out",
    });
    expect(same(late.tell({ type: "step.canceled", node: "a" }).end())).toBe(true);
    const outgrown = new TestRun(plan("start > a > end")).tell({ type: "run.outgrown" });
    expect(same(outgrown.tell({ type: "step.canceled", node: "a" }).end())).toBe(true);
  });

  // start ┬ a ─ end; a:error ─ e ─ end
  //       └ b ─ end
  test("keeps an error port that was taken, and forgets one that only the stop would have taken", () => {
    const forked = plan("start > a > end; a:error > e > end; start > b > end");
    const caught = new TestRun(forked).fail("a", { kind: "fatal" }).complete("e").fail("b", { kind: "fatal" }).end();
    expect(caught.tell({ type: "run.retried" }).ids()).toEqual(["execute/b#2"]);
    const aborted = new TestRun(forked).fail("b", { kind: "fatal" }).fail("a", { kind: "error" }).end();
    expect(aborted.tell({ type: "run.retried" }).ids()).toEqual(["execute/a#2", "execute/b#2"]);
  });

  // start ┬ a ─ j ─ end      j any
  //       └ b ─ j
  test("leaves what a race had closed", () => {
    const run = new TestRun(plan("start > a > j > end; start > b > j", { j: { join: "any" } }));
    run.complete("a").tell({ type: "step.canceled", node: "b" }).fail("j", { kind: "fatal" }).end();
    expect(run.tell({ type: "run.retried" }).ids()).toEqual(["execute/j#2"]);
    const lost = new TestRun(plan("start > a > j > end; start > b > j", { j: { join: "any" } }));
    lost.complete("a").fail("b", { kind: "fatal" }).fail("j", { kind: "fatal" }).end();
    expect(lost.tell({ type: "run.retried" }).ids()).toEqual(["execute/j#2"]);
  });
});
