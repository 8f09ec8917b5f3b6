import { describe, expect, test } from "vitest";
import { plan } from "../test/flow.ts";
import type { NodeDraft } from "../test/flow.ts";
import { TestRun } from "../test/run.ts";

const fork: NodeDraft = { type: "fork", params: { ports: ["yes", "no"] } };

describe("an exclusive branch", () => {
  // start ─ f ┬ yes ─ a ┬ m ─ end
  //           └ no ── b ┘
  test("takes one way, skips the other, and merges without a gateway", () => {
    const run = new TestRun(plan("start > f:yes > a > m > end; f:no > b > m", { f: fork }));
    run.at(1).complete("f", { port: "yes" });
    expect(run.ids()).toEqual(["execute/a#1"]);
    expect(run.derived()).toEqual({
      nodes: { f: "completed", a: "scheduled", b: "skipped", m: "pending" },
      edges: [
        { from: "start", port: "out", to: "f", status: "taken" },
        { from: "f", port: "yes", to: "a", status: "taken" },
        { from: "f", port: "no", to: "b", status: "skipped" },
        { from: "a", port: "out", to: "m", status: "pending" },
        { from: "b", port: "out", to: "m", status: "skipped" },
        { from: "m", port: "out", to: "end", status: "pending" },
      ],
    });
    run.complete("a");
    expect(run.ids()).toEqual(["execute/m#1"]);
  });

  // start ─ f ┬ yes ─ end
  //           └ no ── a ─ b ─ c ─ end
  test("ends when all that is left is skipped", () => {
    const run = new TestRun(plan("start > f:yes > end; f:no > a > b > c > end", { f: fork }));
    expect(run.complete("f", { port: "yes" }).ids()).toEqual(["end"]);
    expect(run.derived().nodes).toEqual({ f: "completed", a: "skipped", b: "skipped", c: "skipped" });
  });
});

// start ─ a ─ end      x stands alone: a draft
test("a node that nothing leads to is skipped", () => {
  const run = new TestRun(plan("start > a > end", { x: {} }));
  expect(run.derived().nodes).toEqual({ a: "scheduled", x: "skipped" });
});

describe("parallel branches", () => {
  // start ┬ a ┬ j ─ end
  //       └ b ┘
  const edges = "start > a > j > end; start > b > j";

  test("run side by side, and the join waits for both", () => {
    const run = new TestRun(plan(edges));
    expect(run.ids()).toEqual(["execute/a#1", "execute/b#1"]);
    run.at(10).complete("b");
    expect(run.ids()).toEqual(["execute/a#1"]);
    run.at(20).complete("a");
    expect(run.commands()).toMatchObject([{ id: "execute/j#1", readyAt: 20 }]);
  });

  // start ┬ f ┬ yes ─ a ─ j ─ end      j waits for c only
  //       │   └ no ── b ─ end
  //       └ c ──────────── j
  test("do not wait for a dead branch; the join is ready by the skip if that came last", () => {
    const run = new TestRun(plan("start > f:yes > a > j > end; f:no > b > end; start > c > j", { f: fork }));
    run.at(5).complete("c");
    run.at(9).complete("f", { port: "no" });
    expect(run.commands()).toMatchObject([{ id: "execute/b#1" }, { id: "execute/j#1", readyAt: 9 }]);
  });

  test("are ready by the later fact in commit order, even if clocks ran backwards", () => {
    const run = new TestRun(plan(edges));
    run.at(20).complete("b");
    run.at(10).complete("a");
    expect(run.commands()).toMatchObject([{ id: "execute/j#1", readyAt: 10 }]);
  });
});

