/** Everything that FlowCanvas shows and answers, from its props. */
import {
  useReactFlow,
  useStore,
  useStoreApi,
  type EdgeChange,
  type OnEdgesChange,
  type OnInit,
  type OnNodesChange,
  type ReactFlowInstance,
} from "@xyflow/react";
import { useCallback, useMemo, useRef, type KeyboardEvent, type MouseEvent, type RefObject } from "react";
import { START } from "@holdfast/dsl";
import type { Point } from "../layout/card.ts";
import { useWords, type Translate } from "../words/use-words.tsx";
import type { CanvasRequests } from "./canvas-context.ts";
import type { EdgeName } from "./edge-names.tsx";
import type { LineGroup } from "./edge-lines.tsx";
import type { EdgeView } from "./card-view.ts";
import type { CanvasActions, CanvasSelection, FlowCanvasProps } from "./canvas-props.ts";
import { portWord } from "./node-words.ts";
import { canvasEdge, lineGroups, lineGroupsOn, noteOf, Picture, wiresIn, type CanvasNode } from "./picture.ts";
import type { Scene, SceneEdge } from "./scene.ts";
import { useSeen } from "./seen.ts";
import { useConnecting, type Connecting } from "./use-connecting.ts";
import { useDrag, type Drag } from "./use-drag.ts";
import { useDropping, type Dropping } from "./use-dropping.ts";
import { useRoutes } from "./use-routes.ts";
import { edgeNames, namesOn, useScene, viewsOf } from "./use-scene.ts";
import { useWalking } from "./use-walking.ts";
import { INTO } from "./walk.ts";
import type { WireEdge } from "./wire.tsx";
import { words } from "./words.ts";

export interface CanvasModel extends Connecting, Dropping {
  readonly root: RefObject<HTMLDivElement | null>;
  readonly label: string;
  readonly roleDescription: string;
  readonly requests: CanvasRequests;
  readonly nodes: CanvasNode[];
  readonly wires: WireEdge[];
  readonly groups: readonly LineGroup[];
  readonly names: readonly EdgeName[];
  readonly scene: Scene;
  /** Of the cards that are being dragged. */
  readonly corners: ReadonlyMap<string, Point>;
  readonly zoomLevel: "full" | "name" | "tile";
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onContextMenu: (event: MouseEvent) => void;
  readonly onNodesChange: OnNodesChange<CanvasNode>;
  readonly onNodeDragStart: () => void;
  readonly onNodeDragStop: () => void;
  readonly onNodeDoubleClick: (event: MouseEvent, node: CanvasNode) => void;
  readonly onEdgesChange: OnEdgesChange<WireEdge>;
  readonly onInit: OnInit<CanvasNode, WireEdge>;
}

const NOTHING_SELECTED: CanvasSelection = { nodes: new Set(), edges: new Set() };

export function useCanvas(props: FlowCanvasProps): CanvasModel {
  const { flow, manifests, selection = NOTHING_SELECTED, onSelect, actions } = props;
  const t = useWords(words);
  const root = useRef<HTMLDivElement>(null);
  const scene = useScene(flow, manifests);
  const walking = useWalking({
    root,
    scene,
    selection,
    onSelect,
    onOpen: props.onOpen,
    onFocus: props.onFocus,
    asked: props.focus,
  });
  const drag = useDrag({ scene, selection, onSelect, actions });
  const connecting = useConnecting(scene, actions);
  const dropping = useDropping(scene, actions);
  const requests = useRequests(props, { root, focused: walking.focused, wantsFocus: walking.wantsFocus });
  const drawn = useDrawn(props, { scene, drag, tabbable: walking.tabbable, drop: dropping.over });
  const onEdgesChange = useEdgeSelection(selection, onSelect);
  const onInit = useFirstLook(scene, root);
  const count = scene.cards.size - 1;
  const label = useMemo(() => t("canvas", { name: flow.name, count }), [t, flow.name, count]);
  return {
    root,
    label,
    roleDescription: t("roleDescription"),
    requests,
    ...drawn,
    scene,
    ...connecting,
    ...dropping,
    zoomLevel: useStore(({ transform }) => zoomLevelOf(transform[2])),
    onKeyDown: walking.onKeyDown,
    onContextMenu: useContextMenu(props),
    onNodesChange: drag.onNodesChange,
    onNodeDragStart: drag.onNodeDragStart,
    onNodeDragStop: drag.onNodeDragStop,
    onNodeDoubleClick: useOpening(props),
    onEdgesChange,
    onInit,
  };
}

