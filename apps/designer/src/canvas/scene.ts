/** The picture of a flow: which cards stand where and which edges connect them, from the document alone. */
import {
  bodyOf,
  DEFAULT_PORT,
  END,
  ERROR_PORT,
  START,
  type Body,
  type Edge,
  type FlowDocument,
  type NodeManifest,
  type NodeSpec,
} from "@holdfast/dsl";
import { allEdges, type EdgePlace } from "../flow/graphs.ts";
import {
  cardGeometry,
  EMPTY_BODY,
  LOOP_INSET,
  LOOP_TITLE,
  SPINE,
  type CardGeometry,
  type Point,
  type Size,
} from "../layout/card.ts";
import type { Language } from "../words/language.ts";
import { nodeFacts, triggerFacts, type NodeFacts } from "./node-facts.ts";
import { triggerSentence } from "./trigger-sentence.ts";
import { INTO, type WalkGraph } from "./walk.ts";

export interface SceneCard {
  readonly id: string;
  readonly kind: "trigger" | "node" | "loop";
  /** Top left, on the whole canvas. */
  readonly x: number;
  readonly y: number;
  readonly loop?: string;
  readonly facts: NodeFacts;
  readonly geometry: CardGeometry;
  readonly node?: NodeSpec;
}

export interface SceneEdge {
  /** As the commands name it. */
  readonly id: string;
  /** The card it leaves; of a body's own start, the loop. */
  readonly source: string;
  readonly from: string;
  readonly port: string;
  readonly to: string;
  readonly loop?: string;
}

