/**
 * Which nodes have certainly completed, and by which ports, when a node starts.
 *
 * Three facts are carried along the edges, sources first. For a node n of the graph:
 *
 * - `done`: nodes that completed in every run in which n starts, with the ports they may have left by. Along an edge
 *   the source is done by that very port; where edges meet, what all of them know stays.
 * - `sure`: nodes that every run reaches that reaches n, before or after. A fork is what makes it more than `done`: of
 *   two parallel branches each knows that the other one runs too.
 * - `settled`: nodes that have completed, failed for good or been skipped when n starts. A join of `all` waits for
 *   every edge, one of `any` for a single one.
 *  *
 * At a join of `all`, a node that is sure and settled is done as well. That is all there is to parallel branches:
 * start → a, start → b, both → c gives c both a and b, a branch gives it neither. What a join of `any` cancels needs no
 * care: such a node leads nowhere but to that join, which is settled only with the nodes that all of its edges wait for.
 */
import type { Edge } from "../document/node.ts";
import { START } from "../document/names.ts";
import { Bits } from "./bits.ts";
import { possiblePorts } from "./graph.ts";
import type { Graph } from "./graph.ts";
import type { GraphEdge } from "./graph-edge.ts";

/** What a reader may know of a node that comes before it. */
export interface Seen {
  /** It completed on every way to the reader. */
  readonly certain: boolean;
  /** The ports by which it may have left, `error` included. */
  readonly ports: readonly string[];
}

const presences = new WeakMap<readonly Edge[], { readonly shape: string; readonly presence: Presence }>();

/**
 * The presence in a graph. Only its edges, and the ports and joins of its nodes have a part in it; so it is kept while
 * somebody writes texts, for as long as the same list of edges stands in the document.
 */
export function presenceIn(graph: Graph): Presence {
  const shape = shapeOf(graph);
  const before = presences.get(graph.source);
  if (before?.shape === shape) return before.presence;
  const presence = new Presence(graph);
  presences.set(graph.source, { shape, presence });
  return presence;
}

function shapeOf(graph: Graph): string {
  return [...graph.nodes.values()]
    .map((node) => [node.id, node.spec.join ?? "", ...possiblePorts(graph, node)].join(" "))
    .join("\n");
}

/** Ports beyond the thirtieth share a bit: what is known of one is known of all, which is careful, not wrong. */
const LAST_BIT = 30;

interface Facts {
  readonly done: Uint32Array;
  readonly sure: Bits;
  readonly settled: Bits;
  readonly before: Bits;
}

/** Nodes that are asked for. */
type Ids = Pick<ReadonlySet<string>, "keys">;

