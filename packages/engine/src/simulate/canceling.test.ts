import { describe, expect, test } from "vitest";
import { parsed, world } from "../../golden/flows.ts";
import { Simulation } from "./index.ts";

const DAY = 86_400_000;
const http = { type: "http.request", params: { method: "POST", url: "https://shop.example/pay" } };
const undone = { ...http, compensate: http };

describe("a run that is being canceled", () => {
  test("waits for a child whose compensation needs a person", () => {
    const wait = { type: "wait.event", params: { outcomes: [{ port: "out", event: "never" }], timeout: "9d" } };
    const flows = new Map([
      ["inner", parsed("inner", { edges: "start > a > w > end", nodes: { a: undone, w: wait } })],
    ]);
    const call = { type: "invoke", params: { flow: "inner", input: {} } };
    const run = new Simulation({
      ...world,
      flow: parsed("test", { edges: "start > call > end", nodes: { call } }),
      input: { id: "O-1" },
      flows,
      answers: { a: { output: {} } },
    });
    expect(run.waits).toMatchObject([{ run: "run/call.0", node: "w", deadline: world.now + 9 * DAY }]);
    expect(run.incidents).toEqual([]);
    run.failNext("a", { kind: "fatal", code: "no", message: "No" }, "undo");
    run.cancel();
    run.advance(1);
    expect(run.questions).toEqual([]);
    expect(run.incidents).toMatchObject([{ run: "run/call.0", node: "a" }]);
    run.resolveIncident("a", "fail", { run: "run/call.0" });
    expect(run.status).toBe("canceled");
  });
});
