import { expect, test } from "vitest";
import { earlierPassages } from "./earlier-passages.ts";
import type { RunStep } from "./run-step.ts";
import { timelineOf } from "./timeline.ts";

const at = (second: number): string => new Date(Date.UTC(2026, 2, 1, 9, 0, second)).toISOString();
const ms = (second: number): number => Date.parse(at(second));

function step(call: string, [from, to]: readonly [number, number], output: RunStep["output"] = null): RunStep {
  return {
    id: call,
    node: "work",
    call,
    status: "completed",
    attempt: 1,
    startedAt: at(from),
    finishedAt: at(to),
    input: null,
    output,
    port: null,
    error: null,
    meta: null,
    large: [],
  };
}

const ALLOWED = { outcome: "approved", by: { kind: "person", id: "1", name: "Marta" }, at: at(60) };

test("what came before a wait in the middle of a step is work, and the wait is waiting", () => {
  const steps = [
    step("turn-1", [0, 2]),
    step("ask", [2, 60], ALLOWED),
    step("turn-2", [60, 64]),
    step("main", [60, 65]),
  ];
  const { parts, waits } = earlierPassages(steps);
  expect(parts.map(({ call }) => call)).toEqual(["turn-1"]);
  expect(waits).toEqual([{ node: "work", kind: "event", openedAt: ms(2), closedAt: ms(60) }]);
  const timeline = timelineOf({
    startedAt: ms(0),
    finishedAt: ms(65),
    now: ms(100),
    nodes: [{ id: "work", name: "Work", status: "completed" }],
    edges: [],
    steps: [
      {
        id: "main",
        node: "work",
        call: "main",
        attempt: 1,
        status: "completed",
        startedAt: ms(60),
        finishedAt: ms(65),
      },
      ...parts,
    ],
    waits,
  });
  expect(timeline).toMatchObject({ worked: 7_000, waited: 58_000 });
  expect(timeline.rows[0]).toMatchObject({ took: 65_000, tries: [] });
});

test("the parts of a step without a wait are that step's own time", () => {
  expect(earlierPassages([step("ask", [0, 2]), step("main", [0, 3])])).toEqual({ parts: [], waits: [] });
});
