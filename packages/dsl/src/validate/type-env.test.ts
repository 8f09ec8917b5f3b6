import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, it } from "vitest";
import type { FlowDocument } from "../document/flow.ts";
import { typeEnvAt } from "./type-env.ts";

const flow: FlowDocument = {
  dsl: 1,
  id: "demo",
  name: "Demo",
  triggers: [{ type: "event", event: "shop/order.placed", input: "{{ event.data }}" }],
  input: { type: "object", properties: { total: { type: "number" } }, required: ["total"] },
  nodes: {
    ask: {
      type: "ai.object",
      params: { prompt: "?", schema: { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] } },
      compensate: { type: "http.request", params: { method: "POST", url: "https://shop.example/undo" } },
    },
    split: { type: "branch", params: { cases: [{ port: "yes", when: "nodes.ask.ok" }] } },
    each: {
      type: "forEach",
      params: {
        items: [1, 2],
        body: {
          nodes: { one: { type: "data.set", params: { values: {} } } },
          edges: [
            { from: "start", to: "one" },
            { from: "one", to: "end" },
          ],
        },
      },
    },
    wait: { type: "wait.event", params: { outcomes: [{ port: "came", event: "shop/x" }] } },
  },
  edges: [
    { from: "start", to: "ask" },
    { from: "ask", to: "split" },
    { from: "split", port: "yes", to: "each" },
    { from: "split", port: "otherwise", to: "wait" },
    { from: "each", to: "wait" },
    { from: "wait", port: "came", to: "end" },
  ],
};

/** Two nodes beside each other, and one that comes after them. */
function both(join: "all" | "any"): FlowDocument {
  const values = { type: "data.set", params: { values: {} } };
  return {
    dsl: 1,
    id: "both",
    name: "Both",
    triggers: [{ type: "call" }],
    nodes: { left: values, right: values, meet: { ...values, join } },
    edges: [
      { from: "start", to: "left" },
      { from: "start", to: "right" },
      { from: "left", to: "meet" },
      { from: "right", to: "meet" },
      { from: "meet", to: "end" },
    ],
  };
}

const rootsAt = (pointer: string) => typeEnvAt(flow, builtinManifests, pointer).roots;

describe("what an expression at a place may read", () => {
  it("knows the input and the nodes before", () => {
    const { input, nodes } = rootsAt("/nodes/split/params/cases/0/when");
    expect(input).toBe(flow.input);
    expect(nodes?.["ask"]).toEqual({ schema: flow.nodes["ask"]?.params["schema"], presence: "always" });
    expect(nodes?.["wait"]?.presence).toBe("never");
  });

  it("knows what may not have completed", () => {
    expect(rootsAt("/nodes/wait/params/timeout").nodes?.["each"]?.presence).toBe("maybe");
  });

  it("adds the roots of the place, also where nothing stands yet", () => {
    expect(Object.keys(rootsAt("/nodes/wait/params/outcomes/0/where"))).toContain("event");
    expect(Object.keys(rootsAt("/nodes/wait/params/outcomes/3/where"))).toContain("event");
    expect(Object.keys(rootsAt("/nodes/wait/params/outcomes/0/match/a"))).not.toContain("event");
  });

  it("gives a body what its loop reads, and the item", () => {
    const roots = rootsAt("/nodes/each/params/body/nodes/one/params/values/a");
    expect(roots.item).toBeDefined();
    expect(roots.index).toEqual({ type: "integer" });
    expect(roots.nodes?.["ask"]?.presence).toBe("always");
  });

  it("lets a compensation read what its node gave", () => {
    expect(rootsAt("/nodes/ask/compensate/params/url").nodes?.["ask"]?.presence).toBe("always");
    expect(rootsAt("/nodes/ask/params/prompt").nodes?.["ask"]?.presence).toBe("never");
  });

  it("knows mappings and the requester", () => {
    expect(Object.keys(rootsAt("/triggers/0/input/orderId"))).toEqual(["event"]);
    expect(Object.keys(rootsAt("/settings/requester")).toSorted()).toEqual(["input", "nodes", "trigger"]);
  });

  it("sees at once what a join or a port changes, also where the list of edges is the same", () => {
    const { edges } = both("all");
    const readers = (document: FlowDocument): (string | undefined)[] => {
      const { nodes } = typeEnvAt(document, builtinManifests, "/nodes/meet/params/values").roots;
      return ["left", "right"].map((id) => nodes?.[id]?.presence);
    };
    expect(readers({ ...both("all"), edges })).toEqual(["always", "always"]);
    expect(readers({ ...both("any"), edges })).toEqual(["maybe", "maybe"]);
    expect(readers({ ...both("all"), edges })).toEqual(["always", "always"]);
    const parted = { type: "branch", params: { cases: [{ port: "yes", when: "true" }] } };
    const without = { ...both("all"), nodes: { ...both("all").nodes, right: parted }, edges };
    expect(readers(without)).toEqual(["always", "never"]);
  });

  it("gives nothing where no expression stands", () => {
    expect(rootsAt("/name")).toEqual({});
    expect(rootsAt("/nodes/nobody/params/x")).toEqual({});
  });

  it("tells about every node of a large flow, not only those that are mentioned", () => {
    const ids = Array.from({ length: 150 }, (_, index) => `n${index}`);
    const large: FlowDocument = {
      ...flow,
      nodes: Object.fromEntries(ids.map((id) => [id, { type: "data.set", params: { values: { a: 1 } } }])),
      edges: ids.map((id, index) => ({ from: index === 0 ? "start" : `n${index - 1}`, to: id })),
    };
    const { nodes } = typeEnvAt(large, builtinManifests, "/nodes/n149/params/values/b").roots;
    expect(nodes?.["n3"]?.presence).toBe("always");
  });
});