export class Presence {
  readonly #graph: Graph;
  readonly #position: ReadonlyMap<string, number>;
  readonly #ports: readonly (readonly string[])[];
  /** By node: all of its ports as bits. */
  readonly #everyPort: readonly number[];
  /** By node: what is reached whenever the node is. */
  readonly #must: readonly Bits[];
  /** By node, as far as somebody has asked: those of a node follow from those before it. */
  readonly #facts: Facts[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#position = new Map(graph.order.map((id, index) => [id, index]));
    this.#ports = graph.order.map((id) => {
      const node = graph.nodes.get(id);
      return node === undefined ? [] : possiblePorts(graph, node);
    });
    this.#everyPort = this.#ports.map((ports) => ports.reduce((bits, _, port) => bits | portBit(port), 0));
    this.#must = this.#reachedWhenever();
  }

  /**
   * What the node may know of those that come before it; the others are left out. Outside the order: nothing.
   * @param among nodes that are asked for; absent: all
   */
  seenBy(reader: string, among?: Ids): ReadonlyMap<string, Seen> {
    const facts = this.#carriedTo(this.#position.get(reader) ?? -1);
    const seen = new Map<string, Seen>();
    if (facts === undefined) return seen;
    for (const index of this.#positionsOf(among)) {
      const id = this.#graph.order[index] ?? "";
      const mask = facts.done[index] ?? 0;
      const ports = this.#ports[index] ?? [];
      if (mask !== 0) seen.set(id, { certain: true, ports: ports.filter((_, port) => (mask & portBit(port)) !== 0) });
      else if (facts.before.has(index)) seen.set(id, { certain: false, ports });
    }
    return seen;
  }

  /** In order. */
  #positionsOf(ids: Ids | undefined): Iterable<number> {
    if (ids === undefined) return this.#graph.order.keys();
    return [...ids.keys()].flatMap((id) => this.#position.get(id) ?? []).toSorted((a, b) => a - b);
  }

  /** Whether every run of the graph reaches one of the nodes. */
  alwaysReachesOneOf(ids: ReadonlySet<string>): boolean {
    const reaches = new Map<string, boolean>();
    const leads = (edges: readonly GraphEdge[]): boolean => edges.some(({ to }) => reaches.get(to) === true);
    for (const [index, id] of [...this.#graph.order.entries()].toReversed()) {
      const ports = this.#ports[index] ?? [];
      const every = ports.length > 0 && ports.every((port) => leads(this.#leaving(id, port)));
      reaches.set(id, ids.has(id) || every);
    }
    return leads(this.#graph.outgoing.get(START) ?? []);
  }

  #reachedWhenever(): Bits[] {
    const size = this.#graph.order.length;
    const must: Bits[] = Array.from({ length: size }, () => new Bits(size));
    for (const [index, id] of [...this.#graph.order.entries()].toReversed()) {
      const byPort = (this.#ports[index] ?? []).map((port) => this.#reachedBy(this.#leaving(id, port), must));
      must[index] = Bits.common(size, byPort).add(index);
    }
    return must;
  }

  #reachedBy(edges: readonly GraphEdge[], must: readonly Bits[]): Bits {
    return Bits.union(
      this.#graph.order.length,
      edges.flatMap(({ to }) => must[this.#position.get(to) ?? -1] ?? []),
    );
  }

  #leaving(id: string, port: string): readonly GraphEdge[] {
    return (this.#graph.outgoing.get(id) ?? []).filter((edge) => edge.port === port);
  }

  #carriedTo(last: number): Facts | undefined {
    for (let index = this.#facts.length; index <= last; index += 1) {
      const id = this.#graph.order[index] ?? "";
      const incoming = (this.#graph.incoming.get(id) ?? []).map((edge) => this.#along(edge, this.#facts));
      this.#facts.push(this.#meet(index, id, incoming));
    }
    return this.#facts[last];
  }

  /** What is known on an edge that is taken. */
  #along({ from, port }: GraphEdge, facts: readonly Facts[]): Facts {
    const size = this.#graph.order.length;
    const source = this.#position.get(from);
    const known = source === undefined ? undefined : facts[source];
    const reached = this.#reachedBy(this.#leaving(from, port), this.#must);
    if (source === undefined || known === undefined) {
      const nothing = new Bits(size);
      return { done: new Uint32Array(size), sure: reached, settled: nothing, before: nothing };
    }
    const done = known.done.slice();
    done[source] = portBit(this.#ports[source]?.indexOf(port) ?? 0);
    return {
      done,
      sure: reached.addAll(known.sure),
      settled: known.settled.copy().add(source),
      before: known.before.copy().add(source),
    };
  }

  #meet(index: number, id: string, incoming: readonly Facts[]): Facts {
    const size = this.#graph.order.length;
    const any = this.#graph.nodes.get(id)?.spec.join === "any" && incoming.length > 1;
    const settled = incoming.map((facts) => facts.settled);
    const sure = incoming.map((facts) => facts.sure);
    const before = incoming.map((facts) => facts.before);
    const met = {
      sure: Bits.common(size, sure).addAll(this.#must[index] ?? new Bits(size)),
      settled: any ? Bits.common(size, settled) : Bits.union(size, settled),
      before: Bits.union(size, before),
    };
    return { ...met, done: this.#meetDone(index, any, incoming, met) };
  }

  /** Asked for every pair of nodes, so nothing is made on the way. */
  #meetDone(index: number, any: boolean, incoming: readonly Facts[], met: Omit<Facts, "done">): Uint32Array {
    const done = new Uint32Array(this.#graph.order.length);
    for (let other = 0; other < index; other++) {
      const elsewhere = !any && met.settled.has(other) ? (this.#everyPort[other] ?? 0) : 0;
      let mask = 0;
      for (const facts of incoming) {
        const here = facts.done[other] ?? 0;
        const known = here === 0 && elsewhere !== 0 && facts.sure.has(other) ? elsewhere : here;
        mask = known === 0 ? 0 : mask | known;
        if (known === 0) break;
      }
      done[other] = mask;
    }
    return done;
  }
}

function portBit(index: number): number {
  return 1 << Math.min(Math.max(index, 0), LAST_BIT);
}
