/** A whole graph laid out from nothing: down along the spine, everything else in columns to the right of it. */
import { CHANNEL, COLUMN, GAP, isSideways, portPlace, type CardGeometry, type Point } from "./card.ts";
import { chainsOf, type Chains } from "./chains.ts";
import type { Net, NetEdge } from "./net.ts";

/** Going aside is dearer than going down, but not by all of a column. */
const ASIDE = 0.6 * COLUMN;
/** Neighbors that follow one card stand side by side rather than far below. */
const DOWN = 2.2;

/** Positions of all cards, the first at (0, 0). The same graph gives the same positions. */
export function arrange(net: Net): Map<string, Point> {
  return new Sweep(net).run();
}

interface Strip {
  readonly top: number;
  readonly bottom: number;
  readonly chain: number;
}

/** Places cards from above to below; of those that could come next the uppermost, on the longest-standing chain. */
class Sweep {
  readonly #net: Net;
  readonly #chains: Chains;
  readonly #waiting = new Map<string, number>();
  readonly #positions = new Map<string, Point>();
  readonly #columns = new Map<number, Strip[]>();
  readonly #columnOf = new Map<number, number>();
  readonly #ready = new Map<string, number>();
  #rightmost = 0;

  constructor(net: Net) {
    this.#net = net;
    this.#chains = chainsOf(net);
    for (const id of net.order) this.#waiting.set(id, this.#net.back.get(id)?.length ?? 0);
  }

