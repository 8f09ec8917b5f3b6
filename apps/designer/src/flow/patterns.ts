/** Wired parts that the palette offers beside single nodes. */
import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { leadTo } from "./edges.ts";
import { pasteFragment } from "./fragment.ts";
import actAndConfirm from "./patterns/act-and-confirm.json" with { type: "json" };
import askRemindEscalate from "./patterns/ask-remind-escalate.json" with { type: "json" };

/** Each has a name in the words of the palette. */
export const PATTERNS = { askRemindEscalate, actAndConfirm } as const;

export type PatternName = keyof typeof PATTERNS;

export interface PatternOptions {
  readonly manifests: readonly NodeManifest[];
  readonly at?: { readonly x: number; readonly y: number };
  /** The port that leads to its first node. */
  readonly after?: { readonly from: string; readonly port?: string };
  readonly into?: string;
}

export function addPattern(
  flow: FlowDocument,
  name: PatternName,
  { manifests, at, after, into }: PatternOptions,
): { flow: FlowDocument; ids: string[] } {
  const pasted = pasteFragment(flow, JSON.stringify(PATTERNS[name]), {
    manifests,
    ...(at !== undefined && { at }),
    ...(into !== undefined && { into }),
  });
  const [first] = pasted.ids;
  if (after === undefined || first === undefined) return pasted;
  return { ...pasted, flow: leadTo(withoutPositions(pasted.flow, at === undefined ? pasted.ids : []), after, first) };
}

/** Where nobody has chosen a place, layout chooses it. */
function withoutPositions(flow: FlowDocument, ids: readonly string[]): FlowDocument {
  if (flow.layout === undefined) return flow;
  const kept = Object.entries(flow.layout).filter(([id]) => !ids.includes(id));
  const { layout: _, ...rest } = flow;
  return kept.length === 0 ? rest : { ...rest, layout: Object.fromEntries(kept) };
}
