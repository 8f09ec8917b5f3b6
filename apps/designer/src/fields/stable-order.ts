/**
 * The order in which rows of names stay on the page. Names in a document have none: one that was saved comes back
 * sorted, and rows that change their places under the hands of whoever types would take the rest of the word elsewhere.
 */
import { useState } from "react";

/** What was there keeps its place, another name for one of them too; what came stands at the end. */
export function stableOrder(before: readonly string[], now: readonly string[]): readonly string[] {
  const gone = before.filter((name) => !now.includes(name));
  const come = now.filter((name) => !before.includes(name));
  const [old, fresh] = [gone[0], come[0]];
  if (gone.length === 1 && come.length === 1 && old !== undefined && fresh !== undefined) {
    return before.map((name) => (name === old ? fresh : name));
  }
  return [...before.filter((name) => now.includes(name)), ...come];
}

export function useStableOrder(names: readonly string[]): readonly string[] {
  const [order, setOrder] = useState(names);
  const next = stableOrder(order, names);
  const changed = next.length !== order.length || next.some((name, at) => name !== order[at]);
  if (changed) setOrder(next);
  return changed ? next : order;
}
