import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { useMemo } from "react";
import type { Point } from "../layout/card.ts";
import { useLanguage } from "../words/use-words.tsx";
import type { CardView } from "./card-view.ts";
import type { EdgeName } from "./edge-names.tsx";
import { portWord } from "./node-words.ts";
import { positionsOf } from "./positions.ts";
import type { Route } from "./routing.ts";
import { buildScene, type Scene } from "./scene.ts";

const byType = new WeakMap<readonly NodeManifest[], ReadonlyMap<string, NodeManifest>>();

export function manifestMap(manifests: readonly NodeManifest[]): ReadonlyMap<string, NodeManifest> {
  const known = byType.get(manifests) ?? new Map(manifests.map((manifest) => [manifest.type, manifest]));
  byType.set(manifests, known);
  return known;
}

/** The scene of a flow in the reader's language, made anew only for a new document. */
export function useScene(flow: FlowDocument, manifests: readonly NodeManifest[]): Scene {
  const language = useLanguage();
  return useMemo(
    () => buildScene({ flow, manifests: manifestMap(manifests), language, positions: positionsOf(flow, manifests) }),
    [flow, manifests, language],
  );
}

/** The scene with some cards elsewhere, as they are while they are dragged. */
export function movedScene(scene: Scene, moved: ReadonlyMap<string, Point>): Scene {
  const cards = new Map(scene.cards);
  for (const [id, { x, y }] of moved) {
    const card = cards.get(id);
    if (card !== undefined) cards.set(id, { ...card, x, y });
  }
  return { ...scene, cards };
}

/** The names on sideways edges, and which ports need none on the card for it. */
export function edgeNames(
  scene: Scene,
  routes: ReadonlyMap<string, Route>,
  language: ReturnType<typeof useLanguage>,
): { names: EdgeName[]; named: Map<string, Set<string>> } {
  const names: EdgeName[] = [];
  const named = new Map<string, Set<string>>();
  for (const edge of scene.edges) {
    const at = routes.get(edge.id)?.label;
    if (at === undefined || named.get(edge.source)?.has(edge.port) === true) continue;
    named.set(edge.source, (named.get(edge.source) ?? new Set()).add(edge.port));
    names.push({ id: edge.id, text: portWord(edge.port, language), at });
  }
  return { names, named };
}

export function viewsOf(
  scene: Scene,
  cards: ((id: string) => CardView | undefined) | undefined,
): ReadonlyMap<string, CardView> {
  const views = new Map<string, CardView>();
  if (cards === undefined) return views;
  for (const id of scene.cards.keys()) {
    const view = cards(id);
    if (view !== undefined) views.set(id, view);
  }
  return views;
}
