/** Everything that FlowCanvas shows and answers, from its props. */
import { useStore, type EdgeChange, type OnEdgesChange, type OnInit, type OnNodesChange } from "@xyflow/react";
import { useCallback, useMemo, useRef, type KeyboardEvent, type RefObject } from "react";
import { useWords } from "../words/use-words.tsx";
import type { CanvasRequests } from "./canvas-context.ts";
import type { EdgeName } from "./edge-names.tsx";
import type { LineGroup } from "./edge-lines.tsx";
import type { CanvasActions, CanvasSelection, FlowCanvasProps } from "./flow-canvas.tsx";
import { canvasEdge, lineGroups, noteOf, Picture, wires, type CanvasNode } from "./picture.ts";
import type { Route } from "./routes.ts";
import type { Scene, SceneEdge } from "./scene.ts";
import { useConnecting, type Connecting } from "./use-connecting.ts";
import { useDrag } from "./use-drag.ts";
import { useDropping, type Dropping } from "./use-dropping.ts";
import { edgeNames, movedScene, rerouted, routesOf, useScene, viewsOf } from "./use-scene.ts";
import { useWalking } from "./use-walking.ts";
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
  readonly zoomLevel: "full" | "name" | "tile";
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onNodesChange: OnNodesChange<CanvasNode>;
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
  const drawn = useDrawn(props, { scene, moved: drag.moved, tabbable: walking.tabbable, drop: dropping.over });
  const onEdgesChange = useEdgeSelection(selection, onSelect);
  const onInit = useCallback<OnInit<CanvasNode, WireEdge>>(() => undefined, []);
  return {
    root,
    label: t("canvas", { name: flow.name, count: scene.cards.size - 1 }),
    roleDescription: t("roleDescription"),
    requests,
    ...drawn,
    ...connecting,
    ...dropping,
    zoomLevel: useStore(({ transform }) => zoomLevelOf(transform[2])),
    onKeyDown: walking.onKeyDown,
    onNodesChange: drag.onNodesChange,
    onEdgesChange,
    onInit,
  };
}

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
  return useCallback((changes: EdgeChange<WireEdge>[]) => {
    const edges = new Set(latest.current.selection.edges);
    let changed = false;
    for (const change of changes) {
      if (change.type !== "select") continue;
      changed = true;
      if (change.selected) edges.add(change.id);
      else edges.delete(change.id);
    }
    if (changed)
      latest.current.onSelect?.({ nodes: edges.size > 0 ? new Set() : latest.current.selection.nodes, edges });
  }, []);
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
  readonly moved: ReadonlyMap<string, { x: number; y: number }>;
  readonly tabbable: string;
  readonly drop: string | undefined;
}

type Drawn = Pick<CanvasModel, "nodes" | "wires" | "groups" | "names">;

function useDrawn(props: FlowCanvasProps, { scene, moved, tabbable, drop }: DrawnSource): Drawn {
  const { flow, mode = "view", selection = NOTHING_SELECTED, cards, edges } = props;
  const t = useWords(words);
  const picture = useRef<Picture>(undefined);
  picture.current ??= new Picture();
  const own = picture.current;
  const still = useMemo(() => routesOf(scene), [scene]);
  const views = useMemo(() => viewsOf(scene, cards), [scene, cards]);
  const { routes, shown } = useMoved(scene, still, moved);
  const { names, named } = useMemo(() => edgeNames(scene, routes, t.language), [scene, routes, t.language]);
  const placed = useMemo(
    () =>
      own.nodes({
        scene,
        flow,
        views,
        named,
        t,
        state: { selected: selection.nodes, tabbable, renaming: props.renaming, editing: mode === "edit" },
      }),
    [own, scene, flow, views, named, t, selection.nodes, tabbable, props.renaming, mode],
  );
  const nodes = useMemo(
    () => (moved.size === 0 ? placed : placed.map((node) => withPosition(node, moved.get(node.id)))),
    [placed, moved],
  );
  const drawnEdges = useMemo(
    () => wires(shown, routes, { selected: selection.edges, drop, label: (edge) => edgeLabel(scene, edge) }),
    [mode, shown, scene, routes, selection.edges, drop],
  );
  const groups = useMemo(
    () => lineGroups(shown, routes, (edge) => edges?.(canvasEdge(edge)) ?? {}),
    [shown, routes, edges],
  );
  return { nodes, wires: drawnEdges, groups, names };
}

function withPosition(node: CanvasNode, position: { x: number; y: number } | undefined): CanvasNode {
  return position === undefined ? node : { ...node, position, dragging: true };
}

function edgeLabel(scene: Scene, edge: SceneEdge): string {
  const name = (id: string): string => scene.cards.get(id)?.facts.name ?? id;
  return `${name(edge.source)}, ${edge.port} → ${name(edge.to)}`;
}

/** While cards move: the scene as it looks now, and new ways for their edges alone. */
function useMoved(
  scene: Scene,
  still: ReadonlyMap<string, Route>,
  moved: DrawnSource["moved"],
): { shown: Scene; routes: ReadonlyMap<string, Route> } {
  return useMemo(() => {
    if (moved.size === 0) return { shown: scene, routes: still };
    const absolute = new Map<string, { x: number; y: number }>();
    const place = (id: string): { x: number; y: number } | undefined => {
      const known = absolute.get(id);
      if (known !== undefined) return known;
      const card = scene.cards.get(id);
      if (card === undefined) return undefined;
      const parent = card.loop === undefined ? undefined : scene.cards.get(card.loop);
      const shiftedParent = card.loop === undefined ? undefined : place(card.loop);
      const base = shiftedParent ?? parent ?? { x: 0, y: 0 };
      const own = moved.get(id) ?? { x: card.x - (parent?.x ?? 0), y: card.y - (parent?.y ?? 0) };
      const at = { x: base.x + own.x, y: base.y + own.y };
      if (at.x !== card.x || at.y !== card.y) absolute.set(id, at);
      return at;
    };
    for (const card of scene.cards.values()) {
      if (moved.has(card.id) || card.loop !== undefined) place(card.id);
    }
    const shown = movedScene(scene, absolute);
    return { shown, routes: rerouted(shown, still, absolute) };
  }, [scene, still, moved]);
}
