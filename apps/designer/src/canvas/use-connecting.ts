/** Drawing edges between ports, and moving the ends of those that are there. */
import {
  useReactFlow,
  type Connection,
  type Edge,
  type FinalConnectionState,
  type OnConnectStart,
} from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Point } from "../layout/card.ts";
import type { CanvasActions } from "./canvas-props.ts";
import { mayConnect } from "./may-connect.ts";
import { noteOf } from "./picture.ts";
import type { Scene } from "./scene.ts";
import type { WireEdge } from "./wire.tsx";

export interface Connecting {
  readonly connecting: boolean;
  readonly onConnect: (connection: Connection) => void;
  readonly onConnectStart: OnConnectStart;
  readonly onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => void;
  readonly onReconnect: (edge: WireEdge, connection: Connection) => void;
  readonly onReconnectEnd: (
    event: MouseEvent | TouchEvent,
    edge: WireEdge,
    handle: unknown,
    state: FinalConnectionState,
  ) => void;
  readonly isValidConnection: (connection: Connection | Edge) => boolean;
}

export function useConnecting(scene: Scene, actions: CanvasActions | undefined): Connecting {
  const [connecting, setConnecting] = useState(false);
  const flow = useReactFlow();
  const latest = useRef({ scene, actions });
  latest.current = { scene, actions };
  const reconnecting = useRef<WireEdge | undefined>(undefined);

  const isValidConnection = useCallback(
    ({ source, sourceHandle, target }: Connection | Edge) =>
      mayConnect(latest.current.scene, { node: source, port: sourceHandle ?? "out" }, target),
    [],
  );
  const onConnect = useCallback(({ source, sourceHandle, target }: Connection) => {
    latest.current.actions?.connect({ ...sourceOf(source, sourceHandle), to: target });
  }, []);
  const onConnectStart = useCallback<OnConnectStart>(() => setConnecting(true), []);
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      setConnecting(false);
      const { fromNode, fromHandle } = state;
      if (state.isValid === true || fromNode === null || reconnecting.current !== undefined) return;
      const from = sourceOf(fromNode.id, fromHandle?.id);
      const screen = pointOf(event);
      const target = cardUnder(screen);
      if (target === undefined) {
        latest.current.actions?.insert({ at: flow.screenToFlowPosition(screen), after: from }, screen);
      } else if (target !== fromNode.id) {
        // Where it can't be drawn, this says why.
        latest.current.actions?.connect({ ...from, to: target });
      }
    },
    [flow],
  );
  const onReconnect = useCallback((edge: WireEdge, { source, sourceHandle, target }: Connection) => {
    reconnecting.current = edge;
    latest.current.actions?.reconnect(edge.id, { ...sourceOf(source, sourceHandle), to: target });
  }, []);
  const onReconnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, edge: WireEdge, _handle: unknown, state: FinalConnectionState) => {
      setConnecting(false);
      const done = reconnecting.current !== undefined || state.isValid === true;
      reconnecting.current = undefined;
      const target = cardUnder(pointOf(event));
      if (done || target === undefined || target === edge.target || target === edge.source) return;
      latest.current.actions?.reconnect(edge.id, { ...sourceOf(edge.source, edge.sourceHandle), to: target });
    },
    [],
  );
  return useMemo(
    () => ({ connecting, onConnect, onConnectStart, onConnectEnd, onReconnect, onReconnectEnd, isValidConnection }),
    [connecting, onConnect, onConnectStart, onConnectEnd, onReconnect, onReconnectEnd, isValidConnection],
  );
}

function sourceOf(node: string, handle: string | null | undefined): { from: string; port: string } {
  return { from: node, port: handle ?? "out" };
}

function pointOf(event: MouseEvent | TouchEvent): Point {
  const touch = "changedTouches" in event ? event.changedTouches[0] : event;
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}

/** The card at a place of the screen; a note is ground. */
function cardUnder({ x, y }: Point): string | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const card = element.closest<HTMLElement>("[data-node]")?.dataset["node"];
    if (card !== undefined && noteOf(card) === undefined) return card;
  }
  return undefined;
}

/** The edge at a place of the screen. */
export function edgeUnder({ x, y }: Point): string | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    if (element instanceof SVGElement && element.dataset["edge"] !== undefined) return element.dataset["edge"];
  }
  return undefined;
}
