import { type FlowDocument, parseFlow } from "@holdfast/dsl";
import { refundPayment } from "@holdfast/example-payment";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, test } from "vitest";
import { refundDocument } from "../../test/support/refund-flow.ts";
import { runScenarios } from "./run-scenarios.ts";

function flowOf(document: unknown): FlowDocument {
  const parsed = parseFlow(document);
  if (!parsed.ok) throw new Error(parsed.issues[0]?.message);
  return parsed.flow;
}

test("all scenarios of the refund hold", async () => {
  const flow = flowOf(await refundDocument());
  const outcomes = await runScenarios({
    flow,
    flows: [flow],
    manifests: [...builtinManifests, refundPayment.manifest],
  });
  expect(outcomes.length).toBeGreaterThan(5);
  expect(outcomes.filter(({ passed }) => !passed)).toEqual([]);
});

test("one without end is stopped, and holds nothing up meanwhile", async () => {
  const pause = { nodes: { pause: { type: "sleep", params: { for: "1s" } } }, edges: [] };
  const flow = flowOf({
    dsl: 1,
    id: "endless",
    name: "Endless",
    triggers: [{ type: "call" }],
    nodes: {
      again: {
        type: "repeat",
        params: {
          until: "false",
          maxIterations: 10_000,
          body: {
            ...pause,
            edges: [
              { from: "start", to: "pause" },
              { from: "pause", to: "end" },
            ],
          },
        },
      },
    },
    edges: [
      { from: "start", to: "again" },
      { from: "again", to: "end" },
    ],
    tests: [{ name: "goes on", input: {}, advance: "365d", expect: { status: "waiting" } }],
  });
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 1);
  await expect(runScenarios({ flow, flows: [flow], manifests: builtinManifests }, 300)).rejects.toMatchObject({
    code: "scenarios_endless",
  });
  clearInterval(turning);
  expect(turns).toBeGreaterThan(20);
});
