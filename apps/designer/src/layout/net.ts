/** A graph of cards, ready to be laid out: edges by card, circles cut open, an order in which all edges lead on. */
import { DEFAULT_PORT, END, START, type Edge } from "@holdfast/dsl";
import { isSideways, type CardGeometry } from "./card.ts";

export interface NetEdge {
  readonly from: string;
  readonly port: string;
  readonly to: string;
}

export interface Net {
  readonly cards: ReadonlyMap<string, CardGeometry>;
  /** Every card, each behind all that lead to it. */
  readonly order: readonly string[];
  /** By source, in the order of its ports. */
  readonly next: ReadonlyMap<string, readonly NetEdge[]>;
  /** By target. */
  readonly back: ReadonlyMap<string, readonly NetEdge[]>;
}

/** @param cards in the order in which those that nothing leads to are laid out; `start` is one of them */
export function netOf(cards: ReadonlyMap<string, CardGeometry>, edges: readonly Edge[]): Net {
  const drawn = edges.filter(({ from, to }) => to !== END && from !== to && cards.has(from) && cards.has(to));
  const outgoing = new Map<string, NetEdge[]>();
  for (const { from, port = DEFAULT_PORT, to } of drawn) push(outgoing, from, { from, port, to });
  for (const [id, list] of outgoing) {
    const rank = portRanks(cards.get(id));
    outgoing.set(
      id,
      list.toSorted((a, b) => rank(a.port) - rank(b.port)),
    );
  }
  const { order, closing } = depthFirst(
    [START, ...cards.keys()].filter((id) => cards.has(id)),
    outgoing,
  );
  const next = new Map<string, NetEdge[]>();
  const back = new Map<string, NetEdge[]>();
  for (const edge of [...outgoing.values()].flat()) {
    if (closing.has(edge)) continue;
    push(next, edge.from, edge);
    push(back, edge.to, edge);
  }
  return { cards, order, next, back };
}

/** Downward outcomes in their order, then those at the side. */
function portRanks(card: CardGeometry | undefined): (port: string) => number {
  const ranks = new Map(card?.ports.map(({ port }, index) => [port, index + (isSideways(port) ? 1000 : 0)]));
  return (port) => ranks.get(port) ?? (isSideways(port) ? 2000 : 999);
}

function depthFirst(
  ids: readonly string[],
  outgoing: ReadonlyMap<string, readonly NetEdge[]>,
): { order: string[]; closing: Set<NetEdge> } {
  const state = new Map<string, "open" | "done">();
  const closing = new Set<NetEdge>();
  const done: string[] = [];
  // The last root and the last port first: what is left first comes last, so that reversed it stands in front.
  for (const root of ids.toReversed()) {
    const stack = state.has(root) ? [] : [{ id: root, edges: [...(outgoing.get(root) ?? [])] }];
    if (stack.length > 0) state.set(root, "open");
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = top.edges.pop();
      if (edge === undefined) {
        state.set(top.id, "done");
        done.push(top.id);
        stack.pop();
      } else if (state.get(edge.to) === "open") {
        closing.add(edge);
      } else if (!state.has(edge.to)) {
        state.set(edge.to, "open");
        stack.push({ id: edge.to, edges: [...(outgoing.get(edge.to) ?? [])] });
      }
    }
  }
  return { order: done.toReversed(), closing };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
