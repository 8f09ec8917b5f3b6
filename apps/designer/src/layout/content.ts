/** What the cards of a flow show, as far as their size depends on it. */
import { ERROR_PORT, sentenceOf, type FlowDocument, type NodeManifest, type NodeSpec } from "@holdfast/dsl";
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

/**
 * @param used the ports that edges leave by
 * @param body the size of a loop's body; a node without one is drawn as a card
 */
export function contentOf(
  id: string,
  node: NodeSpec,
  { flow, manifests, sentence = plainSentence, used }: ContentOptions & { readonly used: ReadonlySet<string> },
  body?: Size,
): CardContent {
  const manifest = manifestOf(flow, manifests, node.type);
  const declared = declaredPorts(manifest, node) ?? [...used].filter((port) => port !== ERROR_PORT);
  const ports = used.has(ERROR_PORT) ? [...declared, ERROR_PORT] : declared;
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
