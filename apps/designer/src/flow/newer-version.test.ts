import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, it } from "vitest";
import { spokenIn } from "./manifests.ts";
import { newerOf, paramsOf, withVersion } from "./newer-version.ts";

const greet = (version: number): NodeManifest => ({
  type: "acme.greet",
  version,
  title: "Greet",
  description: "Says hello.",
  icon: "hand",
  category: "action",
  kind: "action",
  effect: "repeatable",
  params: { type: "object" },
  ports: [{ name: "out" }],
  output: {},
  sentence: "Greet",
  credentials: [],
  examples: [],
});
const manifests = [...builtinManifests, greet(2), greet(1)];

const flow: FlowDocument = {
  dsl: 1,
  id: "greets",
  name: "Greets",
  triggers: [{ type: "call" }],
  nodes: {
    each: {
      type: "forEach",
      params: {
        items: "{{ input.people }}",
        body: {
          nodes: { hello: { type: "acme.greet", params: { name: "{{ item }}" } } },
          edges: [
            { from: "start", to: "hello" },
            { from: "hello", to: "end" },
          ],
        },
      },
    },
    pay: {
      type: "http.request",
      params: { url: "https://pay.example" },
      compensate: { type: "acme.greet", params: { name: "Sorry" } },
    },
  },
  edges: [
    { from: "start", to: "each" },
    { from: "each", to: "pay" },
    { from: "pay", to: "end" },
  ],
  uses: { "acme.greet": 1, forEach: 1 },
};

it("offers what is newer than what the flow uses", () => {
  expect(newerOf(flow, manifests, "acme.greet")).toMatchObject({ from: 1, manifest: { version: 2 } });
  expect(newerOf(flow, [greet(2)], "acme.greet")).toMatchObject({ from: 1 });
  expect(newerOf(flow, [greet(1)], "acme.greet")).toBeUndefined();
  expect(newerOf(flow, manifests, "forEach")).toBeUndefined();
  expect(newerOf({ ...flow, uses: {} }, manifests, "acme.greet")).toBeUndefined();
  expect(newerOf(flow, [], "acme.greet")).toBeUndefined();
});

it("finds every node of the type, in bodies and in what undoes others, and changes them at once", () => {
  const params = paramsOf(flow, manifests, "acme.greet");
  expect(params).toEqual({
    "/nodes/each/params/body/nodes/hello/params": { name: "{{ item }}" },
    "/nodes/pay/compensate/params": { name: "Sorry" },
  });
  const migrated = Object.fromEntries(
    Object.entries(params).map(([pointer, { name = null }]) => [pointer, { person: name }]),
  );
  const next = withVersion(flow, { type: "acme.greet", version: 2 }, migrated);
  expect(next.uses).toEqual({ "acme.greet": 2, forEach: 1 });
  expect(paramsOf(next, manifests, "acme.greet")).toEqual(migrated);
  expect(next.nodes["pay"]?.params).toEqual(flow.nodes["pay"]?.params);
  expect(flow.nodes["pay"]?.compensate?.params).toEqual({ name: "Sorry" });
});

it("lets one version speak for each type, in the order of the palette", () => {
  const versions = (uses: FlowDocument["uses"] = {}): readonly string[] =>
    spokenIn({ uses }, manifests).flatMap(({ type, version }) => (type === "acme.greet" ? [`${type}@${version}`] : []));
  expect(versions()).toEqual(["acme.greet@2"]);
  expect(versions({ "acme.greet": 1 })).toEqual(["acme.greet@1"]);
  expect(versions({ "acme.greet": 7 })).toEqual([]);
  expect(spokenIn({}, manifests)).toBe(spokenIn({ uses: {} }, manifests));
  expect(spokenIn({}, manifests)).toHaveLength(builtinManifests.length + 1);
});
