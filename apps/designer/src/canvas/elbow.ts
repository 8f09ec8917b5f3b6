import type { Point, Side } from "../layout/card.ts";

/** The plainest way from a port to a card, for an edge that is being drawn. */
export function elbow(from: Point, side: Side, to: Point): Point[] {
  if (side === "bottom") {
    if (Math.abs(from.x - to.x) < 1) return [from, to];
    const y = Math.max(from.y + 12, to.y - 22);
    return [from, { x: from.x, y }, { x: to.x, y }, to];
  }
  const x = from.x + 24;
  const y = to.y - 22;
  return [from, { x, y: from.y }, { x, y }, { x: to.x, y }, to];
}