describe("a race: join any", () => {
  // start ┬ a ────── j ─ end
  //       ├ b ─ b2 ─ j
  //       └ c ┬ j
  //           └ x ─ end
  const race = plan("start > a > j > end; start > b > b2 > j; start > c > j; c > x > end", { j: { join: "any" } });

  test("fires at the first taken edge and closes what leads nowhere else", () => {
    const run = new TestRun(race);
    run.at(3).complete("a");
    expect(run.ids()).toEqual(["cancel/b#1", "execute/c#1", "execute/j#1"]);
    expect(run.derived().nodes).toEqual({
      a: "completed",
      b: "scheduled",
      b2: "skipped",
      c: "scheduled",
      j: "scheduled",
      x: "pending",
    });
    run.tell({ type: "step.canceled", node: "b" });
    expect(run.ids()).toEqual(["execute/c#1", "execute/j#1"]);
    expect(run.derived().nodes["b"]).toBe("canceled");
  });

  test("ignores later edges; the branch with another way out goes on", () => {
    const run = new TestRun(race);
    run.at(3).complete("a").tell({ type: "step.canceled", node: "b" }).complete("j");
    run.at(8).complete("c");
    expect(run.ids()).toEqual(["execute/x#1"]);
    expect(run.complete("x").ids()).toEqual(["end"]);
  });

  test("is ready at the time of the first", () => {
    const run = new TestRun(race);
    run.at(3).complete("a");
    run.at(8).complete("c");
    expect(run.commands()).toContainEqual(expect.objectContaining({ id: "execute/j#1", readyAt: 3 }));
  });

  test("records a result that a loser still gives, and follows it nowhere", () => {
    const run = new TestRun(race);
    run.complete("a").complete("b");
    expect(run.ids()).toEqual(["execute/c#1", "execute/j#1"]);
    expect(run.derived()).toMatchObject({ nodes: { b: "completed", b2: "skipped" } });
    expect(run.derived().edges).toContainEqual({ from: "b", port: "out", to: "b2", status: "skipped" });
  });

  test("lets a loser's failure pass: nobody needs it", () => {
    const run = new TestRun(race);
    run.complete("a").fail("b", { kind: "fatal" });
    expect(run.derived().nodes["b"]).toBe("failed");
    expect(run.state.phase).toBe("active");
  });

  test("closes waits, retries, and children before it", () => {
    const run = new TestRun(
      plan("start > a > j > end; start > b > j; start > c > j; start > d > j", { j: { join: "any" } }),
    );
    run.tell({ type: "step.waiting", node: "b", wait: "event", deadline: { at: 9, port: "timeout" } });
    run.fail("c");
    run.tell({ type: "step.children", node: "d", first: 0, total: 3, concurrency: 1, stopOnError: true });
    run.complete("a");
    expect(run.ids()).toEqual(["cancel/b#1", "cancel/c#2", "cancel/d#1", "execute/j#1"]);
    expect(run.wakeAt()).toBeUndefined();
  });

  // start ─ a ┬ j ─ end      both follow from a: b has not begun when j fires
  //           └ b ─ j
  test("skips, and does not close, what the very same fact made ready", () => {
    const run = new TestRun(plan("start > a > j > end; a > b > j", { j: { join: "any" } }));
    run.complete("a");
    expect(run.ids()).toEqual(["execute/j#1"]);
    expect(run.derived().nodes["b"]).toBe("skipped");
  });

  // start ┬ a ──────── j ─ end
  //       └ c ┬ b ──── j          b becomes ready after j has fired
  //           └ x ─ end
  test("does not begin what becomes ready after it fired", () => {
    const run = new TestRun(plan("start > a > j > end; start > c > b > j; c > x > end", { j: { join: "any" } }));
    run.complete("a").complete("c");
    expect(run.ids()).toEqual(["execute/x#1", "execute/j#1"]);
    expect(run.derived().nodes["b"]).toBe("skipped");
  });

  test("can stand right behind the start", () => {
    const run = new TestRun(plan("start > j > end; start > a > j", { j: { join: "any" } }));
    expect(run.ids()).toEqual(["execute/j#1"]);
    expect(run.derived().nodes).toEqual({ a: "skipped", j: "scheduled" });
  });
});

describe("ends", () => {
  // start ┬ a ─ x (stop)
  //       └ b ─ y (stop)
  const ends = plan("start > a > x; start > b > y", { x: { type: "stop" }, y: { type: "stop" } });

  test("end their branch only; the run completes when nothing is left", () => {
    const run = new TestRun(ends).complete("a").complete("x", { hasOutput: true });
    expect(run.ids()).toEqual(["execute/b#1"]);
    run.complete("b").complete("y");
    expect(run.commands()).toEqual([{ type: "end", id: "end", status: "completed", outputOf: "x" }]);
  });

  test("give the output of the first that has one", () => {
    const run = new TestRun(ends).complete("a").complete("b");
    run.complete("y", { hasOutput: true }).complete("x", { hasOutput: true });
    expect(run.commands()).toMatchObject([{ type: "end", outputOf: "y" }]);
    const other = new TestRun(ends).complete("a").complete("b");
    other.complete("x", { hasOutput: true }).complete("y", { hasOutput: true });
    expect(other.commands()).toMatchObject([{ type: "end", outputOf: "x" }]);
  });

  test("need no node at all", () => {
    expect(new TestRun(plan("start > end")).ids()).toEqual(["end"]);
  });
});
