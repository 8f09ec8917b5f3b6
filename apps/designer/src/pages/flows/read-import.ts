/** A flow from text that somebody brings along. */
import { type JsonObject, parseFlow } from "@holdfast/dsl";

export interface ImportIssue {
  /** Where, as a JSON pointer; empty for the document itself. */
  readonly pointer: string;
  readonly message: string;
}

export type Imported =
  | { readonly kind: "flow"; readonly document: JsonObject; readonly name: string; readonly nodes: number }
  | { readonly kind: "notJson"; readonly why: string }
  | { readonly kind: "notFlow" }
  | { readonly kind: "wrong"; readonly issues: readonly ImportIssue[] };

/** What a document has to have before it is worth telling what is wrong with it. */
const MARKS = ["dsl", "nodes", "edges"];

/** What was read as JSON is JSON all the way down. */
const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @param name What a flow of copied nodes is called. */
export function readImport(text: string, name: string): Imported {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: "notJson", why: error instanceof Error ? error.message : String(error) };
  }
  if (!isObject(value)) return { kind: "notFlow" };
  const input = value["holdfast"] === "fragment" ? fromFragment(value, name) : value;
  if (!MARKS.some((mark) => Object.hasOwn(input, mark))) return { kind: "notFlow" };
  const parsed = parseFlow(input);
  if (parsed.ok) {
    const { flow } = parsed;
    return { kind: "flow", document: input, name: flow.name, nodes: Object.keys(flow.nodes).length };
  }
  return { kind: "wrong", issues: parsed.issues.map(({ pointer, message }) => ({ pointer, message })) };
}

/** Nodes that were copied on a canvas, as a flow that a call starts. */
function fromFragment(fragment: JsonObject, name: string): JsonObject {
  const { dsl, nodes, edges, layout } = fragment;
  return {
    dsl: dsl ?? 1,
    id: "copied-nodes",
    name,
    triggers: [{ type: "call" }],
    nodes: nodes ?? {},
    edges: edges ?? [],
    ...(layout === undefined ? {} : { layout }),
  };
}
