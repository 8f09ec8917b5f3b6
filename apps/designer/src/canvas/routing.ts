/** The ways of all edges of a scene, kept while cards are dragged so that only what a move touches is found anew. */
import type { CardGeometry, Point } from "../layout/card.ts";
import { EdgeRouter, type EdgeRoute, type PlacedCard } from "../layout/edge-router.ts";
import { bodyStart, type Scene, type SceneCard, type SceneEdge } from "./scene.ts";
import { INTO } from "./walk.ts";

export type Route = Pick<EdgeRoute, "path" | "points" | "label" | "middle">;

/** What stands for a body's own start: a port with no card around it. */
const WAY_IN: CardGeometry = {
  width: 0,
  height: 0,
  into: { x: 0, y: 0 },
  ports: [{ port: INTO, x: 0, y: 0, side: "bottom" }],
  row: false,
};

export class Routing {
  /** One per graph: cards of a body are no obstacle to what is outside, nor their loop to them. */
  readonly #routers = new Map<string, EdgeRouter>();
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
    const cards = new Map<string, PlacedCard[]>();
    const edges = new Map<string, SceneEdge[]>();
    for (const card of scene.cards.values()) {
      const scope = card.loop ?? "";
      into(cards, scope).push({ id: card.id, x: card.x, y: card.y, geometry: card.geometry });
      if (card.kind === "loop") into(cards, card.id).push(wayIn(card));
    }
    for (const edge of scene.edges) into(edges, edge.loop ?? "").push(edge);
    for (const [scope, own] of cards) {
      const ways = (edges.get(scope) ?? []).map(({ id, source, port, to }) => ({ id, from: source, port, to }));
      this.#routers.set(scope, new EdgeRouter(own, ways));
    }
  }

  routes(): ReadonlyMap<string, Route> {
    const all = new Map<string, Route>();
    for (const router of this.#routers.values()) for (const [id, route] of router.routes) all.set(id, route);
    return all;
  }

  /** Cards at other places of the canvas. */
  move(moved: ReadonlyMap<string, Point>): void {
    for (const [id, at] of moved) {
      const card = this.#scene.cards.get(id);
      if (card === undefined) continue;
      this.#routers.get(card.loop ?? "")?.move(id, at);
      if (card.kind === "loop") this.#routers.get(id)?.move(id, wayIn({ ...card, ...at }));
    }
  }
}

function wayIn(card: SceneCard): PlacedCard {
  return { id: card.id, ...bodyStart(card), geometry: WAY_IN };
}

function into<Value>(map: Map<string, Value[]>, key: string): Value[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
