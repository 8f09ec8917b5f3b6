import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, test, vi } from "vitest";
import { example } from "./flow.fixture.ts";
import { createFlowStore } from "./flow-store.ts";

test("node types that come and go change what is wrong, and neither what was done nor what is selected", () => {
  const onChange = vi.fn<() => void>();
  const store = createFlowStore({ flow: example("refund"), manifests: builtinManifests, onChange, checkAfter: 1e9 });
  const errors = (): number => store.getState().check().length;
  const before = errors();
  store.getState().run("Name it", (flow) => ({ ...flow, name: "Another" }));
  store.getState().select({ nodes: new Set(["approval"]) });
  store.getState().learn(builtinManifests.filter(({ type }) => type !== "email.send"));
  expect(errors()).toBeGreaterThan(before);
  store.getState().learn(builtinManifests);
  expect(errors()).toBe(before);
  const { selection, undoLabel, flow } = store.getState();
  expect([[...selection.nodes], undoLabel, flow.name]).toEqual([["approval"], "Name it", "Another"]);
  expect(onChange).toHaveBeenCalledOnce();
});
