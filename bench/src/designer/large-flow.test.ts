import { validateFlow } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, test } from "vitest";
import { BLOCK, largeFlow } from "./large-flow.ts";

test("the large flow has as many nodes as it is asked for, and nothing is wrong with it", () => {
  const flow = largeFlow(100);
  expect(Object.keys(flow.nodes)).toHaveLength(100 * BLOCK);
  expect(validateFlow(flow, builtinManifests).issues).toEqual([]);
  expect(largeFlow(100)).toEqual(flow);
});
