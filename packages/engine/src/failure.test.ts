import { describe, expect, test } from "vitest";
import { plan } from "../test/flow.ts";
import type { NodeDraft } from "../test/flow.ts";
import { TestRun, stepError } from "../test/run.ts";

const once: NodeDraft = { retry: { maxAttempts: 1 } };

// start ─ a ─ end
function single(node: NodeDraft = {}): TestRun {
  return new TestRun(plan("start > a > end", { a: node }));
}

describe("a failed attempt", () => {
  test("is followed by another after the back-off, with the params' time unchanged", () => {
    const run = single().at(100).fail("a", {}, { jitter: 0.5 });
    expect(run.ids()).toEqual([]);
    expect(run.wakeAt()).toBe(600);
    expect(run.status()).toBe("waiting");
    expect(run.at(600).commands()).toEqual([
      { type: "execute", id: "execute/a#2", node: "a", attempt: 2, phase: "begin", readyAt: 0, timeout: 300_000 },
    ]);
    run.fail("a", { kind: "timeout" }, { attempt: 2, jitter: 0.5 });
    expect(run.wakeAt()).toBe(1_600);
  });

  test("waits as long as the target asked for", () => {
    expect(single().fail("a", { retryAfter: 7_000 }).wakeAt()).toBe(7_000);
  });

  test("is tried without end with maxAttempts 0", () => {
    const run = single({ retry: { maxAttempts: 0, initialInterval: "1s", backoff: 1, jitter: "none" } });
    for (let attempt = 1; attempt <= 50; attempt += 1) run.at(attempt * 1_000).fail("a", {}, { attempt });
    expect(run.ids()).toEqual([]);
    expect(run.at(51_000).ids()).toEqual(["execute/a#51"]);
  });
});

describe("a step that has no attempt left", () => {
  test("nor has one whose next would only repeat it", () => {
    const run = single().at(4).fail("a", { exhausted: true });
    expect(run.commands()).toMatchObject([{ type: "openIncident", node: "a", incident: "retries_exhausted" }]);
  });

  test("opens an incident", () => {
    const run = single(once).at(4).fail("a");
    expect(run.commands()).toEqual([
      {
        type: "openIncident",
        id: "incident/a#1",
        node: "a",
        incident: "retries_exhausted",
        attempt: 1,
        error: stepError(),
        of: "step",
      },
    ]);
    expect(run.status()).toBe("running");
    run.tell({ type: "incident.opened", node: "a", incident: "retries_exhausted", attempt: 1, error: stepError() });
    expect(run.ids()).toEqual([]);
    expect(run.status()).toBe("waiting");
    expect(run.derived().nodes["a"]).toBe("waiting");
  });

  test("fails the run with onExhausted fail", () => {
    const run = single({ ...once, onExhausted: "fail" }).fail("a");
    expect(run.commands()).toEqual([{ type: "end", id: "end", status: "failed", error: stepError() }]);
    expect(run.end().status()).toBe("failed");
  });

  // start ─ a ─ end
  //         └ error ─ b ─ end
  test("leaves by its error port if that is connected", () => {
    const run = new TestRun(plan("start > a > end; a:error > b > end", { a: once })).at(3).fail("a");
    expect(run.commands()).toMatchObject([{ id: "execute/b#1", readyAt: 3 }]);
    expect(run.derived()).toMatchObject({ nodes: { a: "failed" } });
    expect(run.complete("b").commands()).toEqual([{ type: "end", id: "end", status: "completed" }]);
  });
});

describe("a fatal error", () => {
  test("is not tried again and fails the run", () => {
    expect(single().fail("a", { kind: "fatal" }).commands()).toMatchObject([{ type: "end", status: "failed" }]);
  });

  test("leaves by the error port", () => {
    const run = new TestRun(plan("start > a > end; a:error > b > end")).fail("a", { kind: "fatal" });
    expect(run.ids()).toEqual(["execute/b#1"]);
  });
});

describe("an unknown outcome", () => {
  test("opens an incident, error port or not", () => {
    const run = new TestRun(plan("start > a > end; a:error > b > end")).fail("a", { kind: "unknown" });
    expect(run.commands()).toMatchObject([{ type: "openIncident", incident: "unknown_outcome" }]);
  });

  test("is tried again with onUnknown resend, as often as any error", () => {
    const run = single({ onUnknown: "resend", retry: { maxAttempts: 2, jitter: "none" } });
    run.fail("a", { kind: "unknown" });
    expect(run.at(1_000).ids()).toEqual(["execute/a#2"]);
    run.fail("a", { kind: "unknown" }, { attempt: 2 });
    expect(run.commands()).toMatchObject([{ type: "openIncident", incident: "retries_exhausted" }]);
  });
});

