/** Nodes that only got another id. */
import type { FlowDocument } from "../document/flow.ts";
import type { NodeSpec } from "../document/node.ts";
import { walkNodes } from "../document/walk-nodes.ts";
import { renameInDocument } from "../expression/rename.ts";
import { isEqual } from "./value-diff.ts";

export interface Rename {
  readonly from: string;
  readonly to: string;
}

/**
 * Pairs a node that went with one that came if they are equal but for their names, in graphs of the same loop, and no
 * other node fits either of them.
 */
export function findRenames(before: FlowDocument, after: FlowDocument): Rename[] {
  const old = [...walkNodes(before)];
  const current = [...walkNodes(after)];
  const oldIds = new Set(old.map(({ id }) => id));
  const currentIds = new Set(current.map(({ id }) => id));
  const gone = old.filter(({ id }) => !currentIds.has(id));
  const come = current.filter(({ id }) => !oldIds.has(id));
  const pairs = gone.flatMap(({ id, node, loop }) =>
    come
      .filter((other) => other.loop === loop && isEqual(essence(node), essence(other.node)))
      .map((other) => ({ from: id, to: other.id })),
  );
  return pairs.filter(({ from, to }) => pairs.filter((pair) => pair.from === from || pair.to === to).length === 1);
}

/** The document as it would be with the nodes renamed, so that a reference to one is no difference. */
export function withRenames(flow: FlowDocument, renames: readonly Rename[]): FlowDocument {
  return renames.reduce((renamed, { from, to }) => renameInDocument(renamed, from, to), flow);
}

function essence({ name, ...rest }: NodeSpec): Omit<NodeSpec, "name"> {
  return rest;
}
