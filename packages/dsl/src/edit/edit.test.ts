import { describe, expect, it } from "vitest";
import type { FlowDocument } from "../document/flow.ts";
import { applyChanges } from "./apply-changes.ts";
import { invertChanges } from "./change.ts";
import { changesBetween } from "./changes-between.ts";

const flow: FlowDocument = {
  dsl: 1,
  id: "refund",
  name: "Refund",
  triggers: [{ type: "call" }],
  nodes: {
    approval: { type: "wait.event", params: { timeout: "7d", outcomes: [{ port: "approved", event: "a/b" }] } },
    each: {
      type: "forEach",
      params: {
        items: "{{ input.lines }}",
        body: { nodes: { pay: { type: "sleep", params: { for: "1s" } } }, edges: [{ from: "start", to: "pay" }] },
      },
    },
  },
  edges: [
    { from: "start", to: "approval" },
    { from: "approval", port: "approved", to: "each" },
    { from: "each", to: "end" },
  ],
};

const approval = { type: "wait.event", params: { timeout: "5d", outcomes: [{ port: "approved", event: "a/b" }] } };

describe("changesBetween", () => {
  it("names edges by what they connect, in bodies too", () => {
    const after = structuredClone(flow);
    after.edges = [...after.edges.slice(0, 2), { from: "each", to: "approval" }];
    after.nodes["each"] = {
      type: "forEach",
      params: {
        items: "{{ input.lines }}",
        body: {
          nodes: { pay: { type: "sleep", params: { for: "2s" } } },
          edges: [
            { from: "start", to: "pay" },
            { from: "pay", to: "end" },
          ],
        },
      },
    };
    expect(changesBetween(flow, after)).toEqual([
      { path: ["nodes", "each", "params", "body", "nodes", "pay", "params", "for"], before: "1s", after: "2s" },
      { path: ["nodes", "each", "params", "body", "edges", "pay|out|end"], after: { from: "pay", to: "end" } },
      { path: ["edges", "each|out|end"], before: { from: "each", to: "end" } },
      { path: ["edges", "each|out|approval"], after: { from: "each", to: "approval" } },
    ]);
  });

  it("takes an edge that stands twice for two", () => {
    const twice = { ...flow, edges: [...flow.edges, { from: "each", to: "end" }] };
    const changes = changesBetween(flow, twice);
    expect(changes).toEqual([{ path: ["edges", "each|out|end#2"], after: { from: "each", to: "end" } }]);
    expect(applyChanges(twice, invertChanges(changes)).document).toEqual(flow);
  });

  it("keeps positions of different people apart, also the first ones", () => {
    const mine = changesBetween(flow, { ...flow, layout: { approval: { x: 1, y: 2 } } });
    const theirs = { ...flow, layout: { each: { x: 3, y: 4 } } };
    expect(applyChanges(theirs, mine)).toEqual({
      document: { ...flow, layout: { each: { x: 3, y: 4 }, approval: { x: 1, y: 2 } } },
      conflicts: [],
    });
  });
});

describe("applyChanges", () => {
  const later = { ...flow, nodes: { ...flow.nodes, approval } };

  it("keeps what somebody else has put in its place, and says what it is", () => {
    const change = { path: ["nodes", "approval", "params", "timeout"], before: "7d", after: "9d" };
    expect(applyChanges(later, [change])).toEqual({ document: later, conflicts: [{ change, found: "5d" }] });
  });

  it("keeps a node that somebody else has changed meanwhile", () => {
    const change = { path: ["nodes", "approval"], before: flow.nodes["approval"] ?? null };
    expect(applyChanges(later, [change])).toEqual({ document: later, conflicts: [{ change, found: approval }] });
  });

  it("tells a change within a node that is gone", () => {
    const change = { path: ["nodes", "gone", "params", "timeout"], after: "9d" };
    expect(applyChanges(flow, [change])).toEqual({ document: flow, conflicts: [{ change, found: undefined }] });
  });

  it("makes a change twice without complaint", () => {
    const changes = changesBetween(flow, later);
    const once = applyChanges(flow, changes).document;
    expect(applyChanges(once, changes)).toEqual({ document: once, conflicts: [] });
  });

  it("leaves what it does not touch as it is", () => {
    const { document } = applyChanges(flow, changesBetween(flow, later));
    expect(document.nodes["each"]).toBe(flow.nodes["each"]);
    expect(document.edges).toBe(flow.edges);
  });

  it("does not take a document's first level apart", () => {
    const changes = [{ path: ["nodes"], before: flow.nodes }];
    expect(applyChanges(flow, changes).document).toBe(flow);
    expect(applyChanges(flow, changes).conflicts).toHaveLength(1);
  });
});