describe("the total time-out", () => {
  const node: NodeDraft = { totalTimeout: "10s", timeout: "8s", retry: { jitter: "none", initialInterval: "3s" } };

  test("shortens the attempts", () => {
    expect(single({ totalTimeout: "2s" }).commands()).toMatchObject([{ timeout: 2_000 }]);
    const run = single(node);
    expect(run.commands()).toMatchObject([{ timeout: 8_000 }]);
    run.at(2_000).fail("a");
    expect(run.at(5_000).commands()).toMatchObject([{ attempt: 2, timeout: 5_000 }]);
  });

  test("counts from the beginning of the first attempt where the host tells it", () => {
    const run = single(node).at(9_000);
    run.tell({ type: "step.failed", node: "a", attempt: 1, error: stepError(), jitter: 0, startedAt: 8_000 });
    expect(run.at(12_000).commands()).toMatchObject([{ attempt: 2, timeout: 6_000 }]);
  });

  test("fails the step at once if the next attempt would come too late", () => {
    const run = single(node).at(7_000).fail("a");
    expect(run.commands()).toMatchObject([
      {
        type: "end",
        error: { kind: "fatal", code: "total_timeout", details: { code: "broken", message: "It broke." } },
      },
    ]);
  });

  test("fails the step if it has passed when the attempt is due", () => {
    const run = single(node).at(2_000).fail("a").at(10_000);
    const [command] = run.commands();
    expect(command).toMatchObject({ type: "failStep", id: "fail/a#2", attempt: 2, error: { code: "total_timeout" } });
    if (command?.type === "failStep") run.fail("a", command.error, { attempt: 2 });
    expect(run.commands()).toMatchObject([{ type: "end", status: "failed", error: { code: "total_timeout" } }]);
  });
});

describe("the key's retention", () => {
  test("turns another attempt into an incident once the target may have forgotten the key", () => {
    const run = single({ type: "keyed", keyRetention: "1h", retry: { jitter: "none" } });
    run.at(10).fail("a");
    expect(run.at(1_010).ids()).toEqual(["execute/a#2"]);
    const [command] = run.at(3_600_000).commands();
    expect(command).toMatchObject({
      type: "openIncident",
      incident: "unknown_outcome",
      error: { code: "key_expired" },
    });
    if (command?.type !== "openIncident") return;
    run.tell({ type: "incident.opened", node: "a", incident: command.incident, attempt: 2, error: command.error });
    run.tell({ type: "incident.resolved", node: "a", action: "retry" });
    expect(run.ids()).toEqual(["execute/a#3"]);
  });

  test("also counts over an incident that was about something else", () => {
    const run = single({ type: "keyed", ...once })
      .fail("a")
      .at(86_400_000);
    run.tell({ type: "incident.resolved", node: "a", action: "retry" });
    expect(run.commands()).toMatchObject([{ type: "openIncident", error: { code: "key_expired" } }]);
  });
});

describe("incidents", () => {
  const incident = (): TestRun => single(once).at(5).fail("a");
  const resolve = (run: TestRun, action: "retry" | "complete" | "fail", port?: string): TestRun =>
    run.tell({ type: "incident.resolved", node: "a", action, ...(port !== undefined && { port }) });

  test("retry begins a new round with the params' old time", () => {
    const run = resolve(incident().at(50), "retry");
    expect(run.commands()).toMatchObject([{ id: "execute/a#2", attempt: 2, readyAt: 0 }]);
    run.fail("a", {}, { attempt: 2 });
    expect(run.ids()).toEqual(["incident/a#2"]);
  });

  test("complete goes on with what a person gave, by the port they chose", () => {
    expect(resolve(incident(), "complete").ids()).toEqual(["end"]);
    const forked = new TestRun(
      plan("start > f:yes > a > end; f:no > b > end", {
        f: { type: "fork", params: { ports: ["yes", "no"] }, ...once },
      }),
    ).fail("f");
    forked.tell({ type: "incident.resolved", node: "f", action: "complete", port: "no" });
    expect(forked.ids()).toEqual(["execute/b#1"]);
  });

  test("complete keeps the value of an end", () => {
    const run = new TestRun(plan("start > x", { x: { type: "stop", ...once } })).fail("x");
    run.tell({ type: "incident.resolved", node: "x", action: "complete", hasOutput: true });
    expect(run.commands()).toEqual([{ type: "end", id: "end", status: "completed", outputOf: "x" }]);
  });

  test("fail fails the run, or leaves by the error port", () => {
    expect(resolve(incident(), "fail").commands()).toMatchObject([{ type: "end", status: "failed" }]);
    const run = new TestRun(plan("start > a > end; a:error > b > end")).fail("a", { kind: "unknown" });
    expect(resolve(run, "fail").ids()).toEqual(["execute/b#1"]);
  });

  test("leave other branches alone", () => {
    const run = new TestRun(plan("start > a > end; start > b > end", { a: once })).fail("a");
    expect(run.ids()).toEqual(["incident/a#1", "execute/b#1"]);
    expect(run.complete("b").ids()).toEqual(["incident/a#1"]);
  });

  test("may come from the host: nobody has the node's type", () => {
    const missing = { kind: "error", code: "node_type_missing", message: "No worker has it." } as const;
    const open = (run: TestRun, attempt = 1): TestRun =>
      run.tell({ type: "incident.opened", node: "a", incident: "node_type_missing", attempt, error: missing });
    const run = open(single().at(60_000));
    expect(run.status()).toBe("waiting");
    expect(resolve(run, "retry").commands()).toMatchObject([{ attempt: 2, readyAt: 0 }]);
    open(run, 2);
    expect(run.state.nodes["a"]).toMatchObject({ incident: "node_type_missing", opened: true, readyAt: 0 });
  });
});
