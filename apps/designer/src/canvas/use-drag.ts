/** Cards on the move: where they are is known here alone until they are let go, then it is one change. */
import type { NodeChange, OnNodesChange } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
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
  readonly onNodesChange: OnNodesChange<CanvasNode>;
}

const NOTHING: ReadonlyMap<string, Point> = new Map();

export interface DragSource {
  readonly scene: Scene;
  readonly selection: CanvasSelection;
  readonly onSelect: ((selection: CanvasSelection) => void) | undefined;
  readonly actions: CanvasActions | undefined;
}

export function useDrag(source: DragSource): Drag {
  const [moved, setMoved] = useState(NOTHING);
  const latest = useRef(source);
  latest.current = source;
  const going = useRef<Map<string, Point> | undefined>(undefined);
  const onNodesChange = useCallback((changes: NodeChange<CanvasNode>[]) => {
    const { scene, selection, onSelect, actions } = latest.current;
    const chosen = selectionAfter(changes, selection.nodes);
    if (chosen !== undefined) onSelect?.({ nodes: chosen, edges: new Set() });
    const steps = changes.flatMap((change) =>
      change.type === "position" && change.position !== undefined ? [{ id: change.id, ...change.position }] : [],
    );
    if (steps.length > 0) {
      going.current = new Map([...(going.current ?? NOTHING), ...snapped(scene, steps)]);
      setMoved(going.current);
    }
    const ended = changes.some((change) => change.type === "position" && change.dragging === false);
    if (ended && going.current !== undefined) {
      actions?.move(inLayout(scene, going.current));
      going.current = undefined;
      setMoved(NOTHING);
    }
  }, []);
  return useMemo(() => ({ moved, onNodesChange }), [moved, onNodesChange]);
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
