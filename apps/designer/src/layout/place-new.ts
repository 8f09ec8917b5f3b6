/** Cards that come to others which stay where they are: into free space next to what leads to them, pushing nothing. */
import { CHANNEL, COLUMN, GAP, isSideways, portPlace, type CardGeometry, type Point } from "./card.ts";
import type { Net, NetEdge } from "./net.ts";

/** Positions of all cards, those that are kept as they are. */
export function placeNew(net: Net, kept: ReadonlyMap<string, Point>): Map<string, Point> {
  const placed = new Map(kept);
  for (const id of net.order) {
    const card = net.cards.get(id);
    if (card === undefined || placed.has(id)) continue;
    placed.set(id, spotFor(id, card, net, placed));
  }
  return placed;
}

function spotFor(id: string, card: CardGeometry, net: Net, placed: ReadonlyMap<string, Point>): Point {
  const wishes = [
    ...(net.back.get(id) ?? []).flatMap((edge) => wishAfter(edge, net, placed)),
    ...(net.next.get(id) ?? []).flatMap((edge) => wishBefore(edge, card, placed)),
  ];
  const [wish = wishBelowAll(net, placed)] = wishes;
  return nearest(wish, card, net, placed);
}

function wishAfter({ from, port, to }: NetEdge, net: Net, placed: ReadonlyMap<string, Point>): Point[] {
  const [source, at] = [net.cards.get(from), placed.get(from)];
  if (source === undefined || at === undefined) return [];
  const place = portPlace(source, port);
  if (isSideways(port)) {
    const fits = place.y <= (net.cards.get(to)?.height ?? 0) - 30;
    return [{ x: at.x + source.width + 72, y: at.y + (fits ? 0 : place.y - 23) }];
  }
  const isFirst = place.x === source.into.x;
  return [{ x: isFirst ? at.x : at.x + COLUMN, y: at.y + source.height + GAP + (isFirst ? 0 : CHANNEL) }];
}

function wishBefore({ to }: NetEdge, card: CardGeometry, placed: ReadonlyMap<string, Point>): Point[] {
  const at = placed.get(to);
  return at === undefined ? [] : [{ x: at.x, y: at.y - GAP - card.height }];
}

function wishBelowAll(net: Net, placed: ReadonlyMap<string, Point>): Point {
  const bottoms = [...placed].map(([id, { y }]) => y + (net.cards.get(id)?.height ?? 0) + GAP);
  const lefts = [...placed.values()].map(({ x }) => x);
  return { x: lefts.length === 0 ? 0 : Math.min(...lefts), y: Math.max(0, ...bottoms) };
}

/** The wish, else the nearest free place below it, to its right or to its left; going aside only if it is shorter. */
function nearest(wish: Point, card: CardGeometry, net: Net, placed: ReadonlyMap<string, Point>): Point {
  let best = { ...wish, cost: Number.POSITIVE_INFINITY };
  for (const aside of [0, 1, 2, -1, 3, -2]) {
    const x = wish.x + aside * COLUMN;
    const y = freeFrom({ x, y: wish.y }, card, net, placed);
    const cost = Math.abs(aside) * COLUMN * (aside < 0 ? 1.2 : 0.7) + (y - wish.y);
    if (cost < best.cost) best = { x, y, cost };
  }
  return { x: best.x, y: best.y };
}

function freeFrom(from: Point, card: CardGeometry, net: Net, placed: ReadonlyMap<string, Point>): number {
  let top = from.y;
  for (let moved = true; moved;) {
    moved = false;
    for (const [id, at] of placed) {
      const other = net.cards.get(id);
      if (other === undefined || other.width === 0) continue;
      const beside = at.x >= from.x + card.width + 24 || at.x + other.width + 24 <= from.x;
      if (beside || at.y >= top + card.height + GAP || at.y + other.height + GAP <= top) continue;
      top = at.y + other.height + GAP;
      moved = true;
    }
  }
  return top;
}
