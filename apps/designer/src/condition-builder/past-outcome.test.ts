import { expect, it } from "vitest";
import { nodesRead, pastOutcome } from "./past-outcome.ts";

const run = (amount: number, score?: number) => ({
  input: { amount },
  nodes: score === undefined ? {} : { judge: { score } },
});

it.each([
  { source: "input.amount > 100", nodes: [] },
  { source: "nodes.judge.score > 0.5 && ports.ask == 'yes' && nodes.judge.ok", nodes: ["ask", "judge"] },
  { source: "item.price > 5", nodes: undefined },
  { source: "event.data.ok", nodes: undefined },
  { source: "true", nodes: undefined },
  { source: "nodes.judge.", nodes: undefined },
])("reads $nodes in $source", ({ source, nodes }) => {
  expect(nodesRead(source)).toEqual(nodes);
});

it("counts where it held, among the runs that had what it reads", () => {
  const runs = [run(50, 0.9), run(150, 0.2), run(150, 0.8), run(300)];
  expect(pastOutcome("input.amount > 100", runs)).toEqual({ held: 3, of: 4 });
  expect(pastOutcome("nodes.judge.score > 0.5", runs)).toEqual({ held: 2, of: 3 });
  expect(pastOutcome("has(nodes.judge) && input.amount > 100", runs)).toEqual({ held: 2, of: 4 });
  expect(pastOutcome("input.amount", runs)).toEqual({ held: 0, of: 0 });
});
