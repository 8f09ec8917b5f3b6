/**
 * Documents by their stored text. Reading one checks all of it, which takes a large one some fifty milliseconds, and
 * the same ones are read with every change of a draft.
 */
import { type FlowDocument, parseFlow } from "@holdfast/dsl";

/** Characters of all that is kept. */
const MOST = 32 * 1024 * 1024;

const known = new Map<string, FlowDocument>();
let kept = 0;

/** A document that was stored. Nobody changes what is in it. */
export function readDocument(text: string): FlowDocument {
  const found = known.get(text);
  if (found !== undefined) {
    // The one that was used last is forgotten last.
    known.delete(text);
    known.set(text, found);
    return found;
  }
  const parsed = parseFlow(JSON.parse(text));
  if (!parsed.ok) throw new Error(`a stored document can't be read: ${parsed.issues[0]?.message ?? ""}`);
  keepDocument(text, parsed.flow);
  return parsed.flow;
}

/** It has been checked, and is about to be stored as this text. */
export function keepDocument(text: string, document: FlowDocument): void {
  if (known.has(text)) return;
  known.set(text, document);
  kept += text.length;
  for (const oldest of known.keys()) {
    if (kept <= MOST) break;
    known.delete(oldest);
    kept -= oldest.length;
  }
}
