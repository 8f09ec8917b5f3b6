import { expect, it } from "vitest";
import type { FlowDocument } from "../document/flow.ts";
import { countChangedPlaces } from "./changed-places.ts";

const flow: FlowDocument = {
  dsl: 1,
  id: "f",
  name: "F",
  triggers: [{ type: "call" }],
  nodes: {
    a: { type: "data.set", params: { values: { x: 1, y: 2 } } },
    b: { type: "data.set", params: { values: {} } },
  },
  edges: [
    { from: "start", to: "a" },
    { from: "a", to: "b" },
  ],
  layout: { a: { x: 0, y: 0 } },
};

it.each<[string, FlowDocument, number]>([
  ["nothing", flow, 0],
  ["a moved card", { ...flow, layout: { a: { x: 9, y: 9 } } }, 0],
  ["versions of node types", { ...flow, uses: { "data.set": 2 } }, 0],
  [
    "two fields of one card",
    { ...flow, nodes: { ...flow.nodes, a: { type: "data.set", params: { values: { x: 3, y: 4 } } } } },
    1,
  ],
  [
    "a card and an edge that leaves it",
    {
      ...flow,
      nodes: { ...flow.nodes, a: { type: "data.set", params: { values: {} } } },
      edges: [{ from: "start", to: "a" }],
    },
    1,
  ],
  [
    "the trigger and a setting",
    {
      ...flow,
      edges: [
        { from: "start", to: "b" },
        { from: "a", to: "b" },
      ],
      settings: { timeZone: "Europe/Kyiv" },
    },
    2,
  ],
])("counts %s", (_, after, count) => {
  expect(countChangedPlaces(flow, after)).toBe(count);
});
