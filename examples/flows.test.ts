import { readFileSync, readdirSync } from "node:fs";
import {
  type FlowDocument,
  type Json,
  type Scenario,
  canonicalText,
  parseFlow,
  validateFlow,
  walkNodes,
} from "@holdfast/dsl";
import { type ScenarioResult, runScenario } from "@holdfast/engine/simulate";
import { refundPayment } from "@holdfast/example-payment";
import { controlNodes } from "@holdfast/nodes/control";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, it } from "vitest";

const installed = [...builtinManifests, refundPayment.manifest];
const manifests = new Map(installed.map((manifest) => [manifest.type, manifest]));
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".flow.json"));
const texts = new Map(files.map((name) => [name, readFileSync(`${import.meta.dirname}/${name}`, "utf8")]));
const flows = new Map([...texts].map(([name, text]) => [name, read(text)]));
const byId = new Map([...flows.values()].map((flow) => [flow.id, flow]));
const scenarios = [...flows.values()].flatMap((flow) =>
  (flow.tests ?? []).map((scenario) => ({ id: flow.id, name: scenario.name, flow, scenario })),
);

function read(text: string): FlowDocument {
  const result = parseFlow(JSON.parse(text));
  if (!result.ok) throw new Error(JSON.stringify(result.issues, null, 2));
  return result.flow;
}

function play(flow: FlowDocument, scenario: Scenario): ScenarioResult {
  return runScenario({ flow, manifests: (type) => manifests.get(type), controls: controlNodes, flows: byId }, scenario);
}

function named(flowId: string, name: string): ScenarioResult {
  const found = scenarios.find((entry) => entry.id === flowId && entry.name === name);
  if (found === undefined) throw new Error(`${flowId} has no scenario “${name}”`);
  return play(found.flow, found.scenario);
}

/** Cards are 288 wide and at least 72 high, 30 apart. */
function collisions(flow: FlowDocument): string[] {
  const places = Object.entries(flow.layout ?? {}).filter(([id]) => id in flow.nodes);
  return places.flatMap(([id, a], index) =>
    places
      .slice(index + 1)
      .filter(([, b]) => Math.abs(a.x - b.x) < 288 && Math.abs(a.y - b.y) < 102)
      .map(([other]) => `${id} and ${other}`),
  );
}

/** Nodes that no scenario reaches. */
function unreached(flow: FlowDocument): string[] {
  const traces = (flow.tests ?? []).flatMap((scenario) => play(flow, scenario).trace);
  const begun = new Set(traces.filter(({ type }) => type === "step.began").map(({ node }) => node));
  return [...walkNodes(flow)].map(({ id }) => id).filter((id) => !begun.has(id));
}

function paramsOf(result: ScenarioResult, node: string): Json[] {
  return result.trace
    .filter((entry) => entry.type === "step.began" && entry.node === node)
    .map((entry) => entry.params ?? null);
}

describe.each([...flows])("%s", (name, flow) => {
  it("is in canonical form", () => {
    expect(canonicalText(flow)).toBe(texts.get(name));
  });

  it("validates without an issue", () => {
    expect(validateFlow(flow, installed, { flows: new Set(byId.keys()) }).issues).toEqual([]);
  });

  it("has a place for every card, and no two cards overlap", () => {
    const cards = ["start", ...[...walkNodes(flow)].map(({ id }) => id)];
    expect(Object.keys(flow.layout ?? {}).toSorted()).toEqual(cards.toSorted());
    expect(collisions(flow)).toEqual([]);
  });

  it("has scenarios that reach every node", () => {
    expect(unreached(flow)).toEqual([]);
  });
});

describe("scenarios", () => {
  it.each(scenarios)("$id: $name", ({ flow, scenario }) => {
    expect(play(flow, scenario).failures).toEqual([]);
  });
});

describe("what the scenarios can't say", () => {
  it("the refund sends the payment service the capped amount, once", () => {
    const result = named("process-refund", "Neither the model nor the manager pays more than the order's total");
    expect(paramsOf(result, "refund")).toEqual([
      { url: "http://shop.localhost/refunds", orderId: "ORD-1001", amount: 109.4, currency: "EUR" },
    ]);
  });

  it("a failed trip is undone backwards", () => {
    const { trace } = named("trip-booking", "The card is refused, both bookings are undone");
    const undone = trace.filter(({ type }) => type === "undo.began");
    expect(undone.map(({ node, params }) => [node, params?.["url"]])).toEqual([
      ["hotel", "http://hotels.localhost/bookings/H-1/cancel"],
      ["flight", "http://flights.localhost/bookings/F-1/cancel"],
    ]);
  });

  it("the race cancels the waits that lost", () => {
    const { trace } = named("first-answer", "South is faster, the other waits end");
    expect(trace.filter(({ type }) => type === "step.canceled").map(({ node }) => node)).toEqual(["north", "patience"]);
  });

  it("together the flows use every way to wait, to repeat, to call another flow and to end", () => {
    const used = new Set([...flows.values()].flatMap((flow) => [...walkNodes(flow)].map(({ node }) => node.type)));
    const steering = builtinManifests.filter(({ category }) => ["wait", "loop", "flow", "end"].includes(category));
    expect(steering.map(({ type }) => type).filter((type) => !used.has(type))).toEqual([]);
  });
});
