/**
 * The lines of edges: right angles, one trunk into each card, around what stands in the way. Every edge takes the
 * cheapest of the ways it could take, in the order in which the edges are given; so the same flow gives the same lines.
 */
import { type CardGeometry, type Point, type Side, portPlace } from "./card.ts";
import { waysOf, type Ends } from "./edge-ways.ts";
import { lengthOf, pathOf, simplified } from "./path.ts";
import { Grid, rectOf, type Rect, type Segment } from "./segment-grid.ts";

/** A card where it stands. Cards of one graph; those in a loop's body are routed by themselves. */
export interface PlacedCard extends Point {
  readonly id: string;
  readonly geometry: CardGeometry;
}

export interface RoutedEdge {
  readonly id: string;
  readonly from: string;
  readonly port: string;
  readonly to: string;
}

export interface EdgeRoute {
  readonly id: string;
  /** SVG. */
  readonly path: string;
  /** The corners, both ends included. */
  readonly points: readonly Point[];
  /** The side of the target's card at which it arrives. */
  readonly into: Side;
  /** Where the name of an outcome at a card's side begins: above its edge. */
  readonly label?: Point;
  /** In the middle of its longest piece: where something can be put in between. */
  readonly middle: Point;
  /** Edges with the same trunk lead to the same card. */
  readonly trunk: string;
}

/** A straight part of a line. Whether it stands and what it covers is asked for very often. */
interface Straight extends Segment {
  readonly rect: Rect;
  readonly upright: boolean;
}

interface Piece extends Straight {
  readonly edge: string;
  readonly trunk: string;
}

const PRICE = { bend: 40, crossing: 60, overlap: 600, left: 400, card: 20_000 } as const;

export class EdgeRouter {
  readonly #cards = new Map<string, PlacedCard>();
  readonly #edges = new Map<string, RoutedEdge>();
  readonly #byCard = new Map<string, Set<string>>();
  readonly #cardGrid = new Grid<string>();
  readonly #pieceGrid = new Grid<Piece>();
  readonly #lines = new Map<string, { readonly points: Point[]; readonly pieces: Piece[] }>();
  readonly #routes = new Map<string, EdgeRoute>();

