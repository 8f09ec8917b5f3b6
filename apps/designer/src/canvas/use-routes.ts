/** Where cards and edges are while some are dragged, and the ways of the edges: found anew only as far as need be. */
import { useMemo, useRef } from "react";
import type { Point } from "../layout/card.ts";
import { Routing, type Route } from "./routing.ts";
import type { Scene } from "./scene.ts";

type Routes = ReadonlyMap<string, Route>;

export interface Ways {
  /** Corners on the whole canvas of the cards that are elsewhere. */
  readonly corners: ReadonlyMap<string, Point>;
  /** The ways as they were before the drag that is going on: the same ones throughout. */
  readonly still: Routes;
  /** The ways that are others because of it. */
  readonly detours: Routes;
}

const NO_DETOURS: Routes = new Map();

/** @param moved corners, relative to what the cards stand in */
export function useRoutes(scene: Scene, moved: ReadonlyMap<string, Point>): Ways {
  const kept = useRef<{ routing: Routing; still: Routes }>(undefined);
  return useMemo(() => {
    const known = kept.current?.routing.follows(scene) === true ? kept.current : undefined;
    const routing = known?.routing ?? new Routing(scene);
    let still = known?.still ?? routing.routes();
    const corners = cornersOf(scene, moved);
    routing.move(corners);
    if (moved.size === 0 && routing.hasMoved) still = routing.routes();
    kept.current = { routing, still };
    return { corners, still, detours: moved.size === 0 ? NO_DETOURS : routing.detours() };
  }, [scene, moved]);
}

/** Corners on the whole canvas of the cards that are dragged, and of those that stand in them. */
function cornersOf(scene: Scene, moved: ReadonlyMap<string, Point>): Map<string, Point> {
  const corners = new Map<string, Point>();
  if (moved.size === 0) return corners;
  for (const card of scene.cards.values()) {
    const own = moved.get(card.id);
    const parent = card.loop === undefined ? undefined : scene.cards.get(card.loop);
    const carried = card.loop === undefined ? undefined : corners.get(card.loop);
    if (own === undefined && carried === undefined) continue;
    const base = carried ?? parent ?? { x: 0, y: 0 };
    const inside = own ?? { x: card.x - (parent?.x ?? 0), y: card.y - (parent?.y ?? 0) };
    corners.set(card.id, { x: base.x + inside.x, y: base.y + inside.y });
  }
  return corners;
}
