/** Positions for the cards of a flow. */
import {
  DEFAULT_PORT,
  START,
  bodyOf,
  type Body,
  type FlowDocument,
  type NodeManifest,
  type NodeSpec,
} from "@holdfast/dsl";
import { arrange } from "./arrange.ts";
import {
  EMPTY_BODY,
  GAP,
  LOOP_INSET,
  LOOP_TITLE,
  cardGeometry,
  type CardGeometry,
  type Point,
  type Size,
} from "./card.ts";
import { TRIGGER, contentOf, type ContentOptions, type SentenceFor } from "./content.ts";
import { netOf } from "./net.ts";
import { placeNew } from "./place-new.ts";

/** By node id, `start` included. Cards in a loop's body stand relative to the top left corner of their loop. */
export type Positions = { readonly [id: string]: Point };

export interface LayoutOptions {
  /** These stay where they are; all others are put into free space next to what leads to them. */
  readonly keep?: Positions;
  /** The sentences as they are shown, where the reader's language is not that of the manifests. */
  readonly sentence?: SentenceFor;
}

/** All cards of a flow with their parts, and where they stand. */
export interface FlowLayout {
  readonly positions: Positions;
  readonly cards: ReadonlyMap<string, CardGeometry>;
}

/** Positions for every node. The same flow gives the same positions. */
export function layoutFlow(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  options: LayoutOptions = {},
): { [id: string]: { x: number; y: number } } {
  return Object.fromEntries(
    Object.entries(placeCards(flow, manifests, options).positions).map(([id, { x, y }]) => [id, { x, y }]),
  );
}

/** The same with the geometry of the cards, which the size of a loop's body decides about. */
export function placeCards(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  { keep = {}, sentence }: LayoutOptions = {},
): FlowLayout {
  const scene: Scene = { keep, positions: new Map(), cards: new Map(), content: { flow, manifests, sentence } };
  placeGraph({ nodes: flow.nodes, edges: flow.edges }, scene, true);
  return { positions: Object.fromEntries(scene.positions), cards: scene.cards };
}

interface Scene {
  readonly keep: Positions;
  readonly positions: Map<string, Point>;
  readonly cards: Map<string, CardGeometry>;
  readonly content: ContentOptions;
}

/** Where a body starts: above its first cards, with nothing to see. */
const NOTHING: CardGeometry = { width: 0, height: -GAP, into: { x: 0, y: 0 }, ports: [], row: false };

/** Returns the space that the cards take. */
function placeGraph(graph: Body, scene: Scene, outer: boolean): Size {
  const cards = new Map<string, CardGeometry>([[START, outer ? cardGeometry(TRIGGER) : NOTHING]]);
  const used = usedPorts(graph);
  for (const [id, node] of Object.entries(graph.nodes)) {
    if (scene.cards.has(id)) continue;
    const body = bodyOf(node);
    const space = body === undefined ? undefined : placeGraph(body, scene, false);
    cards.set(id, geometryOf(id, node, { ...scene.content, used: used.get(id) ?? NO_PORTS }, space));
  }
  for (const [id, card] of cards) if (outer || id !== START) scene.cards.set(id, card);
  const net = netOf(cards, graph.edges);
  const kept = new Map(
    [...cards.keys()].flatMap((id) => {
      const position = Object.hasOwn(scene.keep, id) && (outer || id !== START) ? scene.keep[id] : undefined;
      return position === undefined ? [] : [[id, position] as const];
    }),
  );
  const origin = outer ? { x: 0, y: 0 } : { x: LOOP_INSET.side, y: LOOP_TITLE + LOOP_INSET.top };
  const isEmpty = [...kept.keys()].every((id) => id === START);
  const placed = isEmpty ? arrange(net) : placeNew(net, kept);
  if (!outer) placed.delete(START);
  if (isEmpty) moveTo(placed, origin);
  for (const [id, position] of placed) scene.positions.set(id, position);
  return spaceOf(placed, cards, origin);
}

const NO_PORTS: ReadonlySet<string> = new Set();

function usedPorts({ edges }: Body): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const { from, port = DEFAULT_PORT } of edges) used.set(from, (used.get(from) ?? new Set()).add(port));
  return used;
}

interface KnownGeometry {
  readonly uses: FlowDocument["uses"];
  readonly manifests: readonly NodeManifest[];
  readonly sentence: SentenceFor | undefined;
  readonly used: string;
  readonly geometry: CardGeometry;
}

/** Of nodes as they are: most stay the same from one change of their flow to the next. */
const geometries = new WeakMap<NodeSpec, KnownGeometry>();

function geometryOf(
  id: string,
  node: NodeSpec,
  options: ContentOptions & { readonly used: ReadonlySet<string> },
  body: Size | undefined,
): CardGeometry {
  if (body !== undefined) return cardGeometry(contentOf(id, node, options, body));
  const { manifests, sentence } = options;
  const { uses } = options.flow;
  const used = [...options.used].join(" ");
  const known = geometries.get(node);
  const isSame = known?.manifests === manifests && known.sentence === sentence && known.uses === uses;
  if (isSame && known.used === used) return known.geometry;
  const geometry = cardGeometry(contentOf(id, node, options));
  geometries.set(node, { uses, manifests, sentence, used, geometry });
  return geometry;
}

function moveTo(positions: Map<string, Point>, { x, y }: Point): void {
  const [left, top] = [
    Math.min(...[...positions.values()].map((at) => at.x)),
    Math.min(...[...positions.values()].map((at) => at.y)),
  ];
  for (const [id, at] of positions) positions.set(id, { x: at.x - left + x, y: at.y - top + y });
}

function spaceOf(positions: ReadonlyMap<string, Point>, cards: ReadonlyMap<string, Size>, origin: Point): Size {
  if (positions.size === 0) return EMPTY_BODY;
  let [width, height] = [0, 0];
  for (const [id, { x, y }] of positions) {
    const card = cards.get(id);
    width = Math.max(width, x + (card?.width ?? 0) - origin.x);
    height = Math.max(height, y + (card?.height ?? 0) - origin.y);
  }
  return { width, height };
}
