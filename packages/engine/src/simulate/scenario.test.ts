import { describe, expect, test } from "vitest";
import type { Scenario } from "@holdfast/dsl";
import { parsed, world } from "../../golden/flows.ts";
import { runScenario } from "./index.ts";

// start ─ judge ─ f ┬ yes ─ ask ┬ paid ──── (end)
//                   │           └ timeout ─ late (end)
//                   └ otherwise ─ no (end)
const flow = parsed("refund", {
  edges: "start > judge > f:yes > ask:paid > done; ask:timeout > late; f:otherwise > no",
  nodes: {
    judge: { type: "ai.object", params: { prompt: "{{ input.reason }}", schema: { type: "object" } } },
    f: { type: "branch", params: { cases: [{ port: "yes", when: "nodes.judge.ok" }] } },
    ask: {
      type: "wait.event",
      params: { outcomes: [{ port: "paid", event: "bank/settled" }], timeout: "7d", inbox: { title: "Paid?" } },
    },
    done: { type: "end", params: { output: { status: "paid", note: "{{ nodes.ask.?comment.orValue('') }}" } } },
    late: { type: "end", params: { output: { status: "late" } } },
    no: { type: "fail", params: { code: "not_eligible", message: "No" } },
  },
});

const yes = { judge: { output: { ok: true } } };
const run = (scenario: Omit<Scenario, "name">) =>
  runScenario(
    { flow, manifests: world.manifests, controls: world.controls },
    { name: "test", input: { reason: "broken" }, ...scenario },
  );

describe("a scenario", () => {
  test("passes when everything is as expected", () => {
    const result = run({
      answers: yes,
      advance: "7d",
      expect: { status: "completed", reached: ["ask", "late"], notReached: ["done", "no"], output: { status: "late" } },
    });
    expect(result).toMatchObject({ passed: true, failures: [], status: "completed", output: { status: "late" } });
    expect(result.trace[0]?.at).toBe(Date.parse("2026-01-01T00:00:00Z"));
  });

  test("sends events and decides at their times, in the order of time", () => {
    const event = run({
      answers: yes,
      events: [{ name: "bank/settled", data: {}, after: "2d" }],
      expect: { output: { status: "paid", note: "" } },
    });
    expect(event.passed).toBe(true);
    const decided = run({
      now: "2030-05-01T00:00:00Z",
      answers: yes,
      events: [{ name: "other", data: {} }],
      decisions: [{ node: "ask", outcome: "paid", comment: "Seen", after: "1d", by: { id: "maria" } }],
      expect: { output: { note: "Seen", status: "paid" } },
    });
    expect(decided.passed).toBe(true);
    expect(decided.trace[0]?.at).toBe(Date.parse("2030-05-01T00:00:00Z"));
  });

  test("resolves incidents and ends waits by hand", () => {
    const broken = { judge: { error: { code: "lost", kind: "unknown" as const } } };
    const repaired = run({
      answers: broken,
      incidents: [{ node: "judge", action: "complete", output: { ok: true }, port: "out", after: "1h" }],
      skips: [{ node: "ask", port: "timeout", after: "2h" }],
      expect: { output: { status: "late" } },
    });
    expect(repaired.failures).toEqual([]);
    const late = run({
      answers: yes,
      advance: "7d",
      skips: [{ node: "ask", port: "timeout", after: "8d" }],
      expect: {},
    });
    expect(late.failures).toMatchObject([{ pointer: "/skips/0" }]);
  });

  test("cancels the run, with and without compensation; one that is over can't be", () => {
    const canceled = run({ answers: yes, cancel: { after: "1d" }, advance: "8d", expect: { status: "canceled" } });
    expect(canceled.failures).toEqual([]);
    const terminated = run({ answers: yes, cancel: { mode: "terminate" }, expect: { status: "canceled" } });
    expect(terminated.failures).toEqual([]);
    const late = run({ answers: yes, cancel: { after: "8d" }, expect: {} });
    expect(late.failures).toEqual([{ pointer: "/cancel", message: "the run is completed already" }]);
  });

  test("may begin with an event", () => {
    const { input: _, ...scenario } = {
      input: 1,
      trigger: { event: "asked", data: { reason: "x" } },
      answers: yes,
      expect: { status: "waiting" as const },
    };
    expect(
      runScenario({ flow, manifests: world.manifests, controls: world.controls }, { name: "test", ...scenario }).passed,
    ).toBe(true);
  });

  test("tells everything that is not as expected, with its place", () => {
    const result = run({
      answers: yes,
      decisions: [{ node: "done", outcome: "paid" }],
      expect: {
        status: "completed",
        reached: ["ask", "late"],
        notReached: ["ask"],
        output: { status: "late" },
        error: "bad",
      },
    });
    expect(result.passed).toBe(false);
    expect(result.failures).toEqual([
      { pointer: "/decisions/0", message: "“done” has no open task" },
      { pointer: "/expect/status", message: "The run is waiting, not completed." },
      { pointer: "/expect/reached/1", message: "“late” was not reached." },
      { pointer: "/expect/notReached/0", message: "“ask” was reached." },
      { pointer: "/expect/output", message: "The output is null." },
      { pointer: "/expect/error", message: "The run has no error." },
    ]);
  });

  test("names what no answer is given for", () => {
    expect(run({ expect: {} }).failures).toEqual([
      { pointer: "/answers/judge", message: "“judge” was reached, and no answer is given for it." },
    ]);
  });

  test("knows the error of a run", () => {
    const answers = { judge: { output: { ok: false } } };
    expect(run({ answers, expect: { status: "failed", error: "not_eligible" } }).passed).toBe(true);
    expect(run({ answers, expect: { error: "other" } }).failures).toMatchObject([
      { message: "The error is “not_eligible”." },
    ]);
  });

  test("does not hide a mistake in a behavior", () => {
    const broken = new Map(world.controls);
    const manifest = world.controls.get("end")?.manifest;
    if (manifest !== undefined) {
      const begin = (): never => {
        throw new TypeError("broken");
      };
      broken.set("end", { manifest, begin });
    }
    const scenario: Scenario = {
      name: "test",
      input: { reason: "x" },
      answers: yes,
      events: [{ name: "bank/settled", data: {} }],
      expect: {},
    };
    expect(() => runScenario({ flow, manifests: world.manifests, controls: broken }, scenario)).toThrow(TypeError);
  });
});
