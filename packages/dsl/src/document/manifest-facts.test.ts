import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, it } from "vitest";
import type { NodeManifest } from "../contract/manifest.ts";
import { effectOf, portsOf } from "./manifest-facts.ts";
import { endsWithValue, outputSchemaOf } from "./output-schema.ts";
import { sentenceOf } from "./sentence.ts";

const manifest: NodeManifest = {
  type: "test.ask",
  version: 1,
  title: "Ask",
  description: "For tests.",
  icon: "circle",
  category: "action",
  kind: "action",
  effect: [
    { when: { pointer: "/method", in: ["GET"] }, effect: "repeatable" },
    { when: { pointer: "/key", present: true }, effect: "keyed" },
  ],
  params: { type: "object", properties: { wait: { "x-duration": true }, waits: { items: { "x-duration": true } } } },
  ports: [{ from: "/cases/*/port" }, { name: "late", title: "Too late", when: { pointer: "/wait", present: true } }],
  output: {
    "*": {
      type: "object",
      properties: { answer: { $param: "/schema" }, list: { items: { anyOf: [{ $typeOf: "/value" }] } } },
    },
    late: { $when: { pointer: "/wait", in: ["7d"] }, then: { const: "week" }, else: { const: "other" } },
  },
  sentence: "Ask {people/*:plural} for {schema/properties:keys}[ within {wait}][ or {a}| and {b}]",
  credentials: [],
  examples: [],
};

describe("portsOf", () => {
  it("lists the ports that the params name, then those of the manifest whose condition holds", () => {
    expect(
      portsOf(manifest, { cases: [{ port: "a" }, { port: 1 }, { port: "b" }, { port: "a" }], wait: "7d" }),
    ).toEqual(["a", "b", "late"]);
    expect(portsOf(manifest, {})).toEqual([]);
  });
});

describe("effectOf", () => {
  it("takes the first rule that holds, and is careful where none does", () => {
    expect(effectOf(manifest, { method: "GET", key: "k" })).toBe("repeatable");
    expect(effectOf(manifest, { method: "POST", key: "k" })).toBe("keyed");
    expect(effectOf(manifest, { method: "POST" })).toBe("once");
    expect(effectOf({ ...manifest, effect: "none" }, {})).toBe("none");
  });
});

describe("outputSchemaOf", () => {
  const typeOf = (value: unknown, pointer: string) => ({ const: `${pointer} ${String(value)}` });

  it("fills in schemas and types from the params, at any depth", () => {
    expect(outputSchemaOf(manifest, { schema: { type: "string" }, value: "v" }, "a", typeOf)).toEqual({
      type: "object",
      properties: { answer: { type: "string" }, list: { items: { anyOf: [{ const: "/value v" }] } } },
    });
  });

  it("gives anything where the params say nothing", () => {
    expect(outputSchemaOf(manifest, {}, "a", typeOf)).toMatchObject({ properties: { answer: true } });
    expect(outputSchemaOf({ ...manifest, output: {} }, {}, "constructor", typeOf)).toBe(true);
  });

  it("chooses by the params", () => {
    expect(outputSchemaOf(manifest, { wait: "7d" }, "late", typeOf)).toEqual({ const: "week" });
    expect(outputSchemaOf(manifest, { wait: "1d" }, "late", typeOf)).toEqual({ const: "other" });
  });
});

describe("endsWithValue", () => {
  const end: NodeManifest = { ...manifest, ports: [], output: { out: { $typeOf: "/output" } } };

  it("asks whether the param of the value is there", () => {
    expect(endsWithValue(end, { output: null })).toBe(true);
    expect(endsWithValue(end, {})).toBe(false);
    expect(endsWithValue({ ...end, output: {} }, { output: 1 })).toBe(false);
    expect(endsWithValue(manifest, { output: 1 })).toBe(false);
  });
});

describe("sentenceOf", () => {
  it("fills in what is there and leaves out what has nothing to say", () => {
    const schema = { properties: { amount: {}, reason: {}, note: {} } };
    expect(
      sentenceOf(manifest, { people: ["manager", "secretary"], schema, wait: "PT90M", b: "{{ nodes.x.total }}" }),
    ).toBe("Ask managers and secretaries for amount, reason and note within 90 minutes and total");
    expect(sentenceOf(manifest, { people: ["boss"], wait: "1d" })).toBe("Ask bosses for … within 1 day");
    expect(sentenceOf({ ...manifest, sentence: "[{x}]" }, {})).toBe("Ask");
  });

  it.each([
    ["{{ nodes.x.total }}", "total"],
    ["{{ moneyText(nodes.x.total, nodes.x.currency) }}", "total"],
    ["{{ has(nodes.x) ? nodes.x.total : 0 }}", "total"],
    ['{{ nodes.?x.name.orValue("") }}', "name"],
    ["{{ 1 }}", "…"],
  ])("names what %s is about", (text, subject) => {
    expect(sentenceOf({ ...manifest, sentence: "{b}" }, { b: text })).toBe(subject);
  });

  it.each(builtinManifests.map((one) => [one.type, one] as const))(
    "says something for every example of %s",
    (_, one) => {
      for (const { params } of one.examples) expect(sentenceOf(one, params)).not.toMatch(/[…{}[\]|]/);
      expect(sentenceOf(one, {})).not.toBe("");
    },
  );
});
