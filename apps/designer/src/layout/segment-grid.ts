/** Finds what lies along a line without looking at everything: things by the squares of the ground they touch. */
import type { Point } from "./card.ts";

const CELL = 240;
/** More cells than a flow is high or wide, so that no two have the same number. */
const ROW = 2 ** 26;

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
  readonly #cells = new Map<number, Set<Thing>>();

  add(rect: Rect, thing: Thing): void {
    eachCell(rect, (key) => {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, new Set([thing]));
      else cell.add(thing);
    });
  }

  remove(rect: Rect, thing: Thing): void {
    eachCell(rect, (key) => this.#cells.get(key)?.delete(thing));
  }

  /** Everything that may touch the rectangle, each once. To be read before anything is added or removed. */
  near(rect: Rect): ReadonlySet<Thing> {
    let only: ReadonlySet<Thing> | undefined;
    let all: Set<Thing> | undefined;
    eachCell(rect, (key) => {
      const cell = this.#cells.get(key);
      if (cell === undefined || cell.size === 0) return;
      if (only === undefined) {
        only = cell;
        return;
      }
      all ??= new Set(only);
      for (const thing of cell) all.add(thing);
    });
    return all ?? only ?? new Set();
  }
}

/** Cells by one number each: this is asked some hundred times for every frame of a drag. */
function eachCell({ left, top, right, bottom }: Rect, visit: (key: number) => void): void {
  const [firstX, lastX] = [Math.floor(left / CELL), Math.floor(right / CELL)];
  const [firstY, lastY] = [Math.floor(top / CELL), Math.floor(bottom / CELL)];
  for (let x = firstX; x <= lastX; x += 1) {
    for (let y = firstY; y <= lastY; y += 1) visit(x * ROW + y);
  }
}