function useOpening({ onOpen }: FlowCanvasProps): CanvasModel["onNodeDoubleClick"] {
  const latest = useRef(onOpen);
  latest.current = onOpen;
  return useCallback((_, { id }) => latest.current?.(id), []);
}

/** A right click, a long press, or the key for it on what has the focus. */
function useContextMenu(props: FlowCanvasProps): (event: MouseEvent) => void {
  const { screenToFlowPosition } = useReactFlow();
  const latest = useRef(props);
  latest.current = props;
  return useCallback(
    (event: MouseEvent) => {
      const { target } = event;
      const { actions, onSelect, selection } = latest.current;
      if (!(target instanceof Element) || target.closest("input, textarea, .hf-float, button") !== null) return;
      if (actions === undefined) return;
      event.preventDefault();
      const screen = { x: event.clientX, y: event.clientY };
      const at = screenToFlowPosition(screen);
      const card = target.closest<HTMLElement>("[data-node]")?.dataset["node"];
      const edge = target.closest<SVGElement>("[data-wire]")?.dataset["wire"];
      if (card !== undefined && selection?.nodes.has(card) !== true) {
        onSelect?.({ nodes: new Set([card]), edges: new Set() });
      }
      if (card === undefined && edge !== undefined) onSelect?.({ nodes: new Set(), edges: new Set([edge]) });
      const on = card === undefined ? { ...(edge !== undefined && { edge }) } : { card };
      actions.menu({ screen, at, ...on });
    },
    [screenToFlowPosition],
  );
}

/** At first the top of the flow in its whole width, large enough to be read. */
function useFirstLook(scene: Scene, root: RefObject<HTMLDivElement | null>): OnInit<CanvasNode, WireEdge> {
  const latest = useRef(scene);
  latest.current = scene;
  return useCallback(
    (instance: ReactFlowInstance<CanvasNode, WireEdge>) => {
      const cards = [...latest.current.cards.values()];
      const width = root.current?.clientWidth ?? 0;
      if (width === 0) return;
      const left = Math.min(...cards.map(({ x }) => x));
      const right = Math.max(...cards.map(({ x, geometry }) => x + geometry.width));
      const top = Math.min(...cards.map(({ y }) => y));
      const zoom = Math.max(width < PHONE ? 0.6 : 0.75, Math.min(1, (width - 2 * MARGIN) / (right - left)));
      const free = width - (right - left) * zoom;
      const start = latest.current.cards.get(START);
      const shown = Math.max(MARGIN / 2, free / 2) - left * zoom;
      // Where not all of it fits, the card that starts it is in the picture.
      const most = width - MARGIN / 2 - ((start?.x ?? left) + (start?.geometry.width ?? 0)) * zoom;
      void instance.setViewport({ x: Math.min(shown, most), y: 28 - top * zoom, zoom });
    },
    [root],
  );
}

/** At the sides, on first look. */
const MARGIN = 48;
const PHONE = 600;

function zoomLevelOf(zoom: number): "full" | "name" | "tile" {
  if (zoom < 0.35) return "tile";
  return zoom < 0.6 ? "name" : "full";
}

function useEdgeSelection(
  selection: CanvasSelection,
  onSelect: ((selection: CanvasSelection) => void) | undefined,
): OnEdgesChange<WireEdge> {
  const latest = useRef({ selection, onSelect });
  latest.current = { selection, onSelect };
  const store = useStoreApi();
  const onChange = (changes: EdgeChange<WireEdge>[]): void => {
    // A lasso is for cards: React Flow would take the edges between them as well.
    if (store.getState().userSelectionActive) return;
    const edges = new Set(latest.current.selection.edges);
    let changed = false;
    for (const change of changes) {
      if (change.type !== "select") continue;
      changed = true;
      if (change.selected) edges.add(change.id);
      else edges.delete(change.id);
    }
    const nodes = edges.size > 0 ? new Set<string>() : latest.current.selection.nodes;
    if (changed) latest.current.onSelect?.({ nodes, edges });
  };
  const run = useRef(onChange);
  run.current = onChange;
  return useCallback((changes: EdgeChange<WireEdge>[]) => run.current(changes), []);
}

interface Asking {
  readonly root: RefObject<HTMLDivElement | null>;
  readonly focused: (id: string) => void;
  readonly wantsFocus: (id: string) => boolean;
}

