/** Where cards and edges are while some are dragged, and the ways of the edges: found anew only as far as need be. */
import { useMemo, useRef } from "react";
import type { Point } from "../layout/card.ts";
import { Routing, type Route } from "./routing.ts";
import type { Scene } from "./scene.ts";
import { movedScene } from "./use-scene.ts";

type Routes = ReadonlyMap<string, Route>;

export interface Ways {
  /** The scene as it looks now. */
  readonly shown: Scene;
  readonly routes: Routes;
  /** The ways as they were before the drag that is going on: the same ones throughout. */
  readonly still: Routes;
}

/** @param moved corners, relative to what the cards stand in */
export function useRoutes(scene: Scene, moved: ReadonlyMap<string, Point>): Ways {
  const kept = useRef<{ routing: Routing; still: Routes }>(undefined);
  return useMemo(() => {
    const routing = kept.current?.routing.follows(scene) === true ? kept.current.routing : new Routing(scene);
    const corners = cornersOf(scene, moved);
    routing.move(corners);
    const still = kept.current?.still;
    const isNew = routing !== kept.current?.routing;
    if (moved.size > 0 && still !== undefined) {
      kept.current = { routing, still };
      return { shown: movedScene(scene, corners), routes: routing.routes(), still };
    }
    const routes = isNew || still === undefined || routing.hasMoved ? routing.routes() : still;
    routing.hasMoved = false;
    kept.current = { routing, still: routes };
    return { shown: scene, routes, still: routes };
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
