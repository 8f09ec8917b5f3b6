/** Cards that are let go beside others line up with them. */
import type { Point } from "../layout/card.ts";
import type { Scene } from "./scene.ts";

export interface Step extends Point {
  readonly id: string;
}

/** From so many pixels on. */
const NEAR = 7;
/** Only what is near enough to be seen together draws. */
const REACH = 1_200;

/** The corners with a step to those of the nearest other cards of the same graph; all of them take the same step. */
export function snapped(scene: Scene, steps: readonly Step[]): Map<string, Point> {
  const moving = new Set(steps.map(({ id }) => id));
  const first = steps.find(({ id }) => scene.cards.has(id));
  const card = first === undefined ? undefined : scene.cards.get(first.id);
  if (first === undefined || card === undefined) return asMap(steps, 0, 0);
  const parent = card.loop === undefined ? undefined : scene.cards.get(card.loop);
  let dx = Infinity;
  let dy = Infinity;
  for (const other of scene.cards.values()) {
    if (other.loop !== card.loop || moving.has(other.id)) continue;
    const x = other.x - (parent?.x ?? 0) - first.x;
    const y = other.y - (parent?.y ?? 0) - first.y;
    if (Math.abs(x) > REACH || Math.abs(y) > REACH) continue;
    if (Math.abs(x) < Math.abs(dx)) dx = x;
    if (Math.abs(y) < Math.abs(dy)) dy = y;
  }
  return asMap(steps, Math.abs(dx) <= NEAR ? dx : 0, Math.abs(dy) <= NEAR ? dy : 0);
}

const asMap = (steps: readonly Step[], dx: number, dy: number): Map<string, Point> =>
  new Map(steps.map(({ id, x, y }) => [id, { x: x + dx, y: y + dy }]));
