/** The nodes and edges as React Flow takes them: derived from the scene, and the same objects wherever nothing is new. */
import { Position, type NodeHandle } from "@xyflow/react";
import { DEFAULT_PORT, START, type FlowDocument } from "@holdfast/dsl";
import { bodyStart, isEmptyLoop, type Scene, type SceneCard, type SceneEdge } from "./scene.ts";
import { pathOf } from "../layout/path.ts";
import type { Translate } from "../words/use-words.tsx";
import type { CardData, CardNode } from "./card.tsx";
import { cardLabel } from "./card-label.ts";
import type { CanvasEdge, CardView, EdgeView } from "./card-view.ts";
import { chevron, type LineGroup } from "./edge-lines.tsx";
import type { LoopNode } from "./loop-card.tsx";
import type { NoteNode } from "./note-card.tsx";
import type { Route } from "./routing.ts";
import { boxOf, touch, type Box } from "./seen.ts";
import { untilTrunk } from "./trunk.ts";
import { INTO } from "./walk.ts";
import type { WireEdge } from "./wire.tsx";
import type { words } from "./words.ts";

export type CanvasNode = CardNode | LoopNode | NoteNode;

export interface PictureState {
  readonly selected: ReadonlySet<string>;
  readonly tabbable: string;
  readonly renaming: string | undefined;
  readonly editing: boolean;
}

export interface PictureSource {
  readonly scene: Scene;
  readonly flow: FlowDocument;
  readonly views: ReadonlyMap<string, CardView>;
  readonly named: ReadonlyMap<string, ReadonlySet<string>>;
  readonly state: PictureState;
  readonly t: Translate<keyof (typeof words)["en"]>;
}

const NONE: ReadonlySet<string> = new Set();
const NO_VIEW: CardView = {};
const POSITIONS = { bottom: Position.Bottom, right: Position.Right, left: Position.Left, top: Position.Top } as const;

interface Entry {
  /** What is told of it apart from the document: selected, and the like. */
  readonly flags: string;
  readonly key: string;
  readonly facts: unknown;
  readonly geometry: unknown;
  readonly view: CardView;
  readonly node: CanvasNode;
}

/** Keeps what it made, so that a card or an edge is drawn anew only when something on it changed. */
export class Picture {
  private entries = new Map<string, Entry>();
  private shown: CanvasNode[] = [];
  private last: PictureSource | undefined;
  private known = new Map<string, WireEntry>();
  private shownWires: WireEdge[] = [];

  /** The same list if nothing on any card is new. */
  nodes(source: PictureSource): CanvasNode[] {
    const entries = new Map<string, Entry>();
    // Where the document says what it said, only what is told besides can be new: a selection, a badge.
    const { last } = this;
    const isSame = last?.scene === source.scene && last.named === source.named && last.t === source.t;
    for (const card of source.scene.cards.values()) {
      const old = isSame ? this.entries.get(card.id) : undefined;
      entries.set(card.id, old !== undefined && isStill(old, card.id, source) ? old : this.card(card, source));
    }
    for (const [id, note] of Object.entries(source.flow.notes ?? {})) {
      const own = { flags: flags(noteId(id), source.state), key: JSON.stringify(note) };
      entries.set(
        noteId(id),
        this.kept(noteId(id), { ...own, facts: note, geometry: note, view: NO_VIEW }, () =>
          noteNode(id, note, source.state),
        ),
      );
    }
    this.entries = entries;
    this.last = source;
    this.shown = sameOrNew(
      this.shown,
      [...entries.values()].map(({ node }) => node),
    );
    return this.shown;
  }

