import { describe, expect, test } from "vitest";
import type { NodeManifest } from "../contract/manifest.ts";
import type { FlowDocument } from "../document/flow.ts";
import { mentionsIn, renameMentions } from "./mentions.ts";
import { referencesTo, renameInDocument } from "./rename.ts";

const branch: NodeManifest = {
  type: "branch",
  version: 1,
  title: "Branch",
  description: "",
  icon: "split",
  category: "logic",
  kind: "control",
  effect: "none",
  params: {
    type: "object",
    properties: {
      cases: {
        type: "array",
        items: { type: "object", properties: { port: { "x-literal": true }, when: { "x-expression": "condition" } } },
      },
    },
  },
  ports: [{ from: "/cases/*/port" }],
  output: {},
  sentence: "",
  credentials: [],
  examples: [],
};

const flow: FlowDocument = {
  dsl: 1,
  id: "f",
  name: "F",
  triggers: [{ type: "call" }],
  nodes: {
    check: { type: "ai.object", params: { prompt: "About {{ input.check }}" } },
    route: {
      type: "branch",
      params: { cases: [{ port: "check", when: 'nodes.check.ok && input.check != "nodes.check"' }] },
    },
    loop: {
      type: "forEach",
      params: {
        items: "{{ nodes.check.items }}",
        body: {
          nodes: { inner: { type: "data.set", params: { values: { a: "check {{ nodes . check.x }} nodes.check" } } } },
          edges: [
            { from: "start", to: "inner" },
            { from: "inner", to: "end" },
          ],
        },
      },
    },
  },
  edges: [
    { from: "start", to: "check" },
    { from: "check", to: "route" },
    { from: "route", port: "check", to: "loop" },
  ],
  tests: [
    {
      name: "t",
      answers: { check: { output: 1 } },
      decisions: [{ node: "check", outcome: "out" }],
      incidents: [{ node: "check", action: "retry" }],
      skips: [{ node: "check", port: "out" }],
      expect: { reached: ["check"] },
    },
  ],
  layout: { check: { x: 1, y: 2 } },
};

describe("mentions", () => {
  test("finds ids in conditions and templates", () => {
    expect(mentionsIn("nodes.a.x > ports.b", "condition").map((mention) => mention.id)).toEqual(["a", "b"]);
    expect(mentionsIn("nodes.a {{ nodes.?c.x.orValue(nodes.a) }}", "template")).toEqual([
      { id: "c", start: 18, end: 19 },
      { id: "a", start: 36, end: 37 },
    ]);
  });

  test("changes nothing else", () => {
    const source = 'nodes.a.a + input.a + "nodes.a" + a /* no */';
    expect(renameMentions(source, "condition", "a", "b")).toBe(source); // no CEL: left alone
    const good = 'nodes.a.a  +\n input.a + "nodes.a"   // nodes.a';
    expect(renameMentions(good, "condition", "a", "b")).toBe('nodes.b.a  +\n input.a + "nodes.a"   // nodes.a');
    expect(renameMentions("x {{ nodes.a }} {{ 1 + }}", "template", "a", "long")).toBe("x {{ nodes.long }} {{ 1 + }}");
    expect(renameMentions("input.l.map(nodes, nodes.a)", "condition", "a", "b")).toBe("input.l.map(nodes, nodes.a)");
  });
});

describe("renameInDocument", () => {
  const renamed = renameInDocument(flow, "check", "verify", [branch]);

  test("renames key, edges, layout, tests and expressions, loop bodies included", () => {
    expect(Object.keys(renamed.nodes)).toEqual(["verify", "route", "loop"]);
    expect(renamed.edges).toEqual([
      { from: "start", to: "verify" },
      { from: "verify", to: "route" },
      { from: "route", port: "check", to: "loop" },
    ]);
    expect(renamed.layout).toEqual({ verify: { x: 1, y: 2 } });
    expect(renamed.tests?.[0]).toMatchObject({
      answers: { verify: { output: 1 } },
      decisions: [{ node: "verify" }],
      incidents: [{ node: "verify" }],
      skips: [{ node: "verify" }],
      expect: { reached: ["verify"] },
    });
    expect(renamed.nodes["route"]?.params).toEqual({
      cases: [{ port: "check", when: 'nodes.verify.ok && input.check != "nodes.check"' }],
    });
    expect(renamed.nodes["loop"]?.params).toMatchObject({
      items: "{{ nodes.verify.items }}",
      body: { nodes: { inner: { params: { values: { a: "check {{ nodes . verify.x }} nodes.check" } } } } },
    });
    expect(renamed.nodes["verify"]?.params).toEqual({ prompt: "About {{ input.check }}" });
  });

  test("leads back", () => {
    expect(JSON.stringify(renameInDocument(renamed, "verify", "check", [branch]))).toBe(JSON.stringify(flow));
  });

  test("renames where an inbox section names whose deciders may not decide", () => {
    const inbox = (id: string) => ({ inbox: { title: "check?", notDecidersOf: ["other", id] } });
    const asked = { ...flow, nodes: { ...flow.nodes, second: { type: "wait.event", params: inbox("check") } } };
    expect(renameInDocument(asked, "check", "verify").nodes["second"]?.params).toEqual(inbox("verify"));
    expect(referencesTo(asked, "check")).toContainEqual({
      pointer: "/nodes/second/params/inbox/notDecidersOf/1",
      start: 0,
      end: 5,
    });
  });

  test("finds conditions without manifests", () => {
    expect(renameInDocument(flow, "check", "verify")).toEqual(renamed);
  });
});

test("referencesTo lists mentions by pointer", () => {
  expect(referencesTo(flow, "check", [branch])).toEqual([
    { pointer: "/nodes/route/params/cases/0/when", start: 6, end: 11 },
    { pointer: "/nodes/loop/params/items", start: 9, end: 14 },
    { pointer: "/nodes/loop/params/body/nodes/inner/params/values/a", start: 17, end: 22 },
  ]);
});
