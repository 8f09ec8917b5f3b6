import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { useMemo } from "react";
import { spokenIn } from "../flow/manifests.ts";
import type { Language } from "../words/language.ts";
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

interface Known {
  readonly manifests: readonly NodeManifest[];
  readonly language: Language;
  readonly scene: Scene;
}

const scenes = new WeakMap<FlowDocument, Known>();

/** The scene of a flow in the reader's language, made anew only for a new document, and once for all who draw it. */
export function useScene(flow: FlowDocument, manifests: readonly NodeManifest[]): Scene {
  const language = useLanguage();
  return useMemo(() => {
    const known = scenes.get(flow);
    if (known?.manifests === manifests && known.language === language) return known.scene;
    const positions = positionsOf(flow, manifests);
    const scene = buildScene({ flow, manifests: manifestMap(spokenIn(flow, manifests)), language, positions });
    scenes.set(flow, { manifests, language, scene });
    return scene;
  }, [flow, manifests, language]);
}

/** The names on sideways edges, and which ports need none on the card for it. */
export function edgeNames(
  scene: Scene,
  routes: ReadonlyMap<string, Route>,
  language: Language,
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

/** The names where they are while some ways are others. */
export function namesOn(names: readonly EdgeName[], detours: ReadonlyMap<string, Route>): readonly EdgeName[] {
  if (detours.size === 0) return names;
  return names.flatMap((name) => {
    const way = detours.get(name.id);
    if (way === undefined) return [name];
    return way.label === undefined ? [] : [{ ...name, at: way.label }];
  });
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
