/** The ways of all edges of a scene, kept while cards are dragged so that only what a move touches is found anew. */
import type { CardGeometry, Point } from "../layout/card.ts";
import { EdgeRouter, type EdgeRoute, type PlacedCard } from "../layout/edge-router.ts";
import { bodyStart, type Scene, type SceneCard, type SceneEdge } from "./scene.ts";
import { INTO } from "./walk.ts";

export type Route = Pick<EdgeRoute, "path" | "points" | "label" | "middle" | "trunk">;

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
  /** Where the cards stand that are not where the scene has them. */
  readonly #moved = new Map<string, Point>();
  /** Edges whose ways are others since somebody has taken them all. */
  readonly #touched = new Set<string>();
  #scene: Scene;

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

  /** Takes all ways as they are now. */
  routes(): ReadonlyMap<string, Route> {
    const all = new Map<string, Route>();
    for (const router of this.#routers.values()) for (const [id, route] of router.routes) all.set(id, route);
    this.#touched.clear();
    return all;
  }

  /** Whether ways are others than those that were taken. */
  get hasMoved(): boolean {
    return this.#touched.size > 0;
  }

  /** Those that are. */
  detours(): ReadonlyMap<string, Route> {
    const found = new Map<string, Route>();
    for (const id of this.#touched) {
      for (const router of this.#routers.values()) {
        const route = router.routes.get(id);
        if (route !== undefined) found.set(id, route);
      }
    }
    return found;
  }

  /**
   * Takes a scene over whose cards and edges are the same; of a large one also if cards stand elsewhere.
   * @returns false if the ways have to be found by a new one
   */
  follows(scene: Scene): boolean {
    if (scene === this.#scene) return true;
    const before = this.#scene;
    if (!haveSameShape(before, scene)) return false;
    const elsewhere = [...scene.cards.values()].filter(({ id, x, y }) => {
      const old = this.#moved.get(id) ?? before.cards.get(id);
      return old?.x !== x || old.y !== y;
    });
    // All ways are found anew after a move, since others may be better now; in a large flow that takes too long.
    if (elsewhere.length > MOVED || ((elsewhere.length > 0 || this.#moved.size > 0) && scene.cards.size <= LARGE)) {
      return false;
    }
    for (const card of elsewhere) this.#place(card.id, card);
    this.#moved.clear();
    this.#scene = scene;
    return true;
  }

  /** Exactly these cards are elsewhere on the canvas. */
  move(moved: ReadonlyMap<string, Point>): void {
    for (const [id, at] of this.#moved) {
      const home = this.#scene.cards.get(id);
      if (moved.has(id) || home === undefined) continue;
      this.#moved.delete(id);
      if (home.x !== at.x || home.y !== at.y) this.#place(id, home);
    }
    for (const [id, at] of moved) {
      const old = this.#moved.get(id) ?? this.#scene.cards.get(id);
      this.#moved.set(id, at);
      if (old?.x !== at.x || old.y !== at.y) this.#place(id, at);
    }
  }

  #place(id: string, { x, y }: Point): void {
    const card = this.#scene.cards.get(id);
    if (card === undefined) return;
    const moved = [
      this.#routers.get(card.loop ?? "")?.move(id, { x, y }),
      card.kind === "loop" ? this.#routers.get(id)?.move(id, wayIn({ ...card, x, y })) : undefined,
    ];
    for (const edges of moved) for (const edge of edges ?? []) this.#touched.add(edge);
  }
}

/** From so many cards on a scene is large. */
const LARGE = 200;

/** So many cards that moved are not worth keeping the rest for. */
const MOVED = 40;

/** Whether cards and edges are the same, wherever they stand. */
function haveSameShape(a: Scene, b: Scene): boolean {
  if (a.cards.size !== b.cards.size || a.edges.length !== b.edges.length) return false;
  for (const card of b.cards.values()) {
    const old = a.cards.get(card.id);
    if (old?.kind !== card.kind || old.loop !== card.loop || !areSame(old.geometry, card.geometry)) return false;
  }
  return b.edges.every((edge, index) => {
    const old = a.edges[index];
    return old?.id === edge.id && old.source === edge.source && old.port === edge.port && old.to === edge.to;
  });
}

function areSame(a: CardGeometry, b: CardGeometry): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function wayIn(card: SceneCard): PlacedCard {
  return { id: card.id, ...bodyStart(card), geometry: WAY_IN };
}

function into<Value>(map: Map<string, Value[]>, key: string): Value[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
