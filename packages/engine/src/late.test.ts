import { describe, expect, test } from "vitest";
import { plan } from "../test/flow.ts";
import { TestRun, stepError } from "../test/run.ts";
import type { Happening } from "../test/run.ts";
import { replay } from "./index.ts";

const fork = { type: "fork", params: { ports: ["yes", "no"] } };

// start ─ f ┬ yes ─ a ┬ m ─ end
//           └ no ── b ┘
function branch(): TestRun {
  return new TestRun(plan("start > f:yes > a > m > end; f:no > b > m", { f: fork }));
}

describe("what changes nothing gives the very same state", () => {
  const error = stepError();
  const about = (node: string): Happening[] => [
    { type: "step.completed", node, attempt: 1, port: "out" },
    { type: "step.failed", node, attempt: 1, error, jitter: 0 },
    { type: "step.waiting", node, wait: "event" },
    { type: "step.children", node, first: 0, total: 1, concurrency: 1, stopOnError: true },
    { type: "children.started", node, next: 1 },
    { type: "children.ended", node, ended: 1 },
    { type: "step.canceled", node },
    { type: "incident.opened", node, incident: "node_type_missing", attempt: 1, error },
    { type: "incident.resolved", node, action: "complete" },
    { type: "undo.completed", node },
    { type: "undo.failed", node, attempt: 1, error, jitter: 0 },
  ];

  test.each(["nobody", "constructor", "start", "end"])("about a node that is not there: %s", (node) => {
    const run = branch();
    for (const happening of about(node)) expect(run.tell(happening).state).toEqual(branch().state);
  });

  test("about a node that is not reached, or skipped", () => {
    const run = branch();
    const before = run.state;
    for (const happening of [...about("a"), ...about("m")]) expect(run.tell(happening).state).toBe(before);
    const after = run.complete("f", { port: "yes" }).state;
    for (const happening of [...about("b"), ...about("m")]) expect(run.tell(happening).state).toBe(after);
  });

  test("about a step that is over", () => {
    const run = branch().complete("f", { port: "yes" });
    const before = run.state;
    for (const happening of about("f")) expect(run.tell(happening).state).toBe(before);
    expect(run.complete("f", { port: "no" }).state).toBe(before);
  });

  test("about another attempt than the one that is due", () => {
    const run = branch().fail("f");
    const before = run.state;
    expect(run.complete("f", { port: "yes" }).state).toBe(before);
    expect(run.fail("f").state).toBe(before);
    expect(run.fail("f", {}, { attempt: 3 }).state).toBe(before);
    expect(
      run.tell({ type: "incident.opened", node: "f", incident: "node_type_missing", attempt: 1, error }).state,
    ).toBe(before);
    expect(branch().complete("f", { attempt: 2 }).state.count).toBe(0);
  });

  test("about an incident that is open", () => {
    const run = branch().fail("f", { kind: "unknown" });
    run.tell({ type: "incident.opened", node: "f", incident: "unknown_outcome", attempt: 1, error });
    const before = run.state;
    for (const happening of about("f").filter(({ type }) => type !== "incident.resolved")) {
      expect(run.tell(happening).state).toBe(before);
    }
  });

  test("about another attempt's or another part's incident or closing", () => {
    const run = branch().fail("f", { kind: "unknown" });
    const before = run.state;
    expect(run.tell({ type: "incident.resolved", node: "f", attempt: 2, action: "fail" }).state).toBe(before);
    run.tell({ type: "run.canceled", mode: "cancel" });
    const canceled = run.state;
    expect(run.tell({ type: "step.canceled", node: "f", attempt: 2 }).state).toBe(canceled);
    run.tell({ type: "step.canceled", node: "f", attempt: 1, of: "step" });
    const closed = run.state;
    expect(run.tell({ type: "step.canceled", node: "f", attempt: 1 }).state).toBe(closed);
    expect(run.tell({ type: "incident.resolved", node: "f", of: "step", action: "fail" }).state).toBe(closed);
    const fresh = branch().tell({ type: "run.canceled", mode: "cancel" });
    const open = fresh.state;
    expect(fresh.tell({ type: "step.canceled", node: "f", attempt: 2 }).state).toBe(open);
  });

  test("about the run", () => {
    const run = branch();
    const before = run.state;
    expect(run.tell({ type: "run.started" }).state).toBe(before);
    expect(run.tell({ type: "run.retried" }).state).toBe(before);
    expect(run.tell({ type: "run.undo" }).state).toBe(before);
  });

  test("about a step that is only reached by what the stop left behind", () => {
    const run = new TestRun(plan("start > a > x > end; start > b > end")).fail("b", { kind: "fatal" }).complete("a");
    const before = run.state;
    expect(run.complete("x").state).toBe(before);
  });
});

test("an incident's answer ends it, whether or not it was made known", () => {
  const run = branch()
    .fail("f", { kind: "unknown" })
    .tell({ type: "incident.resolved", node: "f", action: "complete", port: "no" });
  expect(run.ids()).toEqual(["execute/b#1"]);
});

test("a log replayed gives the state it was written from", () => {
  const run = branch().at(5).complete("f", { port: "yes" }).at(9).fail("a");
  run.complete("a", { attempt: 2 }).at(12).complete("m").end();
  expect(replay(run.plan, run.log)).toEqual(run.state);
  expect(replay(run.plan, [])).toMatchObject({ startedAt: 0, phase: "active" });
});

test("a run that the host ends by force shows nothing as going on", () => {
  const run = branch().complete("f", { port: "yes" }).fail("a").tell({ type: "run.ended", status: "failed" });
  expect(run.derived().nodes).toEqual({ f: "completed", a: "canceled", b: "skipped", m: "skipped" });
});
