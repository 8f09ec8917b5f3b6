/** Edges into one card share their last part. One that no run took stops where it meets one that a run may take. */
import type { Point } from "../layout/card.ts";

/** The corners of a way up to where it first meets another. */
export function untilTrunk(points: readonly Point[], others: readonly (readonly Point[])[]): Point[] {
  const own = segments(points);
  for (const [at, segment] of own.entries()) {
    const meets = others
      .flatMap(segments)
      .flatMap((other) => meeting(segment, other) ?? [])
      .toSorted((a, b) => far(segment[0], a) - far(segment[0], b));
    const [first] = meets;
    if (first !== undefined) return [...points.slice(0, at + 1), first];
  }
  return [...points];
}

type Segment = readonly [Point, Point];

function segments(points: readonly Point[]): Segment[] {
  return points.slice(1).flatMap((to, at): Segment[] => {
    const from = points[at];
    return from === undefined ? [] : [[from, to]];
  });
}

const far = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

/** Where the first of two right-angled lines comes onto the second: the nearest point to its start that both have. */
function meeting(own: Segment, other: Segment): Point | undefined {
  const x = shared(own, other, "x");
  const y = shared(own, other, "y");
  return x === undefined || y === undefined ? undefined : { x, y };
}

function shared([from, to]: Segment, [a, b]: Segment, axis: "x" | "y"): number | undefined {
  const low = Math.max(Math.min(from[axis], to[axis]), Math.min(a[axis], b[axis]));
  const high = Math.min(Math.max(from[axis], to[axis]), Math.max(a[axis], b[axis]));
  if (low > high) return undefined;
  return from[axis] <= to[axis] ? low : high;
}
