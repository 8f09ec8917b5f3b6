import { walkNodes, type FlowDocument, type NodeManifest } from "@holdfast/dsl";
import type { Point } from "../layout/card.ts";
import { layoutFlow } from "../layout/layout-flow.ts";

/** Where the cards stand: as the document says, and in free space what has no place yet. */
export function positionsOf(flow: FlowDocument, manifests: readonly NodeManifest[]): Record<string, Point> {
  const layout = flow.layout ?? {};
  for (const { id } of walkNodes(flow)) {
    if (layout[id] === undefined) return layoutFlow(flow, manifests, { keep: layout });
  }
  return layout;
}