  /** The same list if nothing on any edge is new. */
  wires(source: WireSource): WireEdge[] {
    const known = new Map<string, WireEntry>();
    for (const edge of source.scene.edges) {
      const route = source.routes.get(edge.id);
      if (route === undefined) continue;
      const names = source.names(edge);
      const selected = source.selected.has(edge.id);
      const drop = source.drop === edge.id;
      const old = this.known.get(edge.id);
      const isSame =
        old?.route === route &&
        old.names === names &&
        old.wire.selected === selected &&
        old.wire.data?.drop === drop &&
        old.wire.source === edge.source &&
        old.wire.target === edge.to;
      const made = (): WireEntry => {
        const label = old?.names === names ? old.wire.data?.label : undefined;
        return { route, names, wire: wireOf(edge, route, { selected, drop, label: label ?? source.label(edge) }) };
      };
      known.set(edge.id, isSame ? old : made());
    }
    this.known = known;
    this.shownWires = sameOrNew(
      this.shownWires,
      [...known.values()].map(({ wire }) => wire),
    );
    return this.shownWires;
  }

  private kept(id: string, wanted: Omit<Entry, "node">, make: () => CanvasNode): Entry {
    const known = this.entries.get(id);
    if (
      known?.key === wanted.key &&
      known.flags === wanted.flags &&
      known.facts === wanted.facts &&
      known.geometry === wanted.geometry &&
      sameView(known.view, wanted.view)
    ) {
      return known;
    }
    return { ...wanted, node: make() };
  }

  private card(card: SceneCard, source: PictureSource): Entry {
    const { scene, state, t } = source;
    const view = source.views.get(card.id) ?? NO_VIEW;
    const connected = scene.connected.get(card.id) ?? NONE;
    const ends = scene.ends.get(card.id) ?? NONE;
    const named = source.named.get(card.id) ?? NONE;
    const targets = targetsOf(card.id, scene);
    const parent = card.loop === undefined ? undefined : scene.cards.get(card.loop);
    const position = { x: card.x - (parent?.x ?? 0), y: card.y - (parent?.y ?? 0) };
    const key = JSON.stringify([position, card.loop, [...connected], [...ends], [...named], targets, t.language]);
    const own = { flags: flags(card.id, state), key, facts: card.facts, geometry: card.geometry, view };
    return this.kept(card.id, own, () => {
      const data: CardData = {
        facts: card.facts,
        geometry: card.geometry,
        view,
        label: cardLabel({ facts: card.facts, view, targets, ends }, t),
        connected,
        ends,
        named,
        empty: isEmptyLoop(card),
        undo: card.facts.undo,
        renaming: state.renaming === card.id,
        tabbable: state.tabbable === card.id,
      };
      return rfNode(card, { data, position, state });
    });
  }
}

function isStill(entry: Entry, id: string, { views, state }: PictureSource): boolean {
  return entry.flags === flags(id, state) && sameView(entry.view, views.get(id) ?? NO_VIEW);
}

/** The old list where the new one holds the same. */
function sameOrNew<Item>(before: Item[], after: Item[]): Item[] {
  return before.length === after.length && after.every((item, index) => item === before[index]) ? before : after;
}

const sameView = (a: CardView, b: CardView): boolean =>
  a === b || (a.badge?.icon === b.badge?.icon && JSON.stringify(a) === JSON.stringify(b));

function flags(id: string, state: PictureState): string {
  return [state.selected.has(id), state.tabbable === id, state.renaming === id, state.editing].join(" ");
}

export const noteId = (id: string): string => `note:${id}`;
export const noteOf = (id: string): string | undefined => (id.startsWith("note:") ? id.slice(5) : undefined);

type Note = NonNullable<FlowDocument["notes"]>[string];

function noteNode(id: string, note: Note, state: PictureState): NoteNode {
  const own = noteId(id);
  const size = { width: note.width ?? 290, height: note.height ?? noteHeight(note) };
  return {
    id: own,
    type: "note",
    position: { x: note.x, y: note.y },
    ...size,
    measured: size,
    zIndex: -1,
    selected: state.selected.has(own),
    data: { text: note.text, tabbable: state.tabbable === own, editing: state.renaming === own },
  };
}

function noteHeight(note: Note): number {
  const lines = note.text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 46)), 0);
  return Math.max(1, lines) * 17 + 4;
}

