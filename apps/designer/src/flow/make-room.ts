/** Where a node stands that was put on a way, and what makes room for it. */
import { END, START, type Body, type FlowDocument, type NodeManifest } from "@holdfast/dsl";
import { CHANNEL, GAP, isSideways, type CardGeometry, type Point } from "../layout/card.ts";
import { placeCards } from "../layout/layout-flow.ts";
import { findNode, graphAt } from "./graphs.ts";

/**
 * A node that came between others stands where the way leads, and what follows it moves down as far as it must; so does
 * what follows a loop that grew by it. All other cards stay, unless one of those would come to stand on them. A flow
 * whose cards were never placed by hand stays without positions.
 */
export function makeRoom(
  before: FlowDocument,
  after: FlowDocument,
  manifests: readonly NodeManifest[],
  id: string,
): FlowDocument {
  const scope = findNode(after, id)?.scope;
  if (before.layout === undefined || Object.keys(before.layout).length === 0 || scope === undefined) return after;
  const old = placeCards(before, manifests, { keep: before.layout });
  const { cards, positions: seen } = placeCards(after, manifests, { keep: { ...old.positions, ...after.layout } });
  const positions = new Map(Object.entries(seen));
  const graph = graphAt(after, scope);
  if (graph !== undefined && after.layout?.[id] === undefined) stand(id, { graph, cards, positions });
  for (const [depth, loop] of [...scope.entries()].toReversed()) {
    const around = graphAt(after, scope.slice(0, depth));
    const was = old.cards.get(loop)?.height;
    const grown = placeCards(after, manifests, { keep: Object.fromEntries(positions) }).cards;
    if (around !== undefined && was !== undefined) giveWay(loop, was, { graph: around, cards: grown, positions });
  }
  if (before.layout[START] === undefined) positions.delete(START);
  return { ...after, layout: Object.fromEntries(positions) };
}

interface Ground {
  readonly graph: Body;
  readonly cards: ReadonlyMap<string, CardGeometry>;
  readonly positions: Map<string, Point>;
}

/** Puts the node on the way to what follows it, and moves that down if there is too little room. */
function stand(id: string, ground: Ground): void {
  const { graph, cards, positions } = ground;
  const card = cards.get(id);
  const next = graph.edges.find(({ from, to }) => from === id && to !== END)?.to;
  const to = next === undefined ? undefined : positions.get(next);
  if (card === undefined || next === undefined || to === undefined) return;
  const apart = GAP + (graph.edges.filter((edge) => edge.to === next).length > 1 ? CHANNEL : 0);
  const above = { x: to.x, y: to.y - apart - card.height };
  const isFree = Object.keys(graph.nodes).every(
    (other) => other === id || !overlap({ ...above, ...card }, boxOf(other, ground)),
  );
  const fits = isFree && roomAbove(id, to, ground) >= card.height + GAP + apart;
  positions.set(id, fits ? above : to);
  if (!fits) pushDown(following(graph, next), ground, { from: to.y, by: card.height + apart, mover: id });
}

/** Between the card that leads to a node, from above, and what follows the node. */
function roomAbove(id: string, { y }: Point, { graph, cards, positions }: Ground): number {
  const way = graph.edges.find((edge) => edge.to === id);
  const from = way === undefined ? undefined : positions.get(way.from);
  if (way === undefined || from === undefined || isSideways(way.port ?? "")) return 0;
  return y - from.y - (cards.get(way.from)?.height ?? 0);
}

/** What stands below a loop, and follows it, moves by as much as the loop grew. */
function giveWay(loop: string, was: number, ground: Ground): void {
  const at = ground.positions.get(loop);
  const by = (ground.cards.get(loop)?.height ?? was) - was;
  if (at === undefined || by <= 0) return;
  const next = ground.graph.edges.filter(({ from, to }) => from === loop && to !== END);
  const ids = new Set(next.flatMap(({ to }) => [...following(ground.graph, to)]));
  pushDown(ids, ground, { from: at.y + was, by, mover: loop });
}

/** A node and everything that can come after it. */
function following({ edges }: Body, first: string): Set<string> {
  const found = new Set([first]);
  for (const id of found) for (const { from, to } of edges) if (from === id && to !== END) found.add(to);
  return found;
}

/** Moves cards down that start at a height or below it, and those that would be stood on. */
function pushDown(
  ids: ReadonlySet<string>,
  ground: Ground,
  { from, by, mover }: { readonly from: number; readonly by: number; readonly mover: string },
): void {
  const { graph, positions } = ground;
  const down = (id: string): void => {
    const at = positions.get(id);
    if (at !== undefined) positions.set(id, { x: at.x, y: at.y + by });
  };
  const moved = [...ids].filter((id) => id !== mover && (positions.get(id)?.y ?? -Infinity) >= from);
  moved.forEach(down);
  const movers = [mover, ...moved];
  const rest = new Set(Object.keys(graph.nodes).filter((id) => !movers.includes(id)));
  for (const one of movers) {
    for (const other of rest) {
      if (!overlap(boxOf(one, ground), boxOf(other, ground))) continue;
      rest.delete(other);
      down(other);
      movers.push(other);
    }
  }
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

const NOWHERE: Point = { x: -Infinity, y: -Infinity };
const NO_SIZE = { width: 0, height: 0 };

function boxOf(id: string, { cards, positions }: Ground): Box {
  return { ...(positions.get(id) ?? NOWHERE), ...(cards.get(id) ?? NO_SIZE) };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
