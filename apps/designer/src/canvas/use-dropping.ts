/** Dragging from the palette: onto an edge, onto a port, or beside. */
import { useReactFlow } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState, type DragEvent } from "react";
import { CARD_WIDTH, LOOP_INSET, LOOP_TITLE, type Point } from "../layout/card.ts";
import type { CanvasActions, InsertPlace } from "./canvas-props.ts";
import { PALETTE_MIME } from "./palette-drag.ts";
import { isEmptyLoop, type Scene, type SceneCard } from "./scene.ts";
import { edgeUnder } from "./use-connecting.ts";
import { INTO } from "./walk.ts";

export interface Dropping {
  /** The edge over which something hangs. */
  readonly over: string | undefined;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: () => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** So near to a port, in pixels of the screen, something is meant for it. */
const PORT_REACH = 28;

export function useDropping(scene: Scene, actions: CanvasActions | undefined): Dropping {
  const [over, setOver] = useState<string>();
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const latest = useRef({ scene, actions });
  latest.current = { scene, actions };
  const onDragOver = useCallback((event: DragEvent) => {
    if (!event.dataTransfer.types.includes(PALETTE_MIME)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    setOver(edgeUnder({ x: event.clientX, y: event.clientY }));
  }, []);
  const onDragLeave = useCallback(() => setOver(undefined), []);
  const onDrop = useCallback(
    (event: DragEvent) => {
      const entry = event.dataTransfer.getData(PALETTE_MIME);
      setOver(undefined);
      if (entry === "") return;
      event.preventDefault();
      const screen = { x: event.clientX, y: event.clientY };
      const place = placeUnder(latest.current.scene, screen, {
        at: screenToFlowPosition(screen),
        reach: PORT_REACH / getZoom(),
      });
      latest.current.actions?.drop(entry, place);
    },
    [screenToFlowPosition, getZoom],
  );
  return useMemo(() => ({ over, onDragOver, onDragLeave, onDrop }), [over, onDragOver, onDragLeave, onDrop]);
}

function placeUnder(scene: Scene, screen: Point, { at, reach }: { at: Point; reach: number }): InsertPlace {
  const onEdge = edgeUnder(screen);
  const after = portNear(scene, at, reach);
  if (after !== undefined) return { after };
  if (onEdge !== undefined) return { onEdge };
  const corner = { x: at.x - CARD_WIDTH / 2, y: at.y - 24 };
  const loop = loopAt(scene, at);
  if (loop === undefined) return { at: corner };
  if (isEmptyLoop(loop)) return { after: { from: loop.id, port: INTO } };
  const x = Math.max(LOOP_INSET.side, corner.x - loop.x);
  const y = Math.max(LOOP_TITLE + LOOP_INSET.top, corner.y - loop.y);
  return { at: { x, y }, into: loop.id };
}

/** The innermost loop at a place of the canvas. */
function loopAt(scene: Scene, at: Point): SceneCard | undefined {
  return [...scene.cards.values()].findLast(
    ({ kind, x, y, geometry }) =>
      kind === "loop" && at.x > x && at.y > y && at.x < x + geometry.width && at.y < y + geometry.height,
  );
}

/** The port next to a place of the canvas. */
function portNear(scene: Scene, at: Point, reach: number): { from: string; port: string } | undefined {
  let nearest: { from: string; port: string } | undefined;
  let least = reach;
  for (const card of scene.cards.values()) {
    for (const { port, x, y } of card.geometry.ports) {
      const far = Math.hypot(card.x + x - at.x, card.y + y - at.y);
      if (far < least) {
        least = far;
        nearest = { from: card.id, port };
      }
    }
  }
  return nearest;
}
