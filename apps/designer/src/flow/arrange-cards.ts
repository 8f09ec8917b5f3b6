/** Moving cards: by hand, along a line, evenly, or as automatic layout would have them. */
import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { COLUMN, GAP, LOOP_INSET, LOOP_TITLE, type Point, type Size } from "../layout/card.ts";
import { placeCards } from "../layout/layout-flow.ts";
import { allNodes, findNode } from "./graphs.ts";

/** Cards in a loop's body stand relative to their loop and stay below its title. */
export function moveNodes(flow: FlowDocument, positions: { readonly [id: string]: Point }): FlowDocument {
  const layout = { ...flow.layout };
  let moved = false;
  for (const [id, { x, y }] of Object.entries(positions)) {
    const inside = (findNode(flow, id)?.scope.length ?? 0) > 0;
    if (id !== "start" && findNode(flow, id) === undefined) continue;
    const at = {
      x: Math.max(inside ? LOOP_INSET.side : -1e7, Math.min(1e7, Math.round(x))),
      y: Math.max(inside ? LOOP_TITLE + LOOP_INSET.top : -1e7, Math.min(1e7, Math.round(y))),
    };
    if (layout[id]?.x === at.x && layout[id].y === at.y) continue;
    layout[id] = at;
    moved = true;
  }
  return moved ? { ...flow, layout } : flow;
}

export type AlignSide = "left" | "center" | "right" | "top" | "middle" | "bottom";

/** How far along its size the line of a side is. */
const SHARE = { left: 0, center: 0.5, right: 1, top: 0, middle: 0.5, bottom: 1 } as const;

/** Brings cards to one line: that of the outermost, or the middle between them. */
export function align(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  ids: readonly string[],
  side: AlignSide,
): FlowDocument {
  const boxes = boxesOf(flow, manifests, ids);
  if (boxes.length < 2) return flow;
  const axis = side === "left" || side === "center" || side === "right" ? "x" : "y";
  const extent = axis === "x" ? "width" : "height";
  const share = SHARE[side];
  const from = Math.min(...boxes.map((box) => box[axis]));
  const to = Math.max(...boxes.map((box) => box[axis] + box[extent]));
  const line = from + (to - from) * share;
  return moveNodes(
    flow,
    Object.fromEntries(boxes.map((box) => [box.id, { x: box.x, y: box.y, [axis]: line - box[extent] * share }])),
  );
}

/** Makes the gaps between cards equal; the outermost stay. */
export function distribute(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  ids: readonly string[],
  axis: "x" | "y",
): FlowDocument {
  const extent = axis === "x" ? "width" : "height";
  const boxes = boxesOf(flow, manifests, ids).toSorted((a, b) => a[axis] - b[axis]);
  const [first, last] = [boxes[0], boxes.at(-1)];
  if (boxes.length < 3 || first === undefined || last === undefined) return flow;
  const filled = boxes.reduce((sum, box) => sum + box[extent], 0);
  const gap = (last[axis] + last[extent] - first[axis] - filled) / (boxes.length - 1);
  let next = first[axis];
  const entries = boxes.map((box): [string, Point] => {
    const at = { x: box.x, y: box.y, [axis]: next };
    next += box[extent] + gap;
    return [box.id, at];
  });
  return moveNodes(flow, Object.fromEntries(entries));
}

/** Lays out anew: the whole flow, or some of its cards where they are now, in free space and pushing nothing. */
export function tidy(flow: FlowDocument, manifests: readonly NodeManifest[], ids?: readonly string[]): FlowDocument {
  const all = allNodes(flow);
  if (ids === undefined || ids.length === 0 || ids.length >= all.size) {
    return moveNodes(flow, placeCards(flow, manifests).positions);
  }
  const chosen = new Set(ids.filter((id) => all.get(id)?.scope.length === 0));
  const seen = placeCards(flow, manifests, { keep: flow.layout ?? {} });
  const nodes = Object.fromEntries(Object.entries(flow.nodes).filter(([id]) => chosen.has(id)));
  const edges = flow.edges.filter(({ from, to }) => chosen.has(from) && chosen.has(to));
  const part = placeCards({ ...flow, nodes, edges }, manifests);
  const cards = Object.keys(nodes).flatMap((id) => boxOf(id, part.positions[id], part.cards.get(id)));
  const old = Object.keys(nodes).flatMap((id) => boxOf(id, seen.positions[id], seen.cards.get(id)));
  if (cards.length === 0) return flow;
  const others = Object.keys(flow.nodes).flatMap((id) =>
    chosen.has(id) ? [] : boxOf(id, seen.positions[id], seen.cards.get(id)),
  );
  const shift = { x: left(old) - left(cards), y: top(old) - top(cards) };
  while (
    cards.some((card) => others.some((other) => meet({ ...card, x: card.x + shift.x, y: card.y + shift.y }, other)))
  ) {
    shift.x += COLUMN;
  }
  return moveNodes(
    flow,
    Object.fromEntries(cards.map((card) => [card.id, { x: card.x + shift.x, y: card.y + shift.y }])),
  );
}

interface Box extends Point, Size {
  readonly id: string;
}

/**
 * Where cards are seen, those included whose places nobody has chosen. Cards in a loop are measured from its corner, so
 * there is no line between them and others: those of the outermost graph count.
 */
function boxesOf(flow: FlowDocument, manifests: readonly NodeManifest[], ids: readonly string[]): Box[] {
  const { positions, cards } = placeCards(flow, manifests, { keep: flow.layout ?? {} });
  const depths = ids.map((id) => findNode(flow, id)?.scope.length ?? 0);
  const outermost = Math.min(...depths);
  const within = ids.find((_, index) => depths[index] === outermost) ?? "";
  const loop = findNode(flow, within)?.scope.at(-1);
  return ids
    .filter((id) => findNode(flow, id)?.scope.at(-1) === loop)
    .flatMap((id) => boxOf(id, positions[id], cards.get(id)));
}

function boxOf(id: string, at: Point | undefined, size: Size | undefined): Box[] {
  return at === undefined || size === undefined
    ? []
    : [{ id, x: at.x, y: at.y, width: size.width, height: size.height }];
}

function left(boxes: readonly Box[]): number {
  return Math.min(...boxes.map(({ x }) => x));
}

function top(boxes: readonly Box[]): number {
  return Math.min(...boxes.map(({ y }) => y));
}

function meet(a: Box, b: Box): boolean {
  const beside = a.x >= b.x + b.width + GAP || b.x >= a.x + a.width + GAP;
  return !beside && a.y < b.y + b.height + GAP && b.y < a.y + a.height + GAP;
}
