import { jsonLanguage } from "@codemirror/lang-json";
import { canonicalText, validateFlow, type FlowDocument } from "@holdfast/dsl";
import schema from "@holdfast/dsl/flow.schema.json" with { type: "json" };
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setName, setParam } from "../flow/change-node.ts";
import { command, example, manifests } from "../flow/flow.fixture.ts";
import { brokenAt, placeAt, rangeIn, rangeOf } from "./json-places.ts";
import { nameHints, valueHints } from "./schema-hints.ts";
import { basisOf, mergeText, patchOf, readText } from "./text-model.ts";

const refund = example("refund");
const text = canonicalText(refund);
const places = (source: string) => ({
  tree: jsonLanguage.parser.parse(source),
  slice: (from: number, to: number) => source.slice(from, to),
});
const at = (pointer: string): string => {
  const { from, to } = rangeOf(places(text), pointer);
  return text.slice(from, to);
};

describe("places in the text", () => {
  it("are found by pointer; a missing one by what should hold it", () => {
    expect(at("/nodes/approval/name")).toBe('"Manager approval"');
    expect(at("/nodes/approval/params/nothing")).toBe('"params"');
    expect(at("/edges/0/from")).toBe('"analyze"');
    expect(at("/nodes/approval")).toBe('"approval"');
  });

  it("are found for every problem of every broken flow", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 5 }), (commands) => {
        let flow: FlowDocument = refund;
        for (const one of commands) flow = one(flow);
        const shown = canonicalText(flow);
        for (const issue of validateFlow(JSON.parse(shown), manifests).issues) {
          const range = rangeOf(places(shown), issue.pointer);
          const exact = issue.range === undefined ? range : rangeIn(places(shown), range, issue.range);
          expect(exact.to).toBeGreaterThan(exact.from);
          expect(exact.to).toBeLessThanOrEqual(shown.length);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("count escapes of a string as one character", () => {
    const source = '{"a": "x\\n\\u00e9yz"}';
    const range = rangeIn(places(source), rangeOf(places(source), "/a"), { start: 3, end: 4 });
    expect(source.slice(range.from, range.to)).toBe("y");
  });

  it("are known also while the text is broken", () => {
    const source = '{"nodes": {"ask": {"type": "wait.event", "params": {"ti';
    expect(placeAt(places(source), source.length)).toMatchObject({ path: ["nodes", "ask", "params"], role: "name" });
    const value = '{"edges": [{"from": "start", "to": "x"}, {"from": ""}]}';
    const cursor = value.lastIndexOf('""') + 1;
    expect(placeAt(places(value), cursor)).toEqual({ path: ["edges", "1", "from"], role: "value" });
    expect(brokenAt(places(source).tree).length).toBeGreaterThan(0);
  });
});

describe("hints", () => {
  const source = {
    schema,
    manifests,
    valueAt: (path: readonly string[]) =>
      path.reduce<unknown>(
        (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
        refund,
      ),
  };
  it("name the fields that are missing, in params those of the node type", () => {
    expect(nameHints(source, ["nodes", "approval"]).map(({ label }) => label)).toContain("retry");
    expect(nameHints(source, ["nodes", "approval"]).map(({ label }) => label)).not.toContain("type");
    expect(nameHints(source, ["nodes", "approval", "params"]).map(({ label }) => label)).toContain("lookBack");
  });
  it("give values: types, nodes, choices", () => {
    expect(valueHints(source, ["nodes", "approval", "type"]).map(({ label }) => label)).toContain('"wait.event"');
    expect(valueHints(source, ["edges", "0", "to"]).map(({ label }) => label)).toContain('"approval"');
    expect(valueHints(source, ["nodes", "approval", "join"]).map(({ label }) => label)).toContain('"any"');
  });
});

describe("text and drawing", () => {
  it("are put together when both have changed", () => {
    const typed = readText(canonicalText(setName(refund, "approval", "Typed")), refund.id);
    if (typed.kind !== "flow") throw new Error("a flow");
    const drawn = setParam(refund, "approval", "/timeout", "9d");
    const merged = mergeText(drawn, basisOf(refund), typed.flow);
    expect(merged.conflicts).toBe(0);
    expect(merged.flow.nodes["approval"]).toMatchObject({ name: "Typed", params: { timeout: "9d" } });
    expect(mergeText(setName(refund, "approval", "Drawn"), basisOf(refund), typed.flow).conflicts).toBe(1);
  });

  it("tell what is no flow, and another id", () => {
    expect(readText("{", "refund").kind).toBe("broken");
    expect(readText("{}", "refund").kind).toBe("wrong");
    expect(readText(text, "other")).toMatchObject({ kind: "wrong", issues: [{ pointer: "/id" }] });
  });

  it("are patched as little as possible", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const patch = patchOf(before, after);
        const made = patch === undefined ? before : before.slice(0, patch.from) + patch.insert + before.slice(patch.to);
        expect(made).toBe(after);
      }),
    );
  });
});