  run(): Map<string, Point> {
    for (const id of this.#net.order) {
      if (this.#waiting.get(id) === 0) this.#ready.set(id, 0);
    }
    for (let next = this.#uppermost(); next !== undefined; next = this.#uppermost()) this.#place(next);
    return this.#positions;
  }

  #uppermost(): string | undefined {
    let best: string | undefined;
    for (const [id, y] of this.#ready) {
      const top = best === undefined ? undefined : this.#ready.get(best);
      if (best === undefined || top === undefined || y < top || (y === top && this.#chain(id) < this.#chain(best))) {
        best = id;
      }
    }
    return best;
  }

  #chain(id: string): number {
    return this.#chains.of.get(id) ?? 0;
  }

  #place(id: string): void {
    const position = this.#positionFor(id);
    this.#occupy(id, position);
    const asides: string[] = [];
    for (const edge of this.#net.next.get(id) ?? []) {
      const left = (this.#waiting.get(edge.to) ?? 0) - 1;
      this.#waiting.set(edge.to, left);
      if (left > 0) continue;
      this.#ready.set(edge.to, this.#lowest(edge.to));
      if (isSideways(edge.port) && this.#isHead(edge.to)) asides.push(edge.to);
    }
    // What stands beside a card comes before all that would take its place.
    for (const aside of new Set(asides)) if (this.#ready.has(aside)) this.#place(aside);
  }

  #isHead(id: string): boolean {
    return this.#chains.members[this.#chain(id)]?.[0] === id;
  }

  #positionFor(id: string): Point {
    const lowest = this.#lowest(id);
    const chain = this.#chain(id);
    const column = this.#columnOf.get(chain);
    const height = this.#card(id).height;
    if (column !== undefined) {
      return { x: column * COLUMN, y: this.#freeFrom({ column, top: lowest, height, chain, width: this.#width(id) }) };
    }
    return this.#beginChain(id, lowest, chain);
  }

  /** The cheapest place for a whole chain. */
  #beginChain(id: string, lowest: number, chain: number): Point {
    const height = this.#lengthOf(chain);
    const width = Math.max(...(this.#chains.members[chain] ?? []).map((member) => this.#width(member)));
    const parents = this.#net.back.get(id) ?? [];
    const from = this.#firstColumn(id, parents);
    let best = { column: from, y: Number.POSITIVE_INFINITY, cost: Number.POSITIVE_INFINITY };
    for (let column = from; column <= Math.max(from, this.#rightmost + 1); column += 1) {
      const y = this.#freeFrom({ column, top: lowest, height, chain, width });
      const cost = (column - from) * ASIDE + (y - lowest) * DOWN + this.#blocked(parents, column, y) * ASIDE * 2;
      if (cost < best.cost) best = { column, y, cost };
    }
    this.#columnOf.set(chain, best.column);
    // The place of the whole chain is taken now, so that no other comes between its cards.
    this.#take(best.column, width, { top: best.y, bottom: best.y + height, chain });
    return { x: best.column * COLUMN, y: best.y };
  }

  /** Under a card whose own way ends or goes elsewhere, else beside it. */
  #firstColumn(id: string, parents: readonly NetEdge[]): number {
    const columns = parents.map(({ from, port }) => {
      const chain = this.#chain(from);
      const column = this.#columnOf.get(chain) ?? 0;
      const isLast = this.#chains.members[chain]?.at(-1) === from;
      return isLast && !isSideways(port) ? column : column + this.#columnsOf(from);
    });
    if (columns.length > 0) return Math.min(...columns);
    return id === this.#net.order[0] ? 0 : this.#rightmost + 1;
  }

  /** How many cards stand in the way of a straight line from the side of a card. */
  #blocked(parents: readonly NetEdge[], column: number, y: number): number {
    const [parent] = parents;
    if (parents.length !== 1 || parent === undefined || !isSideways(parent.port)) return 0;
    const source = this.#positions.get(parent.from);
    if (source === undefined) return 0;
    const at = source.y + portPlace(this.#card(parent.from), parent.port).y;
    const first = Math.round(source.x / COLUMN) + this.#columnsOf(parent.from);
    let count = at < y - GAP || at > y + this.#card(parent.to).height ? 0.5 : 0;
    for (let between = first; between < column; between += 1) {
      if ((this.#columns.get(between) ?? []).some(({ top, bottom }) => top - 8 < at && at < bottom + 8)) count += 1;
    }
    return count;
  }

  /** The first place from `top` on where all of a chain fits. */
  #freeFrom(space: { column: number; top: number; height: number; chain: number; width: number }): number {
    const last = space.column + Math.ceil((space.width + 24) / COLUMN) - 1;
    let top = space.top;
    for (let moved = true; moved;) {
      moved = false;
      for (let column = space.column; column <= last; column += 1) {
        for (const strip of this.#columns.get(column) ?? []) {
          if (strip.chain === space.chain) continue;
          const apart = GAP + CHANNEL;
          if (strip.top - apart >= top + space.height || strip.bottom + apart <= top) continue;
          top = strip.bottom + apart;
          moved = true;
        }
      }
    }
    return top;
  }

  #occupy(id: string, position: Point): void {
    const card = this.#card(id);
    const column = Math.round(position.x / COLUMN);
    const strip = { top: position.y, bottom: position.y + card.height, chain: this.#chain(id) };
    this.#take(column, card.width, strip);
    this.#columnOf.set(this.#chain(id), column);
    this.#positions.set(id, position);
    this.#ready.delete(id);
  }

  #take(column: number, width: number, strip: Strip): void {
    const last = column + Math.ceil((width + 24) / COLUMN) - 1;
    for (let at = column; at <= last; at += 1) {
      const strips = this.#columns.get(at);
      if (strips === undefined) this.#columns.set(at, [strip]);
      else strips.push(strip);
    }
    this.#rightmost = Math.max(this.#rightmost, last);
  }

  /** No card stands higher than all that leads to it allows. */
  #lowest(id: string): number {
    return Math.max(0, ...(this.#net.back.get(id) ?? []).map((edge) => this.#below(edge)));
  }

  #below(edge: NetEdge): number {
    const source = this.#positions.get(edge.from);
    if (source === undefined) return 0;
    const card = this.#card(edge.from);
    if (isSideways(edge.port) && this.#net.back.get(edge.to)?.length === 1) {
      const port = portPlace(card, edge.port).y;
      return source.y + (port <= this.#card(edge.to).height - 30 ? 0 : port - 23);
    }
    return source.y + card.height + this.#gapUnder(edge.from);
  }

  /** One edge that turns away fits between two cards as they stand; more need channels. */
  #gapUnder(id: string): number {
    const down = (this.#net.next.get(id) ?? []).filter(({ port }) => !isSideways(port));
    const turning = new Set(down.filter(({ to }) => this.#chain(to) !== this.#chain(id)).map(({ to }) => to));
    const joins = down.some(({ to }) => (this.#net.back.get(to)?.length ?? 0) > 1) ? 1 : 0;
    const channels = turning.size + joins;
    return channels < 2 ? GAP + 2 * channels : GAP + CHANNEL * channels;
  }

  #lengthOf(chain: number): number {
    const members = this.#chains.members[chain] ?? [];
    return members.reduce((sum, id) => sum + this.#card(id).height + GAP, -GAP);
  }

  #columnsOf(id: string): number {
    return Math.ceil((this.#width(id) + 24) / COLUMN);
  }

  #width(id: string): number {
    return this.#card(id).width;
  }

  #card(id: string): CardGeometry {
    return this.#net.cards.get(id) ?? { width: 0, height: 0, into: { x: 0, y: 0 }, ports: [], row: false };
  }
}
