import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { placeCards } from "../layout/layout-flow.ts";
import { addNode, type NewNode } from "./add-node.ts";
import { tidy } from "./arrange-cards.ts";
import { example, manifests } from "./flow.fixture.ts";
import { makeRoom } from "./make-room.ts";

const refund = tidy(example("refund"), manifests);

function type(name: string): NodeManifest {
  const found = manifests.find((manifest) => manifest.type === name);
  if (found === undefined) throw new Error(name);
  return found;
}

function added(flow: FlowDocument, options: NewNode): { flow: FlowDocument; id: string } {
  const made = addNode(flow, type("http.request"), options);
  return { id: made.id, flow: makeRoom(flow, made.flow, manifests, made.id) };
}

/** Pairs of cards that stand on each other. */
function overlaps(flow: FlowDocument): string[] {
  const { cards, positions } = placeCards(flow, manifests, { keep: flow.layout ?? {} });
  const boxes = Object.keys(flow.nodes).map((id) => ({ id, ...positions[id], ...cards.get(id) }));
  const over = (a = 0, long = 0, b = 0, wide = 0): boolean => a < b + wide && b < a + long;
  return boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter((b) => over(a.x, a.width, b.x, b.width) && over(a.y, a.height, b.y, b.height))
      .map((b) => `${a.id} ${b.id}`),
  );
}

describe("makeRoom", () => {
  it("puts a node on every way of a flow without a card on another", () => {
    for (const { from, port = "out", to } of refund.edges.filter((edge) => edge.to !== "end")) {
      const { flow, id } = added(refund, { onEdge: `${from}|${port}|${to}` });
      expect(overlaps(flow), `${from} ${to}`).toEqual([]);
      expect(flow.layout?.[id]?.x, `${from} ${to}`).toBe(refund.layout?.[to]?.x);
    }
  });

  it("moves what follows by one height, and nothing else", () => {
    const first = refund.edges.find(({ from }) => from === "start");
    const { flow, id } = added(refund, { onEdge: `start|out|${first?.to}` });
    const moved = Object.keys(refund.nodes).map(
      (node) => (flow.layout?.[node]?.y ?? 0) - (refund.layout?.[node]?.y ?? 0),
    );
    expect(new Set(moved).size).toBe(1);
    expect(flow.layout?.[id]).toEqual(refund.layout?.[first?.to ?? ""]);
    const aside = { ...refund, nodes: { ...refund.nodes, lone: { type: "sleep", params: { for: "1d" } } } };
    const placed = { ...aside, layout: { ...refund.layout, lone: { x: 2000, y: 3000 } } };
    expect(added(placed, { onEdge: `start|out|${first?.to}` }).flow.layout?.["lone"]).toEqual({ x: 2000, y: 3000 });
  });

  it("leaves a flow without positions as it is", () => {
    const { layout: _, ...bare } = refund;
    expect(added(bare, { after: { from: "start" } }).flow.layout).toBeUndefined();
  });

  it("takes the room that is there", () => {
    const flow: FlowDocument = {
      dsl: 1,
      id: "f",
      name: "F",
      triggers: [{ type: "call" }],
      nodes: { a: { type: "sleep", params: { for: "1d" } }, b: { type: "sleep", params: { for: "1d" } } },
      edges: [
        { from: "start", to: "a" },
        { from: "a", to: "b" },
      ],
      layout: { a: { x: 0, y: 0 }, b: { x: 0, y: 600 } },
    };
    const { flow: after, id } = added(flow, { after: { from: "a" } });
    expect(after.layout).toEqual({ ...flow.layout, [id]: { x: 0, y: 498 } });
  });

  it("moves what stands below a loop that grows", () => {
    const item = { type: "sleep", params: { for: "1d" } };
    const body = { nodes: { one: item }, edges: [{ from: "start", to: "one" }] };
    const flow: FlowDocument = {
      dsl: 1,
      id: "f",
      name: "F",
      triggers: [{ type: "call" }],
      nodes: { each: { type: "forEach", params: { items: "{{ [1] }}", body } }, after: item },
      edges: [
        { from: "start", to: "each" },
        { from: "each", to: "after" },
      ],
      layout: { each: { x: 0, y: 0 }, one: { x: 36, y: 58 }, after: { x: 0, y: 300 } },
    };
    const { flow: after } = added(flow, { after: { from: "start" }, into: "each" });
    expect(after.layout?.["one"]?.y).toBeGreaterThan(58);
    expect(after.layout?.["after"]?.y).toBeGreaterThan(300);
  });
});
