/** What was done, so that it can be taken back: changes, not snapshots, so that others may work on the document, too. */
import { applyChanges, changesBetween, invertChanges, type DocumentChange, type FlowDocument } from "@holdfast/dsl";

export interface HistoryEntry {
  /** What it was, for “Undo: …”. */
  readonly label: string;
  /** Those of one gesture; typing and dragging go into the entry before if this is equal. */
  readonly key?: string;
  readonly changes: readonly DocumentChange[];
}

export interface History {
  /** The last one is undone first. */
  readonly past: readonly HistoryEntry[];
  /** The last one is redone first. */
  readonly future: readonly HistoryEntry[];
}

export const EMPTY_HISTORY: History = { past: [], future: [] };

/** More can't be undone. */
const DEPTH = 500;

export function recorded({ past }: History, entry: HistoryEntry): History {
  const last = past.at(-1);
  if (last !== undefined && entry.key !== undefined && last.key === entry.key) {
    const joined = { ...entry, changes: joinedChanges(last.changes, entry.changes) };
    return { past: [...past.slice(0, -1), joined], future: [] };
  }
  return { past: [...past, entry].slice(-DEPTH), future: [] };
}

export interface Step {
  readonly flow: FlowDocument;
  readonly history: History;
  readonly changes: readonly DocumentChange[];
  readonly label: string;
}

/** Takes back the last entry, as far as nobody else has changed its places since. */
export function undone(flow: FlowDocument, { past, future }: History): Step | undefined {
  const entry = past.at(-1);
  if (entry === undefined) return undefined;
  const { document } = applyChanges(flow, invertChanges(entry.changes));
  const changes = changesBetween(flow, document);
  const again = { label: entry.label, changes: invertChanges(changes) };
  return {
    flow: document,
    changes,
    label: entry.label,
    history: { past: past.slice(0, -1), future: [...future, again] },
  };
}

export function redone(flow: FlowDocument, { past, future }: History): Step | undefined {
  const entry = future.at(-1);
  if (entry === undefined) return undefined;
  const { document } = applyChanges(flow, entry.changes);
  const changes = changesBetween(flow, document);
  const again = { label: entry.label, changes };
  return {
    flow: document,
    changes,
    label: entry.label,
    history: { past: [...past, again], future: future.slice(0, -1) },
  };
}

/** One change per place where the places are the same: a word that was typed is one change. */
function joinedChanges(first: readonly DocumentChange[], second: readonly DocumentChange[]): DocumentChange[] {
  const later = new Map(second.map((change) => [JSON.stringify(change.path), change]));
  const known = new Set(first.map(({ path }) => JSON.stringify(path)));
  if (![...later.keys()].every((path) => known.has(path))) return [...first, ...second];
  return first.map((change) => {
    const next = later.get(JSON.stringify(change.path));
    if (next === undefined) return change;
    const { after: _, ...rest } = change;
    return next.after === undefined ? rest : { ...rest, after: next.after };
  });
}
