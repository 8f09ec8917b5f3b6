/** What a task tells, and where each fact comes from: read from the expressions of the flow that asks. */
import {
  compileTemplate,
  ExpressionError,
  type FlowDocument,
  type Json,
  type NodeManifest,
  valueAt,
} from "@holdfast/dsl";
import type { Task } from "./groups.ts";

export interface Fact {
  readonly name: string;
  readonly value: Json;
  /** The name of the step it comes from; `input`: it came with the request. Absent: written in the flow. */
  readonly source?: { readonly kind: "input" } | { readonly kind: "step"; readonly name: string };
}

export interface TaskFacts {
  readonly facts: readonly Fact[];
  /** What a model said, unchecked. */
  readonly ai: readonly Fact[];
}

export function factsOf(task: Task, flow: FlowDocument | undefined, manifests: readonly NodeManifest[]): TaskFacts {
  const node = flow?.nodes[task.node];
  const context = node === undefined ? undefined : valueAt(node.params, "/inbox/context");
  const found = inOrder(task).map(([name, value]) => {
    const origin = flow === undefined ? undefined : originOf(valueAt(context ?? null, `/${name}`), flow, manifests);
    return {
      fact: { name, value, ...(origin === undefined ? {} : { source: origin.source }) },
      ai: task.aiFacts.includes(name) || origin?.ai === true,
    };
  });
  return {
    facts: found.filter(({ ai }) => !ai).map(({ fact }) => fact),
    ai: found.filter(({ ai }) => ai).map(({ fact }) => fact),
  };
}

/** Names have no order of their own in a flow: what lists show comes first, as they show it, then the rest by name. */
function inOrder({ context, columns }: Task): readonly (readonly [string, Json])[] {
  const placeOf = (name: string): number => {
    const place = columns.indexOf(name);
    return place === -1 ? columns.length : place;
  };
  return Object.entries(context).toSorted(
    ([one], [other]) => placeOf(one) - placeOf(other) || one.localeCompare(other, "en"),
  );
}

interface Origin {
  readonly source: NonNullable<Fact["source"]>;
  readonly ai: boolean;
}

/** By the first step that the expression reads, else the request. */
function originOf(
  template: Json | undefined,
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
): Origin | undefined {
  if (typeof template !== "string") return undefined;
  const references = referencesOf(template);
  const id = references.find(({ root }) => root === "nodes")?.id;
  const node = id === undefined ? undefined : flow.nodes[id];
  if (id !== undefined && node !== undefined) {
    const manifest = manifests.find(({ type }) => type === node.type);
    return { source: { kind: "step", name: node.name ?? id }, ai: manifest?.category === "ai" };
  }
  return references.some(({ root }) => root === "input") ? { source: { kind: "input" }, ai: false } : undefined;
}

function referencesOf(template: string): readonly { readonly root: string; readonly id?: string | undefined }[] {
  try {
    return compileTemplate(template).references;
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

/** What follows an answer: the steps on the straight way from there to the next wait or end, by name. */
export function consequenceOf(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  from: string,
  port: string,
): {
  readonly steps: readonly string[];
  /** The run ends after them. */
  readonly ends: boolean;
} {
  const steps: string[] = [];
  const seen = new Set([from]);
  let next = flow.edges.find((edge) => edge.from === from && edge.port === port)?.to;
  while (next !== undefined && next !== "end" && !seen.has(next) && steps.length < MOST) {
    const id: string = next;
    const node = flow.nodes[id];
    if (node === undefined) break;
    seen.add(id);
    const manifest = manifests.find(({ type }) => type === node.type);
    if (manifest?.ports.length === 0) return { steps, ends: true };
    steps.push(node.name ?? id);
    // The edges stand in the order of their ports, the first outcome first.
    next = flow.edges.find((edge) => edge.from === id)?.to;
  }
  return { steps, ends: next === undefined || next === "end" };
}

const MOST = 4;
