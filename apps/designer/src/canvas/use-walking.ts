/** The keyboard on the canvas: which card has the focus, and where the arrows lead. */
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { START } from "@holdfast/dsl";
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import type { CanvasSelection } from "./canvas-props.ts";
import { noteOf } from "./picture.ts";
import { edgeFocus, edgeOf } from "./edge-focus.ts";
import { edgeBeside, walkGraph, type Scene } from "./scene.ts";
import { heir, sibling, walk, type Direction, type WalkGraph } from "./walk.ts";

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

export interface WalkingSource {
  readonly root: RefObject<HTMLDivElement | null>;
  readonly scene: Scene;
  readonly selection: CanvasSelection;
  readonly onSelect: ((selection: CanvasSelection) => void) | undefined;
  readonly onOpen: ((id: string) => void) | undefined;
  readonly onFocus: ((id: string) => void) | undefined;
  readonly asked: { readonly id: string } | undefined;
}

export interface Walking {
  /** The one card in the tab order. */
  readonly tabbable: string;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly focused: (id: string) => void;
  readonly wantsFocus: (id: string) => boolean;
  readonly focusCard: (id: string) => void;
}

export function useWalking(source: WalkingSource): Walking {
  const { scene, asked } = source;
  const [at, setAt] = useState<string>(START);
  const graph = useMemo(() => walkGraph(scene), [scene]);
  const latest = useRef({ ...source, graph });
  latest.current = { ...source, graph };
  const wanted = useRef<string | undefined>(undefined);
  const hasFocus = useRef(false);
  const show = useShow(latest);

  const focusCard = useCallback(
    (id: string) => {
      const element = elementOf(latest.current.root.current, id);
      const card = cardOf(latest.current.scene, id);
      show(card);
      setAt(card);
      if (element === undefined) wanted.current = id;
      else element.focus({ preventScroll: true });
    },
    [show],
  );
  const wantsFocus = useCallback((id: string) => {
    if (wanted.current !== id) return false;
    wanted.current = undefined;
    return true;
  }, []);
  const wire = useRef<string | undefined>(undefined);
  const focused = useCallback((id: string) => {
    hasFocus.current = true;
    wire.current = edgeOf(id);
    const card = cardOf(latest.current.scene, id);
    if (wire.current !== undefined) latest.current.onSelect?.({ nodes: new Set(), edges: new Set([wire.current]) });
    setAt(card);
    latest.current.onFocus?.(card);
  }, []);

  useHeir({ at, setAt, scene, latest, hasFocus, wire, focusCard });
  useEffect(() => {
    if (asked !== undefined) focusCard(asked.id);
  }, [asked, focusCard]);
  const onKeyDown = useCallback((event: KeyboardEvent) => keyDown(event, latest.current, focusCard), [focusCard]);
  return { tabbable: at, onKeyDown, focused, wantsFocus, focusCard };
}

type Latest = RefObject<WalkingSource & { graph: WalkGraph }>;

/** When the card with the focus goes away, what came before it has the focus. */
function useHeir(options: {
  at: string;
  setAt: (id: string) => void;
  scene: Scene;
  latest: Latest;
  hasFocus: RefObject<boolean>;
  wire: RefObject<string | undefined>;
  focusCard: (id: string) => void;
}): void {
  const { at, setAt, scene, latest, hasFocus, wire, focusCard } = options;
  const before = useRef<WalkGraph>(latest.current.graph);
  useEffect(() => {
    const old = before.current;
    before.current = latest.current.graph;
    const lostWire = wire.current !== undefined && scene.edges.every(({ id }) => id !== wire.current);
    if (lostWire) wire.current = undefined;
    if (scene.cards.has(at) || noteOf(at) !== undefined) {
      if (lostWire && isNowhere(document.activeElement)) focusCard(at);
      return;
    }
    const gone = new Set([...old.spots.keys()].filter((id) => !scene.cards.has(id)));
    // Under another id it is the same card, and is still the one that is selected.
    const [only] = latest.current.selection.nodes;
    const same = latest.current.selection.nodes.size === 1 && only !== undefined && !old.spots.has(only);
    const next = (same && scene.cards.has(only) ? only : heir(old, gone, at)) ?? START;
    setAt(next);
    latest.current.onFocus?.(next);
    // The card that is gone may still be in the page for a moment.
    const active = document.activeElement;
    const lost = isNowhere(active) || active?.closest<HTMLElement>("[data-node]")?.dataset["node"] === at;
    if (hasFocus.current && lost) focusCard(next);
  }, [at, scene, latest, hasFocus, wire, focusCard, setAt]);
}