function rfNode(
  card: SceneCard,
  { data, position, state }: { data: CardData; position: { x: number; y: number }; state: PictureState },
): CanvasNode {
  const size = { width: card.geometry.width, height: card.geometry.height };
  const base = {
    id: card.id,
    position,
    ...size,
    measured: size,
    handles: handlesOf(card),
    selected: state.selected.has(card.id),
    draggable: state.editing && card.id !== START,
    ...(card.loop !== undefined && { parentId: card.loop }),
  };
  return card.kind === "loop" ? { ...base, type: "loop", data } : { ...base, type: "card", data };
}

/** Where edges are tied, so that React Flow needs to measure nothing. */
function handlesOf(card: SceneCard): NodeHandle[] {
  const { into, ports } = card.geometry;
  const size = { width: 1, height: 1 };
  const handles: NodeHandle[] = ports.map(({ port, x, y, side }) => ({
    id: port,
    type: "source",
    x,
    y,
    position: POSITIONS[side],
    ...size,
  }));
  if (card.kind === "loop") {
    const { x, y } = bodyStart(card);
    handles.push({ id: INTO, type: "source", x: x - card.x, y: y - card.y, position: Position.Bottom, ...size });
  }
  if (card.kind !== "trigger") handles.push({ id: "in", type: "target", ...into, position: Position.Top, ...size });
  return handles;
}

export function targetsOf(id: string, scene: Scene): Record<string, string> {
  const targets: Record<string, string> = {};
  for (const edge of edgesFrom(scene, id)) {
    const name = scene.cards.get(edge.to)?.facts.name ?? edge.to;
    const known = targets[edge.port];
    targets[edge.port] = known === undefined ? name : `${known}, ${name}`;
  }
  return targets;
}

const bySource = new WeakMap<Scene, Map<string, SceneEdge[]>>();

export function edgesFrom(scene: Scene, id: string): readonly SceneEdge[] {
  let index = bySource.get(scene);
  if (index === undefined) {
    index = new Map();
    for (const edge of scene.edges) {
      const list = index.get(edge.source);
      if (list === undefined) index.set(edge.source, [edge]);
      else list.push(edge);
    }
    bySource.set(scene, index);
  }
  return index.get(id) ?? [];
}

export function canvasEdge(edge: SceneEdge): CanvasEdge {
  return { id: edge.id, from: edge.from, port: edge.port === INTO ? DEFAULT_PORT : edge.port, to: edge.to };
}

export interface WireSource {
  readonly scene: Scene;
  readonly routes: ReadonlyMap<string, Route>;
  readonly selected: ReadonlySet<string>;
  readonly drop: string | undefined;
  /** What the label is made of. */
  readonly names: (edge: SceneEdge) => string;
  readonly label: (edge: SceneEdge) => string;
}

/**
 * Those that may be in the picture, and what is selected. React Flow draws no others either, but looks through all that
 * it has for each frame.
 */
export function wiresIn(wires: readonly WireEdge[], routes: ReadonlyMap<string, Route>, seen: Box): WireEdge[] {
  return wires.filter(({ id, selected }) => {
    const route = routes.get(id);
    return selected === true || route === undefined || touch(boxOfRoute(route), seen);
  });
}

const boxes = new WeakMap<Route, Box>();

function boxOfRoute(route: Route): Box {
  const known = boxes.get(route) ?? boxOf(route.points);
  boxes.set(route, known);
  return known;
}

interface WireEntry {
  readonly route: Route;
  readonly names: string;
  readonly wire: WireEdge;
}

function wireOf(
  edge: SceneEdge,
  { path, middle }: Route,
  { selected, drop, label }: { selected: boolean; drop: boolean; label: string },
): WireEdge {
  return {
    id: edge.id,
    type: "wire",
    source: edge.source,
    sourceHandle: edge.port,
    target: edge.to,
    targetHandle: "in",
    selected,
    reconnectable: edge.port === INTO ? "target" : true,
    zIndex: 0,
    data: { path, middle, drop, label },
  };
}

function depthOf(scene: Scene, id: string): number {
  let depth = 0;
  for (let loop = scene.cards.get(id)?.loop; loop !== undefined; loop = scene.cards.get(loop)?.loop) depth += 1;
  return depth;
}