  constructor(cards: Iterable<PlacedCard>, edges: Iterable<RoutedEdge>) {
    for (const card of cards) this.#addCard(card);
    for (const edge of edges) {
      if (!this.#cards.has(edge.from) || !this.#cards.has(edge.to) || edge.from === edge.to) continue;
      this.#edges.set(edge.id, edge);
      for (const id of [edge.from, edge.to]) this.#byCard.set(id, (this.#byCard.get(id) ?? new Set()).add(edge.id));
    }
    for (const edge of this.#edges.values()) this.#lay(edge);
    for (const id of this.#edges.keys()) this.#draw(id);
  }

  /** By edge id. Edges to the end, from nowhere and to nowhere have none. */
  get routes(): ReadonlyMap<string, EdgeRoute> {
    return this.#routes;
  }

  /** Moves one card and draws its edges anew, and no others but those that cross them. Returns the ids of all these. */
  move(id: string, position: Point): Set<string> {
    const card = this.#cards.get(id);
    const touched = new Set<string>();
    if (card === undefined) return touched;
    const own = [...(this.#byCard.get(id) ?? [])];
    for (const edge of own) this.#lift(edge, touched);
    this.#cardGrid.remove(boxOf(card), id);
    this.#addCard({ ...card, x: position.x, y: position.y });
    for (const edge of own) {
      const spec = this.#edges.get(edge);
      if (spec !== undefined) this.#lay(spec);
      for (const piece of this.#lines.get(edge)?.pieces ?? []) this.#crossed(piece, touched);
      touched.add(edge);
    }
    for (const edge of touched) this.#draw(edge);
    return touched;
  }

  #addCard(card: PlacedCard): void {
    this.#cards.set(card.id, card);
    this.#cardGrid.add(boxOf(card), card.id);
  }

  /** Takes an edge's line away. */
  #lift(edge: string, touched: Set<string>): void {
    for (const piece of this.#lines.get(edge)?.pieces ?? []) {
      this.#pieceGrid.remove(piece.rect, piece);
      this.#crossed(piece, touched);
    }
    this.#lines.delete(edge);
  }

  #crossed(piece: Piece, touched: Set<string>): void {
    for (const other of this.#pieceGrid.near(piece.rect)) {
      if (other.trunk !== piece.trunk && crossing(piece, other) !== undefined) touched.add(other.edge);
    }
  }

  #lay(edge: RoutedEdge): void {
    const ends = this.#endsOf(edge);
    if (ends === undefined) return;
    const points = this.#cheapest(edge, ends);
    const pieces = piecesOf(points).map((segment) => ({ ...segment, edge: edge.id, trunk: edge.to }));
    for (const piece of pieces) this.#pieceGrid.add(piece.rect, piece);
    this.#lines.set(edge.id, { points, pieces });
  }

  #endsOf({ from, port, to }: RoutedEdge): Ends | undefined {
    const [source, target] = [this.#cards.get(from), this.#cards.get(to)];
    if (source === undefined || target === undefined) return undefined;
    const place = portPlace(source.geometry, port);
    return {
      from: { x: source.x + place.x, y: source.y + place.y },
      side: place.side,
      source: boxOf(source),
      to: { x: target.x + target.geometry.into.x, y: target.y + target.geometry.into.y },
      target: boxOf(target),
    };
  }

  #cheapest(edge: RoutedEdge, ends: Ends): Point[] {
    let best = [ends.from, ends.to];
    let least = Number.POSITIVE_INFINITY;
    for (const way of waysOf(ends, this.#inTheWay(edge, ends), (atLeast) => atLeast < least)) {
      const points = simplified(way);
      const plain = lengthOf(points) + PRICE.bend * (points.length - 2) + leftOf(points, ends);
      if (plain >= least) continue;
      const price = plain + this.#trouble(edge, points, least - plain);
      if (price >= least) continue;
      best = points;
      least = price;
    }
    return best;
  }

  /** Cards around which the edge may have to go. */
  #inTheWay(edge: RoutedEdge, { from, to }: Ends): Rect[] {
    const span = rectOf({ from, to });
    const wide = { left: span.left - 40, top: span.top, right: span.right + 40, bottom: span.bottom };
    const found: Rect[] = [];
    for (const id of this.#cardGrid.near(wide)) {
      const card = this.#cards.get(id);
      if (card === undefined || id === edge.from || id === edge.to) continue;
      const box = boxOf(card);
      const isNear = box.left < wide.right && box.right > wide.left && box.top < wide.bottom && box.bottom > wide.top;
      if (isNear) found.push(box);
      if (found.length >= 12) break;
    }
    return found;
  }

  #trouble(edge: RoutedEdge, points: readonly Point[], limit: number): number {
    let price = 0;
    for (const [index, segment] of piecesOf(points).entries()) {
      price += PRICE.card * this.#cardsUnder(segment.rect, edge, index === 0, index === points.length - 2);
      if (price > limit) return price;
      for (const piece of this.#pieceGrid.near(segment.rect)) {
        if (piece.trunk === edge.to) continue;
        if (overlaps(segment, piece)) price += PRICE.overlap;
        else if (crossing(segment, piece) !== undefined) price += PRICE.crossing;
      }
      if (price > limit) return price;
    }
    return price;
  }

