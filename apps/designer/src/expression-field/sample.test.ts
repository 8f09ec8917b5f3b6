import type { FlowDocument } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, it } from "vitest";
import { exampleOf, scenarioRoots } from "./sample.ts";

const flow: FlowDocument = {
  dsl: 1,
  id: "demo",
  name: "Demo",
  triggers: [{ type: "event", event: "shop/order", input: { id: "{{ event.data.orderId }}" } }],
  nodes: {
    ask: { type: "ai.text", params: { prompt: "?" } },
    set: { type: "data.set", params: { values: { twice: "{{ nodes.ask.text }}{{ nodes.ask.text }}" } } },
  },
  edges: [
    { from: "start", to: "ask" },
    { from: "ask", to: "set" },
    { from: "set", to: "end" },
  ],
};

describe("the sample of a scenario", () => {
  const scenario = {
    name: "One",
    trigger: { event: "shop/order", data: { orderId: "A-1" } },
    answers: { ask: { output: { text: "ho" } } },
    expect: {},
  };

  it("holds the mapped input and what nodes gave", () => {
    expect(scenarioRoots(flow, builtinManifests, scenario)).toMatchObject({
      input: { id: "A-1" },
      nodes: { ask: { text: "ho" }, set: { twice: "hoho" } },
      ports: { ask: "out" },
    });
  });

  it("holds the input where the flow can't be walked", () => {
    const broken = { ...flow, edges: [{ from: "start", to: "nobody" }] };
    expect(scenarioRoots(broken, builtinManifests, scenario)).toMatchObject({ input: { id: "A-1" } });
  });
});

describe("an example of a schema", () => {
  it("has every field, with a value that fits", () => {
    expect(
      exampleOf({
        type: "object",
        properties: {
          kind: { enum: ["a", "b"] },
          at: { type: "string", format: "date-time" },
          n: { type: "number", minimum: 3 },
          deep: { type: "object", properties: { ok: { type: "boolean" } } },
          list: { type: "array" },
        },
      }),
    ).toEqual({ kind: "a", at: "2026-01-01T00:00:00Z", n: 3, deep: { ok: false }, list: [] });
    expect(exampleOf(true)).toBeNull();
  });
});
