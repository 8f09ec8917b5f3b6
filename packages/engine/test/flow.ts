/** Flows for tests, written as lines of edges: `start > a > b:yes > c`, a port after the colon of its source. */
import { parseFlow } from "@holdfast/dsl";
import type { Effect, FlowDocument, JsonObject, NodeManifest } from "@holdfast/dsl";
import { compilePlan } from "../src/index.ts";
import type { FlowPlan, Plan } from "../src/index.ts";

function manifest(type: string, more: Partial<NodeManifest> = {}): NodeManifest {
  return {
    type,
    version: 1,
    title: type,
    description: type,
    icon: "box",
    category: "action",
    kind: "action",
    effect: "repeatable",
    params: { type: "object" },
    ports: [{ name: "out" }],
    output: {},
    sentence: type,
    credentials: [],
    examples: [],
    ...more,
  };
}

const EFFECTS: readonly Effect[] = ["none", "repeatable", "keyed", "once"];

/** `act`, one action type per effect, `fork` with the ports it names, `loop` with a body, `stop` which ends its branch. */
const MANIFESTS: ReadonlyMap<string, NodeManifest> = new Map(
  [
    manifest("act"),
    ...EFFECTS.map((effect) => manifest(effect, { effect })),
    manifest("fork", { ports: [{ from: "/ports/*" }] }),
    manifest("mail", { effect: "once", onUnknown: "resend" }),
    manifest("loop", { category: "loop" }),
    manifest("stop", { ports: [] }),
  ].map((entry) => [entry.type, entry]),
);

export function lookup(type: string): NodeManifest | undefined {
  return MANIFESTS.get(type);
}

/** What a test says about a node; `act` without params if nothing. */
export interface NodeDraft {
  readonly type?: string;
  readonly params?: JsonObject;
  readonly [field: string]: unknown;
}

/** A graph from its edges; nodes are what the edges name. */
export function graph(edges: string, nodes: { readonly [id: string]: NodeDraft } = {}): JsonObject {
  const links = edges
    .split(/[;\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .flatMap(linksOf);
  const ids = new Set([...links.flatMap(({ from, to }) => [from, to]), ...Object.keys(nodes)]);
  ids.delete("start");
  ids.delete("end");
  const specs = [...ids].map((id) => [id, { type: "act", params: {}, ...nodes[id] }]);
  return { nodes: Object.fromEntries(specs), edges: links };
}

export function flow(
  edges: string,
  nodes: { readonly [id: string]: NodeDraft } = {},
  settings?: JsonObject,
): FlowDocument {
  const parsed = parseFlow({
    dsl: 1,
    id: "test",
    name: "Test",
    triggers: [{ type: "call" }],
    ...graph(edges, nodes),
    ...(settings !== undefined && { settings }),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.flow;
}

export function flowPlan(edges: string, nodes?: { readonly [id: string]: NodeDraft }, settings?: JsonObject): FlowPlan {
  return compilePlan(flow(edges, nodes, settings), lookup);
}

export function plan(edges: string, nodes?: { readonly [id: string]: NodeDraft }, settings?: JsonObject): Plan {
  return flowPlan(edges, nodes, settings).root;
}

function linksOf(line: string): { from: string; port: string; to: string }[] {
  const stations = line.split(">").map((station) => station.trim());
  return stations.slice(1).map((to, index) => {
    const [from = "", port = "out"] = (stations[index] ?? "").split(":");
    return { from, port, to: to.split(":")[0] ?? "" };
  });
}
