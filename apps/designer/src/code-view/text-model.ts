/** The text beside the drawing: which of both is ahead, and how they are put together. No I/O. */
import { applyChanges, canonicalText, changesBetween, parseFlow, type FlowDocument, type Issue } from "@holdfast/dsl";

export type Reading =
  | { readonly kind: "flow"; readonly flow: FlowDocument }
  | { readonly kind: "broken" }
  | { readonly kind: "wrong"; readonly issues: readonly Issue[] };

/** @param id the flow keeps it */
export function readText(text: string, id: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "broken" };
  }
  const parsed = parseFlow(value);
  if (!parsed.ok) return { kind: "wrong", issues: parsed.issues };
  if (parsed.flow.id === id) return { kind: "flow", flow: parsed.flow };
  return { kind: "wrong", issues: [{ code: "flow_id_fixed", severity: "error", pointer: "/id", message: "" }] };
}

/** What the drawing's text says: written-out defaults are left out in it. */
export function basisOf(flow: FlowDocument): FlowDocument {
  const parsed = parseFlow(JSON.parse(canonicalText(flow)));
  return parsed.ok ? parsed.flow : flow;
}

/** The drawing with what was changed in the text since both were the same. */
export function mergeText(
  flow: FlowDocument,
  basis: FlowDocument,
  typed: FlowDocument,
): { readonly flow: FlowDocument; readonly conflicts: number } {
  const { document, conflicts } = applyChanges(flow, changesBetween(basis, typed));
  return { flow: document, conflicts: conflicts.length };
}

/** The smallest single replacement that turns one text into the other: the cursor stays where it was. */
export function patchOf(before: string, after: string): { from: number; to: number; insert: string } | undefined {
  if (before === after) return undefined;
  let start = 0;
  const most = Math.min(before.length, after.length);
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
