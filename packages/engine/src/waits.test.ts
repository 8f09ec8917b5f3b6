import { describe, expect, test } from "vitest";
import { plan } from "../test/flow.ts";
import { TestRun } from "../test/run.ts";

const ports = { type: "fork", params: { ports: ["approved", "timeout"] } };

// start ─ w ┬ approved ─ a ─ end
//           └ timeout ── b ─ end
function approval(deadline?: number): TestRun {
  const run = new TestRun(plan("start > w:approved > a > end; w:timeout > b > end", { w: ports }));
  const ends = deadline === undefined ? {} : { deadline: { at: deadline, port: "timeout" } };
  return run.tell({ type: "step.waiting", node: "w", wait: "event", ...ends });
}

describe("a wait", () => {
  test("asks for nothing until it is resolved", () => {
    const run = approval(1_000);
    expect(run.ids()).toEqual([]);
    expect(run.wakeAt()).toBe(1_000);
    expect(run.status()).toBe("waiting");
    run.at(400).complete("w", { port: "approved" });
    expect(run.commands()).toMatchObject([{ id: "execute/a#1", readyAt: 400 }]);
  });

  test("expires at its deadline", () => {
    const run = approval(1_000).at(1_000);
    expect(run.commands()).toEqual([
      { type: "expire", id: "expire/w#1", node: "w", attempt: 1, port: "timeout", deadline: 1_000 },
    ]);
    run.complete("w", { port: "timeout" });
    expect(run.ids()).toEqual(["execute/b#1"]);
  });

  test("without a deadline waits for ever", () => {
    expect(approval().wakeAt()).toBeUndefined();
    expect(approval().at(1e15).ids()).toEqual([]);
  });

  test("is resolved once", () => {
    const run = approval(1_000).complete("w", { port: "approved" });
    const before = run.state;
    expect(run.complete("w", { port: "timeout" }).state).toBe(before);
    expect(run.tell({ type: "step.waiting", node: "w", wait: "event" }).state).toBe(before);
  });

  test("can fail, and be tried again", () => {
    const run = approval(1_000).fail("w");
    expect(run.wakeAt()).toBe(500);
    expect(run.at(500).ids()).toEqual(["execute/w#2"]);
    run.tell({ type: "step.waiting", node: "w", wait: "time", deadline: { at: 900, port: "timeout" } });
    expect(run.at(900).ids()).toEqual(["expire/w#2"]);
  });

  test("wakes the run at the nearest of several deadlines", () => {
    const run = new TestRun(plan("start > a > end; start > b > end; start > c > end"));
    for (const [node, at] of [
      ["a", 30],
      ["b", 10],
      ["c", 20],
    ] as const) {
      run.tell({ type: "step.waiting", node, wait: "time", deadline: { at, port: "out" } });
    }
    expect(run.wakeAt()).toBe(10);
  });
});

describe("a wait in the middle of a step", () => {
  // start ─ a ─ end
  const middle = (): TestRun =>
    new TestRun(plan("start > a > end", { a: { retry: { maxAttempts: 2, jitter: "none" } } }));
  const wait = { type: "step.waiting", node: "a", attempt: 1, wait: "event", resumes: "reply" } as const;
  const ended = { type: "wait.ended", node: "a", attempt: 1, passage: 0 } as const;

  test("goes on with the same attempt, and with the time that its first passage was given", () => {
    const run = middle().at(40).tell(wait);
    expect(run.ids()).toEqual([]);
    expect(run.status()).toBe("waiting");
    run.at(900).tell(ended);
    expect(run.commands()).toEqual([
      {
        type: "execute",
        id: "execute/a#1.1",
        node: "a",
        attempt: 1,
        phase: "begin",
        passage: 1,
        readyAt: 0,
        timeout: 300_000,
      },
    ]);
    expect(run.complete("a").end().status()).toBe("completed");
  });

  test("is not what the step gives", () => {
    const run = middle().tell(wait);
    const { state } = run;
    expect(run.complete("a").state).toBe(state);
    expect(run.tell({ ...ended, passage: 1 }).state).toBe(state);
    expect(run.tell({ ...ended, attempt: 2 }).state).toBe(state);
  });

  test("may be followed by another, and neither is opened or ended twice", () => {
    const run = middle().tell(wait).tell(ended);
    const { state } = run;
    expect(run.tell(ended).state).toBe(state);
    expect(run.tell(wait).state).toBe(state);
    run.tell({ ...wait, passage: 1, resumes: "second" });
    expect(run.state.nodes["a"]).toMatchObject({
      status: "waiting",
      resumes: { call: "second", passage: 1, readyAt: 0 },
    });
    expect(run.tell({ ...ended, passage: 1 }).ids()).toEqual(["execute/a#1.2"]);
  });

  test("leaves the number of tries as it is", () => {
    const run = middle().tell(wait).tell(ended).fail("a");
    expect(run.at(run.wakeAt() ?? 0).ids()).toEqual(["execute/a#2"]);
    run.tell({ ...wait, attempt: 2 });
    expect(run.tell({ ...ended, attempt: 2 }).ids()).toEqual(["execute/a#2.1"]);
  });

  test("has a deadline like any other", () => {
    const run = middle().tell({ ...wait, deadline: { at: 500, port: "timeout" } });
    expect(run.at(500).commands()).toMatchObject([{ type: "expire", node: "a", port: "timeout" }]);
  });

  test("counts the key's age anew: what comes after it has not been sent before", () => {
    const keyed = new TestRun(plan("start > a > end", { a: { type: "keyed" } }));
    const day = 25 * 60 * 60 * 1_000;
    keyed.tell(wait).at(day).tell(ended);
    expect(keyed.ids()).toEqual(["execute/a#1.1"]);
  });

  test("is closed when the run is canceled", () => {
    const run = middle().tell(wait).tell({ type: "run.canceled", mode: "cancel" });
    expect(run.ids()).toEqual(["cancel/a#1"]);
    expect(run.tell({ type: "step.canceled", node: "a", of: "step" }).end().status()).toBe("canceled");
  });
});

