/** What a card says about a node, from the document and the manifest alone. */
import {
  ERROR_PORT,
  namedPorts,
  sentenceParts,
  valueAt,
  type Edge,
  type FlowDocument,
  type NodeManifest,
  type NodeSpec,
  type SentencePart,
} from "@holdfast/dsl";
import type { Language } from "../words/language.ts";
import { presetOf } from "./preset-of.ts";
import { formatLength, localManifest, sentenceWords } from "./node-words.ts";
import { waitLength, type WaitLength } from "./wait-rail.ts";

export type Family = "trigger" | "ai" | "wait" | "branch" | "action" | "invoke" | "loop";

export interface NodeFacts {
  readonly id: string;
  readonly family: Family;
  readonly icon: string;
  readonly name: string;
  readonly sentence: readonly SentencePart[];
  /** Declared ports in their order; `error` only where it is used. */
  readonly ports: readonly string[];
  /** Nothing follows: it ends its branch by itself. */
  readonly terminal: boolean;
  readonly wait?: WaitLength & { readonly words: string };
  readonly undo?: string;
  /** It goes on at the first edge that is taken. */
  readonly joinsAny: boolean;
}

/** The shape of the tile, by what a manifest says of itself. */
export function familyOf(manifest: NodeManifest | undefined): Family {
  if (manifest === undefined) return "action";
  switch (manifest.category) {
    case "ai":
    case "wait":
    case "loop":
      return manifest.category;
    case "logic":
      return manifest.ports.some((rule) => "from" in rule) ? "branch" : "action";
    case "flow":
      return hasFlowParam(manifest) ? "invoke" : "action";
    case "action":
    case "end":
      return "action";
  }
}

function hasFlowParam(manifest: NodeManifest): boolean {
  return JSON.stringify(manifest.params).includes('"x-flow":true');
}

/** The icon of one node: that of its beginning, else of its type. */
export function iconOf(manifest: NodeManifest | undefined, node?: NodeSpec): string {
  if (manifest === undefined) return "circle-help";
  return (node === undefined ? undefined : presetOf(manifest, node)?.icon) ?? manifest.icon;
}

/** What a node is called where it has no name of its own. */
export function nameOf(id: string, node: NodeSpec | undefined): string {
  return node?.name ?? inWords(id);
}

/** `lateSettlement2` → “Late settlement 2”. */
function inWords(id: string): string {
  const text = id
    .replaceAll("_", " ")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
    .replaceAll(/(?<=[a-z])(?=\d)/g, " ")
    .toLowerCase();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

export interface NodeContext {
  readonly manifest: NodeManifest | undefined;
  readonly edges: readonly Edge[];
  readonly language: Language;
  /** Of the action that undoes it. */
  readonly undo?: NodeManifest | undefined;
}

export function nodeFacts(id: string, node: NodeSpec, context: NodeContext): NodeFacts {
  const { manifest, edges, language } = context;
  const ports = manifest === undefined ? usedPorts(id, edges) : declaredPorts(id, node, { manifest, edges });
  const length =
    manifest?.category === "wait"
      ? waitLength(node.params["timeout"] ?? node.params["for"], remindersOf(node))
      : undefined;
  return {
    id,
    family: familyOf(manifest),
    icon: iconOf(manifest, node),
    name: nameOf(id, node),
    sentence:
      manifest === undefined
        ? [{ text: node.type, value: true }]
        : sentenceParts(localManifest(manifest, language), node.params, sentenceWords(language)),
    ports,
    terminal: manifest !== undefined && manifest.ports.length === 0,
    ...(length !== undefined && { wait: { ...length, words: formatLength(length.length, language) } }),
    ...(node.compensate !== undefined && { undo: undoSentence(node.compensate, context) }),
    joinsAny: node.join === "any",
  };
}

function undoSentence({ type, params }: NonNullable<NodeSpec["compensate"]>, { undo, language }: NodeContext): string {
  if (undo === undefined) return type;
  const parts = sentenceParts(localManifest(undo, language), params, sentenceWords(language));
  return parts.map(({ text }) => text).join("");
}

function remindersOf(node: NodeSpec): readonly unknown[] {
  const reminders = valueAt(node.params, "/inbox/reminders");
  return Array.isArray(reminders) ? reminders : [];
}

function usedPorts(id: string, edges: readonly Edge[]): string[] {
  return [...new Set(edges.filter(({ from }) => from === id).map(({ port }) => port ?? "out"))];
}

function declaredPorts(
  id: string,
  node: NodeSpec,
  { manifest, edges }: { manifest: NodeManifest; edges: readonly Edge[] },
): string[] {
  const declared = new Set(namedPorts(manifest, node.params).map(({ name }) => name));
  if (edges.some((edge) => edge.from === id && edge.port === ERROR_PORT)) declared.add(ERROR_PORT);
  return [...declared];
}

/** What the trigger's card says. */
export function triggerFacts(flow: FlowDocument, words: { name: string; parts: readonly SentencePart[] }): NodeFacts {
  return {
    id: "start",
    family: "trigger",
    icon: flow.triggers.some(({ type }) => type === "event") ? "zap" : "play",
    name: words.name,
    sentence: words.parts,
    ports: ["out"],
    terminal: false,
    joinsAny: false,
  };
}