export interface Scene {
  /** Loops before what is in them. */
  readonly cards: ReadonlyMap<string, SceneCard>;
  /** Those that end at a card; those that end the run are bars. */
  readonly edges: readonly SceneEdge[];
  /** Ports at which a run, or an iteration, ends: `node` → ports. */
  readonly ends: ReadonlyMap<string, ReadonlySet<string>>;
  readonly connected: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface SceneSource {
  readonly flow: FlowDocument;
  readonly manifests: ReadonlyMap<string, NodeManifest>;
  readonly language: Language;
  /** Top left corners: of the flow's own cards on the canvas, of a body's cards from the corner of their loop. */
  readonly positions: Readonly<Record<string, Point>>;
}

interface Drawn {
  readonly facts: NodeFacts;
  readonly geometry: CardGeometry;
}

/** Facts are dear to find and nodes rarely change: one entry per node as it stands, for as long as it stands. */
const drawn = new WeakMap<NodeSpec, { key: string; drawn: Drawn }>();

export function buildScene(source: SceneSource): Scene {
  const { flow, language, positions } = source;
  const cards = new Map<string, SceneCard>();
  const trigger = triggerOf(flow, language);
  cards.set(START, { id: START, kind: "trigger", ...startPosition(flow, positions, trigger.geometry), ...trigger });
  addCards({ source, cards, graph: flow, origin: { x: 0, y: 0 } });
  const edges: SceneEdge[] = [];
  const ends = new Map<string, Set<string>>();
  const connected = new Map<string, Set<string>>();
  for (const place of allEdges(flow).values()) addEdge(place, { cards, edges, ends, connected });
  return { cards, edges, ends, connected };
}

interface EdgeLists {
  readonly cards: ReadonlyMap<string, SceneCard>;
  readonly edges: SceneEdge[];
  readonly ends: Map<string, Set<string>>;
  readonly connected: Map<string, Set<string>>;
}

function addEdge({ id, edge, scope }: EdgePlace, { cards, edges, ends, connected }: EdgeLists): void {
  const loop = scope.at(-1);
  const inBody = loop !== undefined && edge.from === START;
  const source = inBody ? loop : edge.from;
  const port = inBody ? INTO : (edge.port ?? DEFAULT_PORT);
  if (!cards.has(source)) return;
  const into = edge.to === END ? ends : connected;
  const ports = into.get(source) ?? new Set();
  into.set(source, ports.add(port));
  if (edge.to === END || !cards.has(edge.to)) return;
  edges.push({
    id,
    source,
    from: edge.from,
    port,
    to: edge.to,
    ...(loop !== undefined && { loop }),
  });
}

function triggerOf(flow: FlowDocument, language: Language): Drawn {
  const facts = triggerFacts(flow, triggerSentence(flow, language));
  const sentence = facts.sentence.map(({ text }) => text).join("");
  return { facts, geometry: cardGeometry({ kind: "trigger", sentence, ports: [DEFAULT_PORT], rail: false }) };
}

/** Above the first card, unless it has a place of its own. */
function startPosition(flow: FlowDocument, positions: SceneSource["positions"], { height }: CardGeometry): Point {
  const own = positions[START];
  if (own !== undefined) return own;
  const first = flow.edges.find(({ from }) => from === START)?.to;
  const at = (first === undefined ? undefined : positions[first]) ?? { x: 0, y: height + 30 };
  return { x: at.x, y: at.y - height - 30 };
}

interface CardsInto {
  readonly source: SceneSource;
  readonly cards: Map<string, SceneCard>;
  readonly graph: Body;
  readonly origin: Point;
  readonly loop?: string;
}

function addCards({ source, cards, graph, origin, loop }: CardsInto): void {
  for (const [id, node] of Object.entries(graph.nodes)) {
    const body = bodyOf(node);
    const size = body === undefined ? undefined : bodySize(body, source);
    const { facts, geometry } = draw(id, node, { source, edges: graph.edges, size });
    const at = source.positions[id] ?? { x: 0, y: 0 };
    const place = { x: origin.x + at.x, y: origin.y + at.y };
    cards.set(id, {
      id,
      kind: body === undefined ? "node" : "loop",
      ...place,
      ...(loop !== undefined && { loop }),
      facts,
      geometry,
      node,
    });
    if (body !== undefined) addCards({ source, cards, graph: body, origin: place, loop: id });
  }
}

/** Where the first card of a body stands. */
const CORNER: Point = { x: LOOP_INSET.side, y: LOOP_TITLE + LOOP_INSET.top };

/** The space that the cards of a body take. */
function bodySize(body: Body, source: SceneSource): Size {
  if (isEmpty(body)) return EMPTY_BODY;
  let width = 0;
  let height = 0;
  for (const [id, node] of Object.entries(body.nodes)) {
    const inner = bodyOf(node);
    const size = inner === undefined ? undefined : bodySize(inner, source);
    const { geometry } = draw(id, node, { source, edges: body.edges, size });
    const at = source.positions[id] ?? CORNER;
    width = Math.max(width, at.x - CORNER.x + geometry.width);
    height = Math.max(height, at.y - CORNER.y + geometry.height);
  }
  return { width, height };
}

function isEmpty({ nodes }: Body): boolean {
  return Object.keys(nodes).length === 0;
}

/** Whether it is a loop that holds nothing yet. */
export function isEmptyLoop({ kind, node }: SceneCard): boolean {
  const body = kind === "loop" && node !== undefined ? bodyOf(node) : undefined;
  return body !== undefined && isEmpty(body);
}

function draw(
  id: string,
  node: NodeSpec,
  { source, edges, size }: { source: SceneSource; edges: readonly Edge[]; size: Size | undefined },
): Drawn {
  const { manifests, language } = source;
  const manifest = manifests.get(node.type);
  const used = manifest === undefined ? edges.filter(({ from }) => from === id).length : 0;
  const caught = catching(edges).has(id);
  const key = [id, language, manifest?.version, used, caught, size?.width, size?.height].join(" ");
  const known = drawn.get(node);
  if (known?.key === key) return known.drawn;
  const facts = nodeFacts(id, node, {
    manifest,
    edges,
    language,
    undo: node.compensate === undefined ? undefined : manifests.get(node.compensate.type),
  });
  const geometry = cardGeometry({
    kind: size === undefined ? "node" : "loop",
    sentence: facts.sentence.map(({ text }) => text).join(""),
    ports: facts.ports,
    rail: facts.wait !== undefined,
    ...(size !== undefined && { body: size }),
  });
  const made = { facts, geometry };
  drawn.set(node, { key, drawn: made });
  return made;
}

const caughtIn = new WeakMap<readonly Edge[], ReadonlySet<string>>();

/** The nodes whose failure leads somewhere. */
function catching(edges: readonly Edge[]): ReadonlySet<string> {
  const found = caughtIn.get(edges) ?? new Set(edges.flatMap(({ from, port }) => (port === ERROR_PORT ? [from] : [])));
  caughtIn.set(edges, found);
  return found;
}

/** Where an edge leaves the inside of a loop for the first card of its body. */
export function bodyStart(card: SceneCard): Point {
  return { x: card.x + LOOP_INSET.side + SPINE, y: card.y + LOOP_TITLE };
}

/** The scene as the keyboard walks over it. */
export function walkGraph(scene: Scene): WalkGraph {
  return {
    spots: new Map(
      [...scene.cards].map(([id, { x, y, geometry, loop }]) => [
        id,
        { x: x + geometry.width / 2, y: y + geometry.height / 2, loop },
      ]),
    ),
    edges: inPortOrder(scene).map(({ source, port, to }) => ({ from: source, port, to })),
  };
}

/** Edges of one card in the order of its ports. */
function inPortOrder(scene: Scene): SceneEdge[] {
  const rank = (edge: SceneEdge): number => scene.cards.get(edge.source)?.facts.ports.indexOf(edge.port) ?? 0;
  return scene.edges.toSorted((a, b) => rank(a) - rank(b));
}

/** The edges of one card in the order of its ports; of a loop, the way into its body last. */
function edgesInOrder(scene: Scene, source: string): SceneEdge[] {
  return inPortOrder(scene)
    .filter((edge) => edge.source === source)
    .toSorted((a, b) => Number(a.port === INTO) - Number(b.port === INTO));
}

/** The next or previous edge of the same card, and round. */
export function edgeBeside(scene: Scene, id: string, step: number): string | undefined {
  const edge = scene.edges.find((one) => one.id === id);
  if (edge === undefined) return undefined;
  const family = edgesInOrder(scene, edge.source);
  return family[(family.findIndex((one) => one.id === id) + step + family.length) % family.length]?.id;
}
