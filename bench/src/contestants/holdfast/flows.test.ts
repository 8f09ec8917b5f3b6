import { expect, test } from "vitest";
import { validateFlow } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { FLOWS, waitingInput } from "./flows.ts";
import { Marks, nodeTypes } from "./node-types.ts";

const manifests = [...builtinManifests, ...nodeTypes(new Marks()).map((node) => node.manifest)];

test.each(Object.entries(FLOWS))("%s can be published", (_, flow) => {
  expect(validateFlow(flow, manifests).issues.filter((issue) => issue.severity === "error")).toEqual([]);
});

test("the input of a waiting run has a hundred bytes", () => {
  expect(JSON.stringify(waitingInput("0199-some-key-of-a-run"))).toHaveLength(100);
});