/** Stable: cards read the latest props through a reference. */
function useRequests(props: FlowCanvasProps, { root, focused, wantsFocus }: Asking): CanvasRequests {
  const latest = useRef(props);
  latest.current = props;
  const mode = props.mode ?? "view";
  return useMemo(
    (): CanvasRequests => ({
      mode,
      insertAfter: ({ node, port }) =>
        act(latest.current.actions, (actions) =>
          actions.insert({ after: { from: node, port } }, screenOf(root.current, `[data-node="${CSS.escape(node)}"]`)),
        ),
      insertOn: (edge) =>
        act(latest.current.actions, (actions) =>
          actions.insert({ onEdge: edge }, screenOf(root.current, `[data-id="${CSS.escape(edge)}"] .hf-edge-plus`)),
        ),
      focused,
      wantsFocus,
      rename: (id, name) => act(latest.current.actions, (actions) => actions.rename(id, name)),
      renameEnded: () => latest.current.onRenameEnd?.(),
      editNote: (id, text) => act(latest.current.actions, (actions) => actions.editNote(noteOf(id) ?? id, text)),
    }),
    [mode, root, focused, wantsFocus],
  );
}

function act(actions: CanvasActions | undefined, what: (actions: CanvasActions) => void): void {
  if (actions !== undefined) what(actions);
}

function screenOf(root: HTMLElement | null, selector: string): { x: number; y: number } {
  const box = root?.querySelector(selector)?.getBoundingClientRect();
  return box === undefined ? { x: 0, y: 0 } : { x: box.left + Math.min(28, box.width / 2), y: box.bottom };
}

interface DrawnSource {
  readonly scene: Scene;
  readonly drag: Drag;
  readonly tabbable: string;
  readonly drop: string | undefined;
}

type Drawn = Pick<CanvasModel, "nodes" | "wires" | "groups" | "names" | "corners">;

function useDrawn(props: FlowCanvasProps, { scene, drag, tabbable, drop }: DrawnSource): Drawn {
  const { flow, mode = "view", selection = NOTHING_SELECTED, cards, edges } = props;
  const t = useWords(words);
  const picture = useRef<Picture>(undefined);
  picture.current ??= new Picture();
  const own = picture.current;
  const { moved, picked = selection.nodes } = drag;
  const views = useMemo(() => viewsOf(scene, cards), [scene, cards]);
  const { corners, still, detours } = useRoutes(scene, moved);
  // All of this waits until a drag is over: for a thousand nodes it is dear. What follows puts in what is elsewhere.
  const { names, named } = useMemo(() => edgeNames(scene, still, t.language), [scene, still, t.language]);
  const placed = useMemo(
    () =>
      own.nodes({
        scene,
        flow,
        views,
        named,
        t,
        state: { selected: picked, tabbable, renaming: props.renaming, editing: mode === "edit" },
      }),
    [own, scene, flow, views, named, t, picked, tabbable, props.renaming, mode],
  );
  const nodes = useMemo(
    () => (moved.size === 0 ? placed : placed.map((node) => withPosition(node, moved.get(node.id)))),
    [placed, moved],
  );
  const drawnEdges = useMemo(
    () =>
      mode === "view"
        ? []
        : own.wires({
            scene,
            routes: still,
            selected: selection.edges,
            drop,
            names: (edge) => [...endsOf(scene, edge), edge.port, t.language].join("\n"),
            label: (edge) => edgeLabel(scene, edge, t),
          }),
    [own, mode, scene, still, selection.edges, drop, t],
  );
  const seen = useSeen();
  const view = useCallback((edge: SceneEdge): EdgeView => edges?.(canvasEdge(edge)) ?? {}, [edges]);
  const groups = useMemo(() => lineGroups(scene, (edge) => still.get(edge), view), [scene, still, view]);
  return {
    nodes,
    wires: useMemo(() => wiresIn(drawnEdges, still, seen), [drawnEdges, still, seen]),
    groups: useMemo(() => lineGroupsOn(groups, detours, { scene, still, view }), [groups, detours, scene, still, view]),
    names: useMemo(() => namesOn(names, detours), [names, detours]),
    corners,
  };
}

function withPosition(node: CanvasNode, position: { x: number; y: number } | undefined): CanvasNode {
  return position === undefined ? node : { ...node, position, dragging: true };
}

type Text = Translate<keyof (typeof words)["en"]>;

function endsOf(scene: Scene, edge: SceneEdge): readonly [string, string] {
  const name = (id: string): string => scene.cards.get(id)?.facts.name ?? id;
  return [name(edge.source), name(edge.to)];
}

function edgeLabel(scene: Scene, edge: SceneEdge, t: Text): string {
  const [from, to] = endsOf(scene, edge);
  const isOnly = edge.port === INTO || (scene.cards.get(edge.source)?.facts.ports.length ?? 0) < 2;
  return isOnly ? t("edge", { from, to }) : t("edgeOn", { from, to, port: portWord(edge.port, t.language) });
}
