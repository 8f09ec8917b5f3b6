/** Finds what lies along a line without looking at everything: things by the squares of the ground they touch. */
import type { Point } from "./card.ts";

const CELL = 240;

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Upright or level, in either direction. */
export interface Segment {
  readonly from: Point;
  readonly to: Point;
}

export function rectOf({ from, to }: Segment): Rect {
  return {
    left: Math.min(from.x, to.x),
    top: Math.min(from.y, to.y),
    right: Math.max(from.x, to.x),
    bottom: Math.max(from.y, to.y),
  };
}

export class Grid<Thing> {
  readonly #cells = new Map<string, Set<Thing>>();

  add(rect: Rect, thing: Thing): void {
    for (const key of cellsOf(rect)) {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, new Set([thing]));
      else cell.add(thing);
    }
  }

  remove(rect: Rect, thing: Thing): void {
    for (const key of cellsOf(rect)) this.#cells.get(key)?.delete(thing);
  }

  /** Everything that may touch the rectangle, each once. */
  near(rect: Rect): Set<Thing> {
    const found = new Set<Thing>();
    for (const key of cellsOf(rect)) {
      for (const thing of this.#cells.get(key) ?? []) found.add(thing);
    }
    return found;
  }
}

function* cellsOf({ left, top, right, bottom }: Rect): Generator<string> {
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) yield `${x} ${y}`;
  }
}
