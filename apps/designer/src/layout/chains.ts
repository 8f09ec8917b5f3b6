/** Which cards stand under one another: each first outcome goes straight on, everything else begins a line of its own. */
import { isSideways } from "./card.ts";
import type { Net, NetEdge } from "./net.ts";

export interface Chains {
  /** The chain of each card. */
  readonly of: ReadonlyMap<string, number>;
  /** The cards of each chain, from above. */
  readonly members: readonly (readonly string[])[];
}

export function chainsOf(net: Net): Chains {
  const of = new Map<string, number>();
  const members: string[][] = [];
  const tails = new Set<string>();
  for (const id of net.order) {
    const [parent] = (net.back.get(id) ?? [])
      .filter((edge) => isFirst(net, edge) && tails.has(edge.from))
      .toSorted((a, b) => (of.get(a.from) ?? 0) - (of.get(b.from) ?? 0));
    const chain = parent === undefined ? members.length : (of.get(parent.from) ?? 0);
    of.set(id, chain);
    const list = members[chain];
    if (list === undefined) members.push([id]);
    else list.push(id);
    if (parent !== undefined) tails.delete(parent.from);
    tails.add(id);
  }
  return { of, members };
}

/** Whether an edge leaves by its card's first outcome downwards. */
function isFirst(net: Net, { from, port }: NetEdge): boolean {
  const card = net.cards.get(from);
  const first = card?.ports.find((place) => !isSideways(place.port))?.port;
  return first === undefined ? !isSideways(port) : first === port;
}
