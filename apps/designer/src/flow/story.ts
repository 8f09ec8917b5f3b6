/** A flow as it is read: from its start along the first outcomes, every way once, with what hangs below what. */
import {
  DEFAULT_PORT,
  END,
  START,
  bodyOf,
  sentenceOf,
  type Body,
  type FlowDocument,
  type NodeManifest,
} from "@holdfast/dsl";
import { findNode } from "./graphs.ts";
import { declaredPorts, manifestOf } from "./manifests.ts";

/** Where a way goes on that leads to something that was told already, to the end, or nowhere yet. */
export type StoryEnd = { readonly kind: "end" | "open" } | { readonly kind: "again"; readonly id: string };

export interface StoryWay {
  /** The outcome; absent if there is just one and it needs no name. */
  readonly port?: string;
  readonly lines: readonly StoryLine[];
  /** Absent: the last line ends it by itself, or goes on in ways of its own. */
  readonly ends?: StoryEnd;
}

export interface StoryLine {
  readonly id: string;
  readonly name: string;
  readonly sentence: string;
  /** Further ways out of it; the way on is the next line. */
  readonly ways: readonly StoryWay[];
  /** What a loop does each time. */
  readonly body?: readonly StoryWay[];
}

/** The ways that begin at the start: usually one. */
export function storyOf(flow: FlowDocument, manifests: readonly NodeManifest[]): StoryWay[] {
  return waysOfGraph({ nodes: flow.nodes, edges: flow.edges }, flow, manifests);
}

function waysOfGraph(graph: Body, flow: FlowDocument, manifests: readonly NodeManifest[]): StoryWay[] {
  const told = new Set<string>();
  const scene: Scene = { graph, flow, manifests, told };
  const ways = waysFrom(START, DEFAULT_PORT, undefined, scene);
  const rest = Object.keys(graph.nodes).filter((id) => !told.has(id));
  return [...ways, ...rest.flatMap((id) => (told.has(id) ? [] : [wayTo(id, undefined, scene)]))];
}

interface Scene {
  readonly graph: Body;
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly told: Set<string>;
}

/** One for every edge that leaves by the port; one that says that nothing follows, if none does. */
function waysFrom(id: string, port: string, label: string | undefined, scene: Scene): StoryWay[] {
  const targets = scene.graph.edges.filter((edge) => edge.from === id && (edge.port ?? DEFAULT_PORT) === port);
  const named = label === undefined ? {} : { port: label };
  if (targets.length === 0) return [{ ...named, lines: [], ends: { kind: "open" } }];
  return targets.map(({ to }) => wayTo(to, label, scene));
}

function wayTo(first: string, port: string | undefined, scene: Scene): StoryWay {
  const named = port === undefined ? {} : { port };
  const lines: StoryLine[] = [];
  let id = first;
  for (;;) {
    if (id === END) return { ...named, lines, ends: { kind: "end" } };
    if (scene.told.has(id)) return { ...named, lines, ends: { kind: "again", id } };
    const told = lineOf(id, scene);
    if (told === undefined) return { ...named, lines, ends: { kind: "open" } };
    lines.push(told.line);
    if (told.next === undefined) return { ...named, lines, ...(told.open && { ends: { kind: "open" as const } }) };
    id = told.next;
  }
}

function lineOf(id: string, scene: Scene): { line: StoryLine; next?: string; open: boolean } | undefined {
  const node = scene.graph.nodes[id];
  if (node === undefined) return undefined;
  scene.told.add(id);
  const manifest = manifestOf(scene.flow, scene.manifests, node.type);
  const used = scene.graph.edges.filter((edge) => edge.from === id).map((edge) => edge.port ?? DEFAULT_PORT);
  const ports = [...new Set([...(declaredPorts(manifest, node) ?? []), ...used])];
  const [first] = ports;
  const targets = scene.graph.edges.filter((edge) => edge.from === id && (edge.port ?? DEFAULT_PORT) === first);
  const straight = ports.length === 1 && targets.length === 1;
  const [target] = targets;
  const ways = straight ? [] : ports.flatMap((port) => waysFrom(id, port, ports.length > 1 ? port : undefined, scene));
  const body = bodyOf(node);
  const line: StoryLine = {
    id,
    name: node.name ?? manifest?.title ?? id,
    sentence: manifest === undefined ? node.type : sentenceOf(manifest, node.params),
    ways: ports.length === 1 && targets.length === 0 ? [] : ways,
    ...(body !== undefined && { body: waysOfGraph(body, scene.flow, scene.manifests) }),
  };
  const open = ports.length === 1 && targets.length === 0;
  return straight && target !== undefined ? { line, next: target.to, open } : { line, open };
}

/** Nodes in the order in which the story tells them, those of bodies behind their loops. */
export function storyOrder(flow: FlowDocument, manifests: readonly NodeManifest[]): string[] {
  const order: string[] = [];
  const visit = (ways: readonly StoryWay[]): void => {
    for (const { id, ways: further, body = [] } of ways.flatMap(({ lines }) => lines)) {
      order.push(id);
      visit(body);
      visit(further);
    }
  };
  visit(storyOf(flow, manifests));
  return order.filter((id) => findNode(flow, id) !== undefined);
}
