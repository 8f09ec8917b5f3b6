/** The ways that an edge could take, as the corners of right-angled lines, the plainest first. */
import type { Point, Side } from "./card.ts";
import type { Rect } from "./segment-grid.ts";

/** Above a card, where all edges to it come together. */
const TRUNK = 22;
/** Below a card, where an edge turns away from it. */
const TURN = 16;
/** Beside a card. */
const ASIDE = 24;
/** Between edges that run side by side. */
const LANE = 8;

export interface Ends {
  readonly from: Point;
  readonly side: Side;
  readonly source: Rect;
  /** Where edges from above arrive. */
  readonly to: Point;
  readonly target: Rect;
}

/** Whether a way that is at least so long is worth to be looked at. */
type IsWorth = (atLeast: number) => boolean;

/**
 * Straight ones, then with one turn aside, then around what is in the way.
 * @param isWorth what is too long already is left out
 */
export function* waysOf(ends: Ends, around: readonly Rect[], isWorth: IsWorth = () => true): Generator<Point[]> {
  if (ends.side === "right" || ends.side === "left") yield* sidewaysWays(ends, around, isWorth);
  else yield* downwardWays(ends, around, isWorth);
}

/** How long a way is at least that turns off to some x and comes back, `tall` being what it climbs there. */
function aside(from: Point, x: number, to: Point, tall: number): number {
  // Without a climb the corner at x is none.
  return tall === 0 ? 0 : Math.abs(from.x - x) + Math.abs(x - to.x);
}

function* downwardWays(
  { from, to, source, target }: Ends,
  around: readonly Rect[],
  isWorth: IsWorth,
): Generator<Point[]> {
  if (from.x === to.x && to.y > from.y) yield [from, to];
  if (to.y - from.y >= TURN) {
    for (const level of levels(from.y, to.y)) {
      yield [from, { x: from.x, y: level }, { x: to.x, y: level }, to];
    }
  }
  for (const x of corridors(source, target, around)) {
    for (const turn of [TURN, TURN - LANE, TURN + LANE]) {
      for (const trunk of [TRUNK, TRUNK - LANE, TRUNK + LANE]) {
        const [below, above] = [from.y + turn, to.y - trunk];
        if (!isWorth(aside(from, x, to, above - below))) continue;
        yield [from, { x: from.x, y: below }, { x, y: below }, { x, y: above }, { x: to.x, y: above }, to];
      }
    }
  }
}

function* sidewaysWays(
  { from, side, to, source, target }: Ends,
  around: readonly Rect[],
  isWorth: IsWorth,
): Generator<Point[]> {
  const right = side === "right";
  const edge = right ? target.left : target.right;
  const beside = right ? edge - from.x : from.x - edge;
  if (beside > 0) {
    if (from.y >= target.top + 12 && from.y <= target.bottom - 12) yield [from, { x: edge, y: from.y }];
    const entry = { x: edge, y: target.top + 24 };
    for (const share of [0.5, 0.35, 0.65]) {
      const x = Math.round(from.x + (right ? 1 : -1) * Math.min(72 * share, beside * share));
      yield [from, { x, y: from.y }, { x, y: entry.y }, entry];
    }
  }
  for (const x of corridors(source, target, around)) {
    if (right ? x <= from.x : x >= from.x) continue;
    for (const trunk of [TRUNK, TRUNK - LANE, TRUNK + LANE]) {
      const above = to.y - trunk;
      if (!isWorth(aside(from, x, to, above - from.y))) continue;
      yield [from, { x, y: from.y }, { x, y: above }, { x: to.x, y: above }, to];
    }
  }
  // To the left of its card: around it, in the gap below.
  const out = from.x + (right ? ASIDE : -ASIDE);
  for (const x of corridors(source, target, around)) {
    const below = source.bottom + TURN;
    const above = to.y - TRUNK;
    if (!isWorth(aside({ x: out, y: below }, x, to, above - below))) continue;
    yield [
      from,
      { x: out, y: from.y },
      { x: out, y: below },
      { x, y: below },
      { x, y: above },
      { x: to.x, y: above },
      to,
    ];
  }
}

/** Where an edge may run level between a card and one below it: in the trunk of the target, or close to the source. */
function levels(from: number, to: number): number[] {
  const trunk = to - TRUNK;
  const wanted = [trunk, from + TURN, trunk - LANE, from + TURN + LANE, trunk + LANE, from + TURN - LANE, from + 20];
  return wanted.filter((level) => level > from + 4 && level < to - 10);
}

/** Where an edge may run up or down beside cards: those it connects, and those in its way. */
function corridors(source: Rect, target: Rect, around: readonly Rect[]): number[] {
  const wanted = new Set<number>();
  for (const rect of [source, target, ...around]) {
    for (const away of [ASIDE, ASIDE + LANE, ASIDE + 2 * LANE]) {
      wanted.add(rect.right + away);
      wanted.add(rect.left - away);
    }
  }
  return [...wanted];
}
