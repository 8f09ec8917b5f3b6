/** Cards on the move: where they are is known here alone until they are let go, then it is one change. */
import type { NodeChange, OnNodesChange } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { Point } from "../layout/card.ts";
import { LOOP_INSET, LOOP_TITLE } from "../layout/card.ts";
import type { CanvasActions, CanvasSelection } from "./canvas-props.ts";
import type { CanvasNode } from "./picture.ts";
import { noteOf } from "./picture.ts";
import type { Scene } from "./scene.ts";
import { snapped } from "./snap.ts";

export interface Drag {
  /** Corners relative to what they stand in, as React Flow has them. */
  readonly moved: ReadonlyMap<string, Point>;
  /** What is selected because it was taken hold of. Others hear of it when the drag is over. */
  readonly picked: ReadonlySet<string> | undefined;
  readonly onNodesChange: OnNodesChange<CanvasNode>;
  readonly onNodeDragStart: () => void;
  readonly onNodeDragStop: () => void;
}

const NOTHING: ReadonlyMap<string, Point> = new Map();

export interface DragSource {
  readonly scene: Scene;
  readonly selection: CanvasSelection;
  readonly onSelect: ((selection: CanvasSelection) => void) | undefined;
  readonly actions: CanvasActions | undefined;
}

export function useDrag(source: DragSource): Drag {
  const [{ moved, picked }, show] = useState<Shown>({ moved: NOTHING });
  const latest = useRef(source);
  latest.current = source;
  const going = useRef<Map<string, Point> | undefined>(undefined);
  const { pick, tell, chosen } = usePicking(latest, going, show);
  const letGo = useLettingGo(latest, show);
  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      pick(changes);
      const steps = changes.flatMap((change) =>
        change.type === "position" && change.position !== undefined ? [{ id: change.id, ...change.position }] : [],
      );
      if (steps.length > 0) {
        going.current = new Map([...(going.current ?? NOTHING), ...snapped(latest.current.scene, steps)]);
        show({ moved: going.current, picked: chosen() });
      }
      const ended = changes.some((change) => change.type === "position" && change.dragging === false);
      if (ended && going.current !== undefined) {
        letGo(going.current);
        going.current = undefined;
        afterNextFrame(tell);
      }
    },
    [pick, tell, chosen, letGo],
  );
  const onNodeDragStart = useCallback(() => {
    going.current ??= new Map();
    show(({ moved: at }) => ({ moved: at, picked: chosen() }));
  }, [chosen]);
  const onNodeDragStop = useCallback(() => {
    if (going.current === undefined) return;
    going.current = undefined;
    afterNextFrame(tell);
  }, [tell]);
  return { moved, picked, onNodesChange, onNodeDragStart, onNodeDragStop };
}

/**
 * What a drag changes is worked out when the page has shown where the cards were let go: in a large flow it takes longer
 * than a frame, and until then they look as they will.
 */
function useLettingGo(
  latest: RefObject<DragSource>,
  show: (next: (shown: Shown) => Shown) => void,
): (moved: ReadonlyMap<string, Point>) => void {
  const left = useRef<ReadonlyMap<string, Point>>(undefined);
  const settle = useCallback(() => {
    const { current } = left;
    if (current === undefined) return;
    left.current = undefined;
    const { scene, actions } = latest.current;
    actions?.move(inLayout(scene, current));
    // Unless the next drag has begun.
    show((shown) => (shown.moved === current ? { ...shown, moved: NOTHING } : shown));
  }, [latest, show]);
  useEffect(() => settle, [settle]);
  return useCallback(
    (moved) => {
      settle();
      left.current = moved;
      afterNextFrame(settle);
    },
    [settle],
  );
}

interface Shown {
  readonly moved: ReadonlyMap<string, Point>;
  readonly picked?: ReadonlySet<string> | undefined;
}

interface Picking {
  readonly pick: (changes: readonly NodeChange<CanvasNode>[]) => void;
  readonly tell: () => void;
  readonly chosen: () => ReadonlySet<string> | undefined;
}

/**
 * A card that is taken hold of is selected. Its panel is dear to open, so what a drag selects is told after it; a click
 * is told at once. React Flow says that a card is selected right before it says that a drag begins.
 */
function usePicking(
  latest: RefObject<DragSource>,
  going: RefObject<ReadonlyMap<string, Point> | undefined>,
  show: (next: (shown: Shown) => Shown) => void,
): Picking {
  const held = useRef<{ readonly nodes: ReadonlySet<string>; readonly over: CanvasSelection }>(undefined);
  return useMemo(() => {
    const tell = (): void => {
      const { current } = held;
      if (current === undefined || going.current !== undefined) return;
      held.current = undefined;
      // Something else may have been selected since.
      if (current.over === latest.current.selection) {
        latest.current.onSelect?.({ nodes: current.nodes, edges: new Set() });
      }
      show(({ moved }) => ({ moved }));
    };
    return {
      pick(changes) {
        const { selection } = latest.current;
        const nodes = selectionAfter(changes, held.current?.nodes ?? selection.nodes);
        if (nodes === undefined) return;
        held.current = { nodes, over: selection };
        queueMicrotask(tell);
      },
      tell,
      chosen: () => held.current?.nodes,
    };
  }, [latest, going, show]);
}

/** When the page shows what was done just now. */
function afterNextFrame(what: () => void): void {
  requestAnimationFrame(() => setTimeout(what));
}

function selectionAfter(
  changes: readonly NodeChange<CanvasNode>[],
  before: ReadonlySet<string>,
): Set<string> | undefined {
  const picks = changes.flatMap((change) => (change.type === "select" ? [change] : []));
  if (picks.length === 0) return undefined;
  const after = new Set(before);
  for (const { id, selected } of picks) {
    if (selected) after.add(id);
    else after.delete(id);
  }
  return after;
}

/** In whole pixels; a card in a body stays right of and below the body's corner. */
function inLayout(scene: Scene, moved: ReadonlyMap<string, Point>): Record<string, Point> {
  return Object.fromEntries(
    [...moved].map(([id, at]) => {
      const inBody = noteOf(id) === undefined && scene.cards.get(id)?.loop !== undefined;
      const x = Math.round(at.x);
      const y = Math.round(at.y);
      if (!inBody) return [id, { x, y }];
      return [id, { x: Math.max(LOOP_INSET.side, x), y: Math.max(LOOP_TITLE + LOOP_INSET.top, y) }];
    }),
  );
}