  #cardsUnder(rect: Rect, edge: RoutedEdge, first: boolean, last: boolean): number {
    let count = 0;
    for (const id of this.#cardGrid.near({
      left: rect.left - 6,
      top: rect.top - 6,
      right: rect.right + 6,
      bottom: rect.bottom + 6,
    })) {
      const card = this.#cards.get(id);
      if (card === undefined) continue;
      // An edge begins and ends at its own cards; anywhere else they are in its way like others.
      const away = (first && id === edge.from) || (last && id === edge.to) ? -1 : 6;
      const { x, y, geometry } = card;
      const inside =
        rect.left < x + geometry.width + away &&
        rect.right > x - away &&
        rect.top < y + geometry.height + away &&
        rect.bottom > y - away;
      if (inside) count += 1;
    }
    return count;
  }

  #draw(id: string): void {
    const [edge, line] = [this.#edges.get(id), this.#lines.get(id)];
    if (edge === undefined || line === undefined) return;
    const { points } = line;
    const crossings = line.pieces.filter(({ upright }) => upright).flatMap((piece) => this.#gapsIn(piece));
    const [first, second, last, before] = [points[0], points[1], points.at(-1), points.at(-2)];
    if (first === undefined || second === undefined || last === undefined || before === undefined) return;
    const sideways = first.y === second.y;
    this.#routes.set(id, {
      id,
      path: pathOf(points, crossings),
      points,
      into: sideOf(before, last),
      ...(sideways && { label: { x: first.x + (second.x > first.x ? 12 : -12), y: first.y - 19 } }),
      middle: middleOf(points),
      trunk: edge.to,
    });
  }

  /** The upright one passes under the level one. */
  #gapsIn(piece: Piece): Point[] {
    const points: Point[] = [];
    for (const other of this.#pieceGrid.near(piece.rect)) {
      if (other.trunk === piece.trunk || other.upright) continue;
      const point = crossing(piece, other);
      if (point !== undefined) points.push(point);
    }
    return points;
  }
}

/** All edges of a graph at once. */
export function routeEdges(cards: Iterable<PlacedCard>, edges: Iterable<RoutedEdge>): ReadonlyMap<string, EdgeRoute> {
  return new EdgeRouter(cards, edges).routes;
}

/** The left of the spine is kept free where there is another way. */
function leftOf(points: readonly Point[], { source, target }: Ends): number {
  const left = Math.min(source.left, target.left);
  return points.some(({ x }) => x < left) ? PRICE.left : 0;
}

function boxOf({ x, y, geometry }: PlacedCard): Rect {
  return { left: x, top: y, right: x + geometry.width, bottom: y + geometry.height };
}

function piecesOf(points: readonly Point[]): Straight[] {
  const pieces: Straight[] = [];
  let from: Point | undefined;
  for (const to of points) {
    if (from !== undefined) pieces.push({ from, to, rect: rectOf({ from, to }), upright: from.x === to.x });
    from = to;
  }
  return pieces;
}

/** Where an upright and a level piece meet, both of them going on behind it. */
function crossing(a: Straight, b: Straight): Point | undefined {
  if (a.upright === b.upright) return undefined;
  const [tall, wide] = a.upright ? [a.rect, b.rect] : [b.rect, a.rect];
  const isCrossed = tall.left > wide.left && tall.left < wide.right && wide.top > tall.top && wide.top < tall.bottom;
  return isCrossed ? { x: tall.left, y: wide.top } : undefined;
}

/** Whether two pieces run along one another, so close that they can't be told apart. */
function overlaps(a: Straight, b: Straight): boolean {
  if (a.upright !== b.upright) return false;
  const [one, other] = [a.rect, b.rect];
  return a.upright
    ? Math.abs(one.left - other.left) < 5 && one.top < other.bottom && other.top < one.bottom
    : Math.abs(one.top - other.top) < 5 && one.left < other.right && other.left < one.right;
}

function sideOf(before: Point, last: Point): Side {
  if (before.y === last.y) return before.x < last.x ? "left" : "right";
  return before.y < last.y ? "top" : "bottom";
}

function middleOf(points: readonly Point[]): Point {
  let longest: Segment = { from: { x: 0, y: 0 }, to: { x: 0, y: 0 } };
  let length = -1;
  for (const piece of piecesOf(points)) {
    const own = lengthOf([piece.from, piece.to]);
    if (own <= length) continue;
    longest = piece;
    length = own;
  }
  return { x: (longest.from.x + longest.to.x) / 2, y: (longest.from.y + longest.to.y) / 2 };
}
