/** What the overview draws: the cards as one path per color, and the frame that holds them and what is looked at. */
import type { Point } from "../layout/card.ts";
import type { Rect } from "../layout/segment-grid.ts";
import type { Scene, SceneCard } from "./scene.ts";

export interface CardPaths {
  readonly plain: string;
  readonly waits: string;
}

/** @param without cards that are left out. @param at only these cards, at these corners */
export function pathsOf(scene: Scene, without?: ReadonlySet<string>, at?: ReadonlyMap<string, Point>): CardPaths {
  let plain = "";
  let waits = "";
  const draw = (card: SceneCard, { x, y }: Point): void => {
    const { width, height } = card.geometry;
    const path = `M${Math.round(x)},${Math.round(y)}h${width}v${height}h${-width}z`;
    if (card.facts.family === "wait") waits += path;
    else plain += path;
  };
  if (at === undefined) for (const card of scene.cards.values()) if (without?.has(card.id) !== true) draw(card, card);
  for (const [id, corner] of at ?? []) {
    const card = scene.cards.get(id);
    if (card !== undefined) draw(card, corner);
  }
  return { plain, waits };
}

/** The ground that the cards cover. */
export function boundsOf(scene: Scene): Rect {
  const [first] = scene.cards.values();
  let [left, top] = [first?.x ?? 0, first?.y ?? 0];
  let [right, bottom] = [left, top];
  for (const { x, y, geometry } of scene.cards.values()) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + geometry.width);
    bottom = Math.max(bottom, y + geometry.height);
  }
  return { left, top, right, bottom };
}

export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Pixels of the canvas, at its own size, to one of the overview. */
  readonly scale: number;
}

/** So many pixels of the overview are left free around it. */
const MARGIN = 5;

/** Cards and view in the middle of a picture of the given size. */
export function frameOf(cards: Rect, view: Rect, size: { readonly width: number; readonly height: number }): Frame {
  const left = Math.min(cards.left, view.left);
  const top = Math.min(cards.top, view.top);
  const wide = Math.max(cards.right, view.right) - left;
  const tall = Math.max(cards.bottom, view.bottom) - top;
  const scale = Math.max(wide / size.width, tall / size.height, Number.EPSILON);
  const margin = MARGIN * scale;
  const [width, height] = [size.width * scale, size.height * scale];
  return {
    x: left - (width - wide) / 2 - margin,
    y: top - (height - tall) / 2 - margin,
    width: width + 2 * margin,
    height: height + 2 * margin,
    scale,
  };
}
