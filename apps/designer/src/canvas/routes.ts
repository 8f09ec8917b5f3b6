/** The ways of the edges of a scene. */
import { portPlace, SPINE, type Point } from "../layout/card.ts";
import { bodyStart, type Scene, type SceneEdge } from "./scene.ts";
import { INTO } from "./walk.ts";

export interface Route {
  readonly points: readonly Point[];
  readonly path: string;
  /** Where the port's name stands on a sideways edge, left above the line. */
  readonly label?: Point;
}

const RADIUS = 9;

/** Right angles with round corners. */
export function roundedPath(points: readonly Point[], radius: number = RADIUS): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${first.x},${first.y}`;
  rest.forEach((corner, at) => {
    const before = points[at];
    const after = points[at + 2];
    if (before === undefined || after === undefined) {
      path += ` L${corner.x},${corner.y}`;
      return;
    }
    const inward = Math.hypot(corner.x - before.x, corner.y - before.y);
    const outward = Math.hypot(after.x - corner.x, after.y - corner.y);
    const cut = Math.min(radius, inward / 2, outward / 2);
    if (cut === 0) return;
    const from = toward(corner, before, cut / inward);
    const to = toward(corner, after, cut / outward);
    path += ` L${from.x},${from.y} Q${corner.x},${corner.y} ${to.x},${to.y}`;
  });
  return path;
}

const toward = (from: Point, to: Point, share: number): Point => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});

/** The plainest way from a port to a card: for a connection that is being drawn, and where nothing better is known. */
export function elbow(from: Point, side: "bottom" | "right" | "left" | "top", to: Point): Point[] {
  if (side === "bottom") {
    if (Math.abs(from.x - to.x) < 1) return [from, to];
    const y = Math.max(from.y + 12, to.y - 22);
    return [from, { x: from.x, y }, { x: to.x, y }, to];
  }
  const x = from.x + 24;
  const y = to.y - 22;
  return [from, { x, y: from.y }, { x, y }, { x: to.x, y }, to];
}

export function plainRoute(scene: Scene, edge: SceneEdge): Route | undefined {
  const source = scene.cards.get(edge.source);
  const target = scene.cards.get(edge.to);
  if (source === undefined || target === undefined) return undefined;
  const to = { x: target.x + SPINE, y: target.y };
  if (edge.port === INTO) {
    const points = elbow(bodyStart(source), "bottom", to);
    return { points, path: roundedPath(points) };
  }
  const place = portPlace(source.geometry, edge.port);
  const from = { x: source.x + place.x, y: source.y + place.y };
  const beside =
    place.side === "right" &&
    target.x > from.x &&
    from.y > target.y + 12 &&
    from.y < target.y + target.geometry.height - 12;
  const points = beside ? [from, { x: target.x, y: from.y }] : elbow(from, place.side, to);
  const label = place.side === "right" ? { x: from.x + 12, y: from.y - 19 } : undefined;
  return { points, path: roundedPath(points), ...(label !== undefined && beside && { label }) };
}

/** The middle of a way, by length. */
export function middleOf(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((point, at) => distance(points[at] ?? point, point));
  let left = lengths.reduce((sum, one) => sum + one, 0) / 2;
  for (const [at, length] of lengths.entries()) {
    const from = points[at];
    const to = points[at + 1];
    if (from === undefined || to === undefined) break;
    if (length >= left && length > 0) return toward(from, to, left / length);
    left -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