const RANK = { skipped: 0, pending: 1, taken: 2 } as const;

type RouteOf = (edge: string) => Route | undefined;
type ViewOf = (edge: SceneEdge) => EdgeView;

/** One group per target. */
export function lineGroups(scene: Scene, routeOf: RouteOf, view: ViewOf): LineGroup[] {
  return [...edgesInto(scene).keys()].flatMap((target) => groupOf(target, { scene, routeOf, view }) ?? []);
}

/** The groups where some ways are others; all other groups are the same objects. */
export function lineGroupsOn(
  groups: readonly LineGroup[],
  detours: ReadonlyMap<string, Route>,
  { scene, still, view }: { scene: Scene; still: ReadonlyMap<string, Route>; view: ViewOf },
): readonly LineGroup[] {
  if (detours.size === 0) return groups;
  const targets = new Set([...detours.values()].map(({ trunk }) => trunk));
  const routeOf = (edge: string): Route | undefined => detours.get(edge) ?? still.get(edge);
  return groups.flatMap((group) =>
    targets.has(group.id) ? (groupOf(group.id, { scene, routeOf, view }) ?? []) : [group],
  );
}

const byTarget = new WeakMap<Scene, ReadonlyMap<string, readonly SceneEdge[]>>();

function edgesInto(scene: Scene): ReadonlyMap<string, readonly SceneEdge[]> {
  const known = byTarget.get(scene) ?? Map.groupBy(scene.edges, ({ to }) => to);
  byTarget.set(scene, known);
  return known;
}

/** What matters most is drawn last. */
function groupOf(
  target: string,
  { scene, routeOf, view }: { scene: Scene; routeOf: RouteOf; view: ViewOf },
): LineGroup | undefined {
  const drawn = (edgesInto(scene).get(target) ?? [])
    .flatMap((edge) => {
      const route = routeOf(edge.id);
      return route === undefined ? [] : [{ edge, route, view: view(edge) }];
    })
    .toSorted((a, b) => RANK[a.view.state ?? "pending"] - RANK[b.view.state ?? "pending"]);
  const [first] = drawn;
  if (first === undefined) return undefined;
  const known = groups.get(first.route);
  if (known !== undefined && isDrawnAs(drawn, known.drawn)) return known.group;
  const group = groupFrom(target, depthOf(scene, target), drawn);
  groups.set(first.route, { drawn, group });
  return group;
}

interface DrawnEdge {
  readonly edge: SceneEdge;
  readonly route: Route;
  readonly view: EdgeView;
}

/** Ways that stay the same objects keep their lines, so that a drag draws those alone that it touches. */
const groups = new WeakMap<Route, { readonly drawn: readonly DrawnEdge[]; readonly group: LineGroup }>();

function isDrawnAs(now: readonly DrawnEdge[], before: readonly DrawnEdge[]): boolean {
  return (
    now.length === before.length &&
    now.every(({ edge, route, view }, index) => {
      const old = before[index];
      return (
        old?.route === route &&
        old.edge.id === edge.id &&
        old.edge.to === edge.to &&
        old.edge.loop === edge.loop &&
        old.view.state === view.state &&
        old.view.diff === view.diff
      );
    })
  );
}

function groupFrom(target: string, depth: number, drawn: readonly DrawnEdge[]): LineGroup {
  const trunks = drawn.flatMap((one) => (one.view.state === "skipped" ? [] : [one.route.points]));
  const onlySkipped = trunks.length === 0;
  return {
    id: target,
    depth,
    box: boxOf(drawn.flatMap(({ route }) => route.points)),
    lines: drawn.map(({ edge, route, view: own }) => ({
      key: edge.id,
      view: own,
      path: own.state === "skipped" && !onlySkipped ? pathOf(untilTrunk(route.points, trunks)) : route.path,
      ...((own.state !== "skipped" || onlySkipped) && { arrow: chevron(route.points) }),
    })),
  };
}
