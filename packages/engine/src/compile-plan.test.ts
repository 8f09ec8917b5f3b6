import { describe, expect, test } from "vitest";
import { flow, flowPlan, lookup, plan } from "../test/flow.ts";
import { EngineError, compilePlan, nodeOf } from "./index.ts";

describe("a plan", () => {
  // start ┬ b ┬ d ─ end
  //       └ a ┘
  test("puts every node after its sources, ties by id, whatever the order of keys", () => {
    const edges = ["start > b > d > end", "start > a > d"];
    const ids = (lines: string[]): string[] => plan(lines.join(";")).order.map(({ id }) => id);
    expect(ids(edges)).toEqual(["a", "b", "d"]);
    expect(ids(edges.toReversed())).toEqual(["a", "b", "d"]);
  });

  test("resolves what a node leaves out", () => {
    expect(plan("start > a > end").nodes["a"]).toMatchObject({
      type: "act",
      ports: ["out"],
      terminal: false,
      effect: "repeatable",
      onUnknown: "ask",
      onExhausted: "incident",
      timeout: 300_000,
      keyRetention: 86_400_000,
      join: "all",
      incoming: [{ from: "start", port: "out", source: -1 }],
      outgoing: [{ port: "out", to: "end" }],
      hasErrorPort: false,
      undoesChildren: false,
      cut: [],
    });
    expect(plan("start > a > end").nodes["a"]).not.toHaveProperty("totalTimeout");
  });

  test("takes what a node says", () => {
    const nodes = {
      a: {
        type: "keyed",
        timeout: "2s",
        totalTimeout: "1m",
        onExhausted: "fail",
        onUnknown: "resend",
        keyRetention: "2h",
        compensate: { type: "mail", params: {} },
      },
    };
    const { order, finishTimeout, undoable } = plan("start > a > end; a:error > b > end", nodes, {
      timeouts: { finish: "30d" },
    });
    expect(order[0]).toMatchObject({
      effect: "keyed",
      timeout: 2_000,
      totalTimeout: 60_000,
      onExhausted: "fail",
      onUnknown: "resend",
      keyRetention: 7_200_000,
      hasErrorPort: true,
      compensate: { type: "mail", onUnknown: "resend" },
    });
    expect(finishTimeout).toBe(2_592_000_000);
    expect(undoable.map(({ id }) => id)).toEqual(["a"]);
  });

  test("takes a type's own answer to an unknown outcome where the node gives none", () => {
    expect(plan("start > a > end", { a: { type: "mail" } }).nodes["a"]?.onUnknown).toBe("resend");
  });

  test("counts a doubled edge once", () => {
    expect(plan("start > a > end; start > a").nodes["a"]?.incoming).toHaveLength(1);
  });

  // start ─ each { start ─ inner { start ─ x ─ end } ─ end } ─ end
  test("holds the bodies of loops at every depth, and knows what can be undone in them", () => {
    const edge = (from: string, to: string) => ({ from, to });
    const inner = {
      nodes: { x: { type: "act", params: {}, compensate: { type: "act", params: {} } } },
      edges: [edge("start", "x"), edge("x", "end")],
    };
    const outer = {
      nodes: { inner: { type: "loop", params: { body: inner } } },
      edges: [edge("start", "inner"), edge("inner", "end")],
    };
    const { root, bodies } = flowPlan("start > each > end", { each: { type: "loop", params: { body: outer } } });
    expect(Object.keys(bodies)).toEqual(["inner", "each"]);
    expect(root.nodes["each"]?.undoesChildren).toBe(true);
    expect(bodies["each"]?.nodes["inner"]?.undoesChildren).toBe(true);
    expect(bodies["inner"]?.nodes["x"]?.undoesChildren).toBe(false);
  });

  test("finds no node under a name that every object inherits", () => {
    expect(nodeOf(plan("start > a > end"), "constructor")).toBeUndefined();
    expect(nodeOf(plan("start > constructor > end"), "constructor")?.id).toBe("constructor");
  });
});

describe("what is no flow is refused", () => {
  const refusal = (edges: string, nodes?: Parameters<typeof flow>[1]): unknown => {
    try {
      return compilePlan(flow(edges, nodes), lookup);
    } catch (error) {
      return error instanceof EngineError ? error.code : error;
    }
  };

  test("a cycle", () => {
    expect(refusal("start > a > b > c > b; c > end")).toBe("cycle");
  });

  test("an unknown type, of a node or of a compensation", () => {
    expect(refusal("start > a > end", { a: { type: "nothing" } })).toBe("unknown_type");
    expect(refusal("start > a > end", { a: { compensate: { type: "nothing", params: {} } } })).toBe("unknown_type");
  });

  test("an edge to or from no node", () => {
    const document = flow("start > a > end");
    const broken = (edge: { from: string; to: string }) => () =>
      compilePlan({ ...document, edges: [...document.edges, edge] }, lookup);
    expect(broken({ from: "a", to: "gone" })).toThrow(EngineError);
    expect(broken({ from: "gone", to: "a" })).toThrow("ends at no node");
  });

  test("two loops of one name", () => {
    const body = { nodes: {}, edges: [{ from: "start", to: "end" }] };
    const twin = { nodes: { each: { type: "loop", params: { body } } }, edges: [{ from: "start", to: "each" }] };
    expect(
      refusal("start > other > end", {
        other: { type: "loop", params: { body: twin } },
        each: { type: "loop", params: { body } },
      }),
    ).toBe("duplicate_node");
  });
});