/** Where the focus is when what had it went away. */
function isNowhere(active: Element | null): boolean {
  return active === null || active === document.body || active.closest("[data-wire]") !== null;
}

/** The card that has the focus; of an edge, the one it leaves. */
function cardOf(scene: Scene, id: string): string {
  const edge = edgeOf(id);
  return edge === undefined ? id : (scene.edges.find((one) => one.id === edge)?.source ?? START);
}

/** Moves the picture, by as little as is needed, so that a card is wholly in it. */
function useShow(latest: Latest): (id: string) => void {
  const store = useStoreApi();
  const { setViewport } = useReactFlow();
  return useCallback(
    (id: string) => {
      const card = latest.current.scene.cards.get(id);
      const { width, height, transform } = store.getState();
      if (card === undefined || width === 0) return;
      const [x, y, zoom] = transform;
      const margin = 24;
      const dx = shift(card.x * zoom + x, card.geometry.width * zoom, { size: width, margin });
      const dy = shift(card.y * zoom + y, card.geometry.height * zoom, { size: height, margin });
      if (dx === 0 && dy === 0) return;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      void setViewport({ x: x + dx, y: y + dy, zoom }, { duration: still ? 0 : 160 });
    },
    [latest, store, setViewport],
  );
}

function shift(start: number, length: number, { size, margin }: { size: number; margin: number }): number {
  if (start < margin || length > size - 2 * margin) return margin - start;
  const over = start + length - (size - margin);
  return over > 0 ? -over : 0;
}

function elementOf(root: HTMLElement | null, id: string): HTMLElement | SVGElement | undefined {
  const edge = edgeOf(id);
  const selector = edge === undefined ? `[data-node="${CSS.escape(id)}"]` : `[data-wire="${CSS.escape(edge)}"]`;
  return root?.querySelector<HTMLElement | SVGElement>(selector) ?? undefined;
}

function keyDown(
  event: KeyboardEvent,
  latest: WalkingSource & { graph: WalkGraph },
  focusCard: (id: string) => void,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const wire = event.target instanceof SVGElement ? event.target.dataset["wire"] : undefined;
  if (wire !== undefined) wireKeyDown(event, wire, { latest, focusCard });
  const from = event.target instanceof HTMLElement ? event.target.dataset["node"] : undefined;
  if (from === undefined) return;
  const direction = ARROWS[event.key];
  if (direction !== undefined) {
    event.preventDefault();
    go(walk(latest.graph, from, direction), { event, latest, focusCard });
  } else if (event.key === "Tab") {
    const next = sibling(latest.graph, from, event.shiftKey ? -1 : 1);
    if (next === undefined) return;
    event.preventDefault();
    go(next, { event, latest, focusCard });
  } else if (event.key === "Enter") {
    event.preventDefault();
    latest.onSelect?.({ nodes: new Set([from]), edges: new Set() });
    latest.onOpen?.(from);
  } else if (event.key === " ") {
    event.preventDefault();
    latest.onSelect?.({ nodes: toggled(latest.selection.nodes, from), edges: new Set() });
  }
}

/** On an edge: up and down to its ends, left and right to the others of the same card. */
function wireKeyDown(
  event: KeyboardEvent,
  wire: string,
  { latest, focusCard }: { latest: WalkingSource; focusCard: (id: string) => void },
): void {
  const edge = latest.scene.edges.find(({ id }) => id === wire);
  if (edge === undefined) return;
  const to = (id: string): void => {
    event.preventDefault();
    latest.onSelect?.({ nodes: new Set([id]), edges: new Set() });
    focusCard(id);
  };
  const aside = (step: number): void => {
    event.preventDefault();
    const next = edgeBeside(latest.scene, wire, step);
    if (next !== undefined) focusCard(edgeFocus(next));
  };
  if (event.key === "ArrowUp" || event.key === "Escape") to(edge.source);
  else if (event.key === "ArrowDown" || event.key === "Enter") to(edge.to);
  else if (event.key === "ArrowRight") aside(1);
  else if (event.key === "ArrowLeft") aside(-1);
}

function go(
  to: string | undefined,
  { event, latest, focusCard }: { event: KeyboardEvent; latest: WalkingSource; focusCard: (id: string) => void },
): void {
  if (to === undefined) return;
  const nodes = event.shiftKey && event.key !== "Tab" ? new Set([...latest.selection.nodes, to]) : new Set([to]);
  latest.onSelect?.({ nodes, edges: new Set() });
  focusCard(to);
}

function toggled(set: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
