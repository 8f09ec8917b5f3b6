import { describe, expect, test } from "vitest";
import { plan } from "../test/flow.ts";
import { TestRun } from "../test/run.ts";

describe("a sequence", () => {
  // start ─ a ─ b ─ end
  test("runs one node after the other, and ends", () => {
    const run = new TestRun(plan("start > a > b > end"));
    expect(run.commands()).toEqual([
      { type: "execute", id: "execute/a#1", node: "a", attempt: 1, phase: "begin", readyAt: 0, timeout: 300_000 },
    ]);
    run.at(5).complete("a");
    expect(run.ids()).toEqual(["execute/b#1"]);
    expect(run.commands()[0]).toMatchObject({ readyAt: 5 });
    run.at(7).complete("b");
    expect(run.commands()).toEqual([{ type: "end", id: "end", status: "completed" }]);
    run.end();
    expect(run.commands()).toEqual([]);
    expect(run.status()).toBe("completed");
  });
});
