/** From the corners of an edge to the line that is drawn. */
import type { Point } from "./card.ts";

const RADIUS = 9;
/** Left free where an edge passes under another one. */
const GAP = 7;

/** The corners without those that lie on a straight line. */
export function simplified(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last !== undefined && last.x === point.x && last.y === point.y) continue;
    const level = before !== undefined && last !== undefined && before.y === last.y && last.y === point.y;
    const upright = before !== undefined && last !== undefined && before.x === last.x && last.x === point.x;
    if (level || upright) kept.pop();
    kept.push(point);
  }
  return kept;
}

export function lengthOf(points: readonly Point[]): number {
  let length = 0;
  let before: Point | undefined;
  for (const point of points) {
    if (before !== undefined) length += distance(before, point);
    before = point;
  }
  return length;
}

/** @param crossings places on the line where it is interrupted */
export function pathOf(points: readonly Point[], crossings: readonly Point[] = []): string {
  const [first] = points;
  if (first === undefined) return "";
  let path = `M${first.x},${first.y}`;
  let start = first;
  for (let index = 1; index < points.length; index += 1) {
    const [corner, next] = [points[index], points[index + 1]];
    if (corner === undefined) break;
    const radius =
      next === undefined ? 0 : Math.min(RADIUS, distance(start, corner) - 0.01, distance(corner, next) / 2);
    const end = radius > 0 ? toward(corner, start, radius) : corner;
    path += straight(start, end, crossings);
    if (next !== undefined && radius > 0) {
      start = toward(corner, next, radius);
      path += ` Q${text(corner)} ${text(start)}`;
    } else start = corner;
  }
  return path;
}

/** A straight piece with its interruptions. */
function straight(from: Point, to: Point, crossings: readonly Point[]): string {
  const length = distance(from, to);
  const on = crossings.filter(
    (point) => isOn(point, from, to) && distance(from, point) >= GAP && distance(point, to) >= GAP,
  );
  on.sort((a, b) => distance(from, a) - distance(from, b));
  let path = "";
  let free = 0;
  for (const point of on) {
    const at = distance(from, point);
    if (at - GAP / 2 <= free) continue;
    path += ` L${text(toward(from, to, at - GAP / 2))} M${text(toward(from, to, at + GAP / 2))}`;
    free = at + GAP / 2;
  }
  return length === 0 ? path : `${path} L${text(to)}`;
}

function isOn(point: Point, from: Point, to: Point): boolean {
  return (
    (from.x === to.x && point.x === from.x && isBetween(point.y, from.y, to.y)) ||
    (from.y === to.y && point.y === from.y && isBetween(point.x, from.x, to.x))
  );
}

function isBetween(value: number, a: number, b: number): boolean {
  return value >= Math.min(a, b) && value <= Math.max(a, b);
}

/** The point that is `length` away from one, in the direction of another. */
function toward(from: Point, to: Point, length: number): Point {
  const all = distance(from, to);
  if (all === 0) return from;
  return { x: from.x + ((to.x - from.x) / all) * length, y: from.y + ((to.y - from.y) / all) * length };
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function text({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
