/** Moving over the canvas with the keyboard: along edges with the arrows, over siblings with Tab. */

export type Direction = "up" | "down" | "left" | "right";

export interface Spot {
  /** Middle of the card, in the coordinates of the whole canvas. */
  readonly x: number;
  readonly y: number;
  /** The loop in whose body it stands. */
  readonly loop?: string | undefined;
}

export interface WalkEdge {
  readonly from: string;
  readonly port: string;
  readonly to: string;
}

/** What can be walked: cards by id with their edges in the order of the ports. `start` of the flow is a card, too. */
export interface WalkGraph {
  readonly spots: ReadonlyMap<string, Spot>;
  /** Of all graphs; an edge from a body's own start has the loop as `from` and `start` as port. */
  readonly edges: readonly WalkEdge[];
}

/** The port name that stands for the way into a loop's body. */
export const INTO = "start";

/**
 * The card that an arrow leads to: the neighbor along an edge that lies that way, the straightest first. Where none
 * lies that way, down takes the first way out and up the first way in, so that every card can be reached by arrows.
 */
export function walk(graph: WalkGraph, from: string, direction: Direction): string | undefined {
  const here = graph.spots.get(from);
  if (here === undefined) return undefined;
  const out = graph.edges.filter((edge) => edge.from === from && edge.port !== INTO).map(({ to }) => to);
  const into = graph.edges.filter((edge) => edge.to === from && edge.port !== INTO).map((edge) => edge.from);
  return (
    straightest(graph, here, { ids: [...out, ...into], direction }) ??
    fallback(graph, from, { direction, here, out, into })
  );
}

function fallback(
  graph: WalkGraph,
  from: string,
  { direction, here, out, into }: { direction: Direction; here: Spot; out: readonly string[]; into: readonly string[] },
): string | undefined {
  const known = (id: string | undefined): string | undefined =>
    id !== undefined && graph.spots.has(id) ? id : undefined;
  if (direction === "right") return known(graph.edges.find((edge) => edge.from === from && edge.port === INTO)?.to);
  if (direction === "left") return known(here.loop);
  if (direction === "down") return known(out[0]);
  return known(into[0]) ?? known(here.loop);
}

const AHEAD: Readonly<Record<Direction, (dx: number, dy: number) => readonly [number, number]>> = {
  up: (dx, dy) => [-dy, dx],
  down: (dx, dy) => [dy, dx],
  left: (dx, dy) => [-dx, dy],
  right: (dx, dy) => [dx, dy],
};

/** Less than this ahead is beside, not ahead. */
const LEAST = 24;

function straightest(
  graph: WalkGraph,
  here: Spot,
  { ids, direction }: { ids: readonly string[]; direction: Direction },
): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const id of ids) {
    const spot = graph.spots.get(id);
    if (spot === undefined) continue;
    const [ahead, aside] = AHEAD[direction](spot.x - here.x, spot.y - here.y);
    const cost = ahead + 2 * Math.abs(aside);
    if (ahead >= LEAST && cost < least) {
      least = cost;
      best = id;
    }
  }
  return best;
}

/**
 * The next or previous of those that come from the same card, in the order of the ports. Absent at either end, where
 * Tab leaves the canvas.
 */
export function sibling(graph: WalkGraph, from: string, step: 1 | -1): string | undefined {
  const sources = new Set(graph.edges.filter(({ to }) => to === from).map((edge) => edge.from));
  const family = [
    ...new Set(graph.edges.filter((edge) => sources.has(edge.from) && graph.spots.has(edge.to)).map(({ to }) => to)),
  ];
  return family[family.indexOf(from) + step];
}

/** Where the focus goes when a card goes away: what came before it, else what came after, else anything. */
export function heir(graph: WalkGraph, gone: ReadonlySet<string>, from: string): string | undefined {
  const stays = (id: string): boolean => !gone.has(id) && graph.spots.has(id);
  const before = (id: string): string[] => graph.edges.filter(({ to }) => to === id).map((edge) => edge.from);
  const after = (id: string): string[] => graph.edges.filter((edge) => edge.from === id).map(({ to }) => to);
  return nearest(from, before, stays) ?? nearest(from, after, stays) ?? [...graph.spots.keys()].find((id) => stays(id));
}

function nearest(
  from: string,
  next: (id: string) => readonly string[],
  isWanted: (id: string) => boolean,
): string | undefined {
  const seen = new Set([from]);
  const open = [from];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (isWanted(id)) return id;
    for (const one of next(id)) {
      if (!seen.has(one)) open.push(one);
      seen.add(one);
    }
  }
  return undefined;
}
