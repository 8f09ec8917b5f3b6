/** What the cards of a flow show, as far as their size depends on it. */
import {
  ERROR_PORT,
  START,
  bodyOf,
  sentenceOf,
  type Body,
  type FlowDocument,
  type NodeManifest,
  type NodeSpec,
} from "@holdfast/dsl";
import { declaredPorts, manifestOf } from "../flow/manifests.ts";
import type { CardContent, Size } from "./card.ts";

/** The sentence on a card, as it is shown; the manifest's own in English where nothing else is given. */
export type SentenceFor = (id: string, node: NodeSpec, manifest: NodeManifest | undefined) => string;

export interface ContentOptions {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly sentence?: SentenceFor | undefined;
}

export const TRIGGER: CardContent = { kind: "trigger", sentence: "", ports: ["out"], rail: false };

/** @param body the size of a loop's body; a node without one is drawn as a card */
export function contentOf(
  id: string,
  graph: Body,
  { flow, manifests, sentence = plainSentence }: ContentOptions,
  body?: Size,
): CardContent {
  const node = graph.nodes[id];
  if (node === undefined) return TRIGGER;
  const manifest = manifestOf(flow, manifests, node.type);
  const used = graph.edges.filter(({ from }) => from === id).map(({ port = "out" }) => port);
  const declared = declaredPorts(manifest, node) ?? used.filter((port) => port !== ERROR_PORT);
  const ports = used.includes(ERROR_PORT) ? [...declared, ERROR_PORT] : declared;
  const content = {
    sentence: sentence(id, node, manifest),
    ports: [...new Set(ports)],
    rail: manifest?.category === "wait",
  };
  return body === undefined ? { kind: "node", ...content } : { kind: "loop", ...content, rail: false, body };
}

function plainSentence(_id: string, node: NodeSpec, manifest: NodeManifest | undefined): string {
  return manifest === undefined ? node.type : sentenceOf(manifest, node.params);
}

/** The body that is drawn inside a node: that of a loop. */
export function drawnBody(id: string, node: NodeSpec): Body | undefined {
  return id === START ? undefined : bodyOf(node);
}
