import { describe, expect, it } from "vitest";
import type { FlowDocument } from "../document/flow.ts";
import { parseFlow } from "../document/parse-flow.ts";
import { diffFlows } from "./diff-flows.ts";
import type { SemanticDiff } from "./change.ts";

const before = {
  dsl: 1,
  id: "refund",
  name: "Refund",
  triggers: [{ type: "call" }],
  nodes: {
    analyze: { type: "ai.object", params: { prompt: "Order {{ input.orderId }}", schema: { type: "object", required: ["a", "b"] } } },
    check: { type: "branch", params: { cases: [{ port: "yes", when: "nodes.analyze.a" }, { port: "no", when: "nodes.analyze.b" }] } },
    ask: { type: "wait.event", name: "Ask", params: { outcomes: [{ port: "ok", event: "ok" }], timeout: "7d" } },
    each: { type: "forEach", params: { items: [1], body: { nodes: { give: { type: "end", params: {} } }, edges: [{ from: "start", to: "give" }] } } },
  },
  edges: [
    { from: "start", to: "analyze" },
    { from: "analyze", to: "check" },
    { from: "check", port: "yes", to: "ask" },
    { from: "ask", port: "ok", to: "each" },
  ],
  settings: { timeZone: "Europe/Kyiv" },
  layout: { analyze: { x: 0, y: 0 } },
}; // prettier-ignore

function read(document: unknown): FlowDocument {
  const parsed = parseFlow(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.flow;
}

/** The difference between the flow above and the same after `edit` was done to its text. */
function after(edit: (document: typeof before) => unknown): SemanticDiff {
  return diffFlows(read(before), read(edit(structuredClone(before))));
}

describe("diffFlows", () => {
  it("sees nothing in layout, notes, order of keys and edges, or a written default", () => {
    const diff = after((flow) => ({
      ...flow,
      edges: flow.edges.toReversed(),
      layout: { ask: { x: 5, y: 5 } },
      notes: { a: { text: "!", x: 0, y: 0 } },
      nodes: { ...flow.nodes, ask: { ...flow.nodes.ask, timeout: "5m", join: "all" } },
    }));
    expect(diff).toEqual({ changes: [], summary: [] });
  });

  it("tells a changed param with its place and both values", () => {
    const diff = after((flow) => {
      flow.nodes.ask.params.timeout = "5d";
      return flow;
    });
    expect(diff.changes).toEqual([
      {
        kind: "changed",
        subject: { type: "node", id: "ask" },
        pointer: "/nodes/ask/params/timeout",
        before: "7d",
        after: "5d",
      },
    ]);
    expect(diff.summary).toEqual(["ask: timeout changed from 7d to 5d"]);
  });

  it("tells nodes and edges that came and went", () => {
    const { ask, ...nodes } = before.nodes;
    const diff = after((flow) => ({
      ...flow,
      nodes: { ...nodes, mail: { type: "email.send", params: { to: "a@example.com" } } },
      edges: [...flow.edges.slice(0, 2), { from: "check", port: "yes", to: "mail" }],
    }));
    expect(diff.summary).toEqual([
      "node ask (wait.event) removed",
      "node mail (email.send) added",
      "edge ask by ok → each removed",
      "edge check by yes → ask removed",
      "edge check by yes → mail added",
    ]);
  });

  it("tells a renamed node once, whatever refers to it", () => {
    const text = JSON.stringify(before)
      .replaceAll('"analyze"', '"decide"')
      .replaceAll("nodes.analyze.", "nodes.decide.");
    const diff = diffFlows(read(before), read(JSON.parse(text)));
    expect(diff.summary).toEqual(["node analyze renamed to decide"]);
    expect(diff.changes).toEqual([
      {
        kind: "renamed",
        subject: { type: "node", id: "decide" },
        pointer: "/nodes/decide",
        before: "analyze",
        after: "decide",
      },
    ]);
  });

  it("compares elements of lists by what they are called", () => {
    const diff = after((flow) => {
      flow.nodes.check.params.cases = [
        { port: "maybe", when: "true" },
        { port: "yes", when: "nodes.analyze.a && true" },
        { port: "no", when: "nodes.analyze.b" },
      ];
      flow.nodes.analyze.params.schema.required = ["b", "c"];
      return flow;
    });
    expect(diff.summary).toEqual([
      "analyze: schema.required.0 removed",
      "analyze: schema.required.1 added",
      "check: cases.0 added",
      "check: cases.1.when changed from nodes.analyze.a to nodes.analyze.a && true",
    ]);
  });

  it("tells a new order where the order means something", () => {
    const diff = after((flow) => {
      flow.nodes.check.params.cases.reverse();
      return flow;
    });
    expect(diff.summary).toEqual(["check: cases changed in order"]);
  });

  it("looks into the bodies of loops", () => {
    const diff = after((flow) => {
      flow.nodes.each.params.body.nodes.give.params = { output: 1 };
      flow.nodes.each.params.items = [1, 2];
      return flow;
    });
    expect(diff.summary).toEqual(["each: items.1 added", "give: output added"]);
    const inBody = { nodes: {}, edges: [{ from: "start", to: "end" }] };
    const emptied = after((flow) => ({
      ...flow,
      nodes: {
        ...flow.nodes,
        each: { type: "forEach", params: { items: [1], body: inBody } },
        give: { type: "end", params: {} },
      },
    }));
    expect(emptied.summary).toEqual([
      "node give moved out of its loop",
      "edge start → give in each removed",
      "edge start → end in each added",
    ]);
  });

  it("tells the flow's own name, settings and triggers", () => {
    const diff = after((flow) => ({
      ...flow,
      name: "Refunds",
      triggers: [...flow.triggers, { type: "event", event: "refund.requested" }],
      settings: { timeouts: { finish: "30d" } },
    }));
    expect(diff.summary).toEqual([
      "name changed from Refund to Refunds",
      "triggers: 1 added",
      "settings: timeZone removed",
      "settings: timeouts added",
    ]);
  });
});