describe("the time to finish", () => {
  const run = (): TestRun => new TestRun(plan("start > a > end", {}, { timeouts: { finish: "1m" } }));

  test("is a time to wake up", () => {
    expect(run().wakeAt()).toBe(60_000);
    expect(run().at(59_999).ids()).toEqual(["execute/a#1"]);
  });

  test("stops the run, whatever it waits for", () => {
    const late = run().tell({ type: "step.waiting", node: "a", wait: "event" }).at(60_000);
    expect(late.commands()).toMatchObject([{ type: "timeOut", error: { code: "finish_timeout" } }]);
    late.tell({ type: "run.timed_out" });
    expect(late.ids()).toEqual(["cancel/a#1"]);
    late.tell({ type: "step.canceled", node: "a" });
    expect(late.commands()).toMatchObject([{ type: "end", status: "failed", error: { code: "finish_timeout" } }]);
  });

  test("is over once the run stops for another reason", () => {
    const canceled = run().tell({ type: "run.canceled", mode: "cancel" }).at(60_000);
    expect(canceled.ids()).toEqual(["cancel/a#1"]);
    expect(canceled.tell({ type: "run.timed_out" }).state.stop?.reason).toBe("canceled");
  });
});

describe("a paused run", () => {
  test("begins no step; what was under way is recorded", () => {
    const run = new TestRun(plan("start > a > b > end")).tell({ type: "run.paused" });
    expect(run.status()).toBe("paused");
    expect(run.ids()).toEqual([]);
    run.complete("a");
    expect(run.ids()).toEqual([]);
    run.tell({ type: "run.resumed" });
    expect(run.ids()).toEqual(["execute/b#1"]);
  });

  test("does not try again, and starts no child", () => {
    const run = new TestRun(plan("start > a > end; start > b > end"));
    run.fail("a").tell({ type: "step.children", node: "b", first: 0, total: 9, concurrency: 2, stopOnError: true });
    run.at(5_000).tell({ type: "run.paused" });
    expect(run.ids()).toEqual([]);
    expect(run.wakeAt()).toBeUndefined();
    expect(run.tell({ type: "run.resumed" }).ids()).toEqual(["execute/a#2", "start/b#1.0"]);
  });

  test("lets waits end and deadlines run", () => {
    const run = approval(1_000).tell({ type: "run.paused" });
    expect(run.wakeAt()).toBe(1_000);
    expect(run.at(1_000).ids()).toEqual(["expire/w#1"]);
    run.complete("w", { port: "timeout" });
    expect(run.derived().nodes["b"]).toBe("scheduled");
    expect(run.ids()).toEqual([]);
  });

  test("can end: that begins nothing", () => {
    const run = new TestRun(plan("start > a > end")).tell({ type: "run.paused" }).complete("a");
    expect(run.ids()).toEqual(["end"]);
  });

  test("is paused and resumed once", () => {
    const run = new TestRun(plan("start > a > end"));
    const before = run.state;
    expect(run.tell({ type: "run.resumed" }).state).toBe(before);
    const paused = run.tell({ type: "run.paused" }).state;
    expect(run.tell({ type: "run.paused" }).state).toBe(paused);
  });
});
