/** Small random graphs, and a naive walk of them to compare with. */
import fc from "fast-check";
import type { NodeManifest } from "../src/contract/manifest.ts";
import { END, START } from "../src/document/names.ts";
import type { Body, NodeSpec } from "../src/document/node.ts";
import { buildGraph, isTerminal } from "../src/validate/graph.ts";
import type { Graph } from "../src/validate/graph.ts";
import { ManifestIndex } from "../src/validate/manifests.ts";

const blank = { version: 1, title: "", description: "", icon: "", category: "logic", kind: "control", effect: "none", params: true, sentence: "", credentials: [], examples: [] } as const; // prettier-ignore

const manifests = new ManifestIndex(
  [
    { ...blank, type: "test.step", ports: [{ from: "/ports/*" }], output: {} },
    { ...blank, type: "test.end", ports: [], output: { out: true } },
  ] satisfies NodeManifest[],
  {},
);

interface Draft {
  readonly ports: number;
  readonly ends: boolean;
  readonly any: boolean;
  /** By port: which of the later nodes it leads to; none is the end. */
  readonly targets: readonly (readonly number[])[];
}

const draft = fc.record({
  ports: fc.integer({ min: 1, max: 2 }),
  ends: fc.boolean(),
  any: fc.boolean(),
  targets: fc.array(fc.array(fc.nat(5), { maxLength: 2 }), { minLength: 2, maxLength: 2 }),
});

/** Sound graphs of up to seven nodes, in which every node is reached and every port connected. */
export function randomGraph(options: { readonly anyJoins: boolean }): fc.Arbitrary<Graph> {
  return fc.array(draft, { minLength: 1, maxLength: 7 }).map((drafts) => {
    const body = bodyOf(drafts, options.anyJoins);
    return buildGraph({ graph: body, pointer: "" }, manifests);
  });
}

function bodyOf(drafts: readonly Draft[], anyJoins: boolean): Body {
  const ids = drafts.map((_, index) => `n${index}`);
  const edges = new Map<string, Body["edges"][number]>();
  const draw = (from: string, port: string, to: string): void => {
    edges.set(`${from} ${port} ${to}`, from === START ? { from, to } : { from, port, to });
  };
  const nodes = drafts.map(({ ports, ends, any, targets }, index): [string, NodeSpec] => {
    const id = ids[index] ?? "";
    if (![...edges.values()].some(({ to }) => to === id)) draw(START, "out", id);
    const join = any && anyJoins ? { join: "any" as const } : {};
    if (ends) return [id, { type: "test.end", params: {}, ...join }];
    const names = Array.from({ length: ports }, (_, port) => `p${port}`);
    for (const [port, name] of names.entries()) {
      const chosen = (targets[port] ?? []).flatMap((target) => ids[index + 1 + target] ?? []);
      for (const to of chosen.length === 0 ? [END] : chosen) draw(id, name, to);
    }
    return [id, { type: "test.step", params: { ports: names }, ...join }];
  });
  return { nodes: Object.fromEntries(nodes), edges: [...edges.values()] };
}

/** What a run did: which nodes started, and what had completed by then. */
export type Trace = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Runs the graph as the language is described: edges are taken or skipped, joins wait for all or for the first, a join
 * of `any` cancels what leads nowhere but to it.
 *
 * @param choose a number for a decision: the port of a node, or which running node completes next
 */
export function run(graph: Graph, choose: (about: string, options: number) => number): Trace {
  const edges = new Map(graph.edges.map((edge) => [edge, edge.from === START ? "taken" : "pending"]));
  const status = new Map([...graph.nodes.keys()].map((id) => [id, "idle"]));
  const completed = new Map<string, string>();
  const trace = new Map<string, ReadonlyMap<string, string>>();
  const leave = (id: string, port: string | undefined): void => {
    for (const edge of graph.outgoing.get(id) ?? []) edges.set(edge, edge.port === port ? "taken" : "skipped");
  };
  const settle = (): boolean => {
    for (const [id, node] of graph.nodes) {
      if (status.get(id) !== "idle") continue;
      const incoming = (graph.incoming.get(id) ?? []).map((edge) => edges.get(edge));
      const any = node.spec.join === "any" && incoming.length > 1;
      if (incoming.includes("taken") && (any || !incoming.includes("pending"))) {
        status.set(id, "running");
        trace.set(id, new Map(completed));
        for (const other of any ? onlyThrough(graph, id) : []) {
          if (!["idle", "running"].includes(status.get(other) ?? "")) continue;
          status.set(other, "canceled");
          leave(other, undefined);
        }
        return true;
      }
      if (incoming.every((edge) => edge === "skipped")) {
        status.set(id, "skipped");
        leave(id, undefined);
        return true;
      }
    }
    return false;
  };
  for (;;) {
    while (settle());
    const running = [...status].flatMap(([id, one]) => (one === "running" ? [id] : []));
    const next = running[choose("", running.length)];
    if (next === undefined) return trace;
    const ports = graph.nodes.get(next)?.ports.map(({ name }) => name) ?? [];
    const port = ports[choose(next, ports.length)];
    status.set(next, "completed");
    completed.set(next, port ?? "out");
    leave(next, port);
  }
}

/** Nodes that come before a join and have no other way to an end, found by walking every way. */
function onlyThrough(graph: Graph, join: string): string[] {
  const escapes = (id: string): boolean => {
    const node = graph.nodes.get(id);
    if (id === join || node === undefined) return id === END;
    return isTerminal(node) || (graph.outgoing.get(id) ?? []).some(({ to }) => escapes(to));
  };
  const leads = (id: string): boolean => (graph.outgoing.get(id) ?? []).some(({ to }) => to === join || leads(to));
  return [...graph.nodes.keys()].filter((id) => id !== join && leads(id) && !escapes(id));
}
