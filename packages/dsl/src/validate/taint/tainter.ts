/** What the expressions of a document read, and who wrote it. Asked from where it matters; each node is judged once. */
import { DEFAULT_PORT } from "../../contract/manifest.ts";
import type { NodeManifest, Origin } from "../../contract/manifest.ts";
import type { FlowDocument } from "../../document/flow.ts";
import { joinPointer, valueAt } from "../../document/pointer.ts";
import { parseExpression } from "../../expression/condition.ts";
import { ExpressionError } from "../../expression/error.ts";
import { isTemplate, scanTemplate } from "../../expression/scan.ts";
import type { Json, JsonObject } from "../../json.ts";
import type { Graph, GraphNode } from "../graph.ts";
import { bodyPlace } from "../param-rules.ts";
import { addressesIn } from "./addresses.ts";
import { checkedBefore, soleDecider, type Checks, type Decided } from "./deciders.ts";
import { originOf } from "./origin.ts";
import { expressionTaint, withoutRoots, type Reader } from "./expression-taint.ts";
import { shapeTaint, type From } from "./shape-taint.ts";
import { eachOf, fieldOf, join, partsOf, through, traceIn, wholeOf, type Taint, type Trace } from "./taint.ts";

export class Tainter {
  readonly #flow: FlowDocument;
  readonly #graphs: ReadonlyMap<string, Graph>;
  readonly #homes: ReadonlyMap<string, Graph>;
  readonly #outputs = new Map<string, Taint>();
  readonly #readers = new Map<string, Reader>();
  /** How far the nodes of a graph are judged. */
  readonly #judged = new Map<Graph, number>();
  readonly #checks: Checks = new Map();
  /** What the iteration before gave, by loop. */
  readonly #lasts: Map<string, Taint>;

  /** @param graphs by pointer */
  constructor(flow: FlowDocument, graphs: ReadonlyMap<string, Graph>, lasts = new Map<string, Taint>()) {
    this.#flow = flow;
    this.#graphs = graphs;
    this.#homes = new Map(
      [...graphs.values()].flatMap((graph) => [...graph.nodes.keys()].map((id) => [id, graph] as const)),
    );
    this.#lasts = lasts;
  }

  /** Judges all nodes. */
  prepare(): this {
    for (const graph of this.#graphs.values()) this.#judgeUpTo(graph, graph.order.at(-1) ?? "");
    return this;
  }

  /** What the params of a node read. */
  readerOf(id: string): Reader {
    const known = this.#readers.get(id);
    if (known !== undefined) return known;
    const graph = this.#homes.get(id);
    const outer = graph?.loop === undefined ? undefined : this.readerOf(graph.loop);
    const base: Reader = {
      read: (names) => through(this.#read(names, graph), id),
      // An item of this loop is none of the loop around it.
      checked: outer === undefined ? new Set() : withoutRoots(outer.checked, ["item", "index", "last"]),
      variables: new Map(),
    };
    if (graph === undefined) return base;
    const before = checkedBefore(graph, id, { readerOf: (other) => this.readerOf(other), known: this.#checks });
    const reader = before.size === 0 ? base : { ...base, checked: new Set([...base.checked, ...before]) };
    this.#readers.set(id, reader);
    return reader;
  }

  /** Who alone has decided that a node begins, its loops included. */
  soleDecider(id: string): Trace | undefined {
    const places: Decided[] = [];
    for (let at: string | undefined = id; at !== undefined; at = this.#homes.get(at)?.loop) {
      const graph = this.#homes.get(at);
      if (graph !== undefined) places.push({ graph, id: at });
    }
    return soleDecider(places, (other) => this.readerOf(other));
  }

  /** Of a value with templates, as it stands in the params of a node. */
  valueTaint(value: Json, reader: Reader): Taint {
    if (typeof value === "string") return isTemplate(value) ? textTaint(value, reader) : undefined;
    if (typeof value !== "object" || value === null) return undefined;
    const parts = Object.entries(value).map(([name, part]) => [name, this.valueTaint(part, reader)] as const);
    if (!Array.isArray(value)) return partsOf(new Map(parts));
    return partsOf(new Map(), eachOf(partsOf(new Map(parts))));
  }

  #read(names: readonly string[], graph: Graph | undefined): Taint {
    const [root = "", ...path] = names;
    const [id = "", ...fields] = path;
    switch (root) {
      case "input":
        return into(this.#inputTaint(), path);
      case "nodes":
        return into(this.#outputOf(id), fields);
      case "errors":
        return fields[0] === "message" ? this.#errorTaint(id) : undefined;
      case "event":
        return id === "data" ? wholeOf({ origin: "outside", source: "event.data", way: [], chosen: false }) : undefined;
      case "item":
        return into(this.#itemTaint(graph), path);
      case "last":
        return into(this.#lastTaint(graph), path);
      case "run":
        return id === "requester" ? this.#requesterTaint() : undefined;
      default:
        return undefined;
    }
  }

  /** Whoever starts a run may hand on what a customer wrote, and nobody can tell here. */
  #inputTaint(): Taint {
    const from: From = { origin: "outside", way: [] };
    const reader = { params: {}, taintAt: () => undefined, traceOf: (origin: Origin) => ({ ...from, origin }) };
    return shapeTaint(this.#flow.input ?? true, "input", from, { ...reader, drawn: true });
  }

  #requesterTaint(): Taint {
    const requester = this.#flow.settings?.requester;
    const read = (names: readonly string[]): Taint => (names[0] === "input" ? this.#read(names, undefined) : undefined);
    return requester === undefined
      ? undefined
      : textTaint(requester, { read, checked: new Set(), variables: new Map() });
  }

  #outputOf(id: string): Taint {
    const graph = this.#homes.get(id);
    if (graph !== undefined && !this.#outputs.has(id)) this.#judgeUpTo(graph, id);
    return this.#outputs.get(id);
  }

  /** Sources first: a chain may be 2,000 nodes long. What stands in a circle is never come to, and said already. */
  #judgeUpTo(graph: Graph, last: string): void {
    for (let index = this.#judged.get(graph) ?? 0; index < graph.order.length; index += 1) {
      const id = graph.order[index] ?? "";
      this.#judged.set(graph, index + 1);
      this.#outputs.set(id, undefined);
      const node = graph.nodes.get(id);
      if (node !== undefined) this.#outputs.set(id, this.#judge(node));
      if (id === last) return;
    }
  }

  #judge({ id, manifest, spec, pointer }: GraphNode): Taint {
    if (manifest === undefined) return undefined;
    const { params } = spec;
    const reader = this.readerOf(id);
    const body = bodyPlace(manifest);
    const taintAt = (place: string): Taint =>
      place === body
        ? this.#endTaint(this.#graphs.get(joinPointer(pointer, "params") + place))
        : this.valueTaint(valueAt(params, place) ?? null, reader);
    const traceOf = (origin: Origin): From | undefined => this.#fromOf(origin, id, manifest, params);
    const origin = originOf(manifest);
    const from = origin === undefined ? this.#handedOn(id, params) : traceOf(origin);
    const shapes = Object.entries(manifest.output).map(([, shape]) => shape);
    const source = `nodes.${id}`;
    const given = shapes.length === 0 ? [true] : shapes;
    return through(
      given.reduce<Taint>(
        (all, shape) => join(all, shapeTaint(shape, source, from, { params, taintAt, traceOf })),
        undefined,
      ),
      id,
    );
  }

  #fromOf(origin: Origin, id: string, manifest: NodeManifest, params: JsonObject): From | undefined {
    if (origin === "person") return undefined;
    if (origin !== "service") return { origin, way: [id] };
    const open = addressesIn(manifest, params).find(({ fixed }) => !fixed);
    const trace = open && traceIn(this.valueTaint(open.value, this.readerOf(id)));
    return trace === undefined ? undefined : { origin: "outside", way: [id] };
  }

  /** Who says nothing of their output may make it of whatever they were given. */
  #handedOn(id: string, params: JsonObject): From | undefined {
    const trace = traceIn(this.valueTaint(params, this.readerOf(id)));
    return trace && { origin: trace.origin, way: trace.way };
  }

  /** What was refused or broken is told in somebody else's words. */
  #errorTaint(id: string): Taint {
    const manifest = this.#homes.get(id)?.nodes.get(id)?.manifest;
    if (manifest?.kind !== "action") return undefined;
    return wholeOf({ origin: "outside", source: `errors.${id}.message`, way: [id], chosen: false });
  }

  /** An element of the list that the loop goes over. */
  #itemTaint(graph: Graph | undefined): Taint {
    const loop = graph?.loop === undefined ? undefined : this.#homes.get(graph.loop)?.nodes.get(graph.loop);
    if (loop === undefined) return undefined;
    return eachOf(this.valueTaint(loop.spec.params["items"] ?? null, this.readerOf(loop.id)));
  }

  /** Judged once as if it were the first iteration; what comes back is what the next one reads. */
  #lastTaint(graph: Graph | undefined): Taint {
    if (graph?.loop === undefined) return undefined;
    if (!this.#lasts.has(graph.loop)) {
      this.#lasts.set(graph.loop, undefined);
      const probe = new Tainter(this.#flow, this.#graphs, new Map(this.#lasts));
      this.#lasts.set(graph.loop, probe.#endTaint(graph));
    }
    return this.#lasts.get(graph.loop);
  }

  /** What a graph ends with. */
  #endTaint(graph: Graph | undefined): Taint {
    const ends = [...(graph?.nodes.values() ?? [])].filter(
      ({ manifest }) => manifest?.ports.length === 0 && manifest.output[DEFAULT_PORT] !== undefined,
    );
    return ends.reduce<Taint>((all, { id }) => join(all, this.#outputOf(id)), undefined);
  }
}

function into(taint: Taint, path: readonly string[]): Taint {
  return path.reduce<Taint>((part, name) => fieldOf(part, name), taint);
}

/** A lone expression keeps its parts; in a text everything becomes one. */
function textTaint(text: string, reader: Reader): Taint {
  try {
    const pieces = scanTemplate(text);
    const taints = pieces.map((piece) =>
      piece.kind === "text" ? undefined : expressionTaint(parseExpression(piece.source).ast, reader),
    );
    if (pieces.length === 1) return taints[0];
    return wholeOf(traceIn(taints.reduce<Taint>((all, taint) => join(all, taint), undefined)));
  } catch (error) {
    // It is said already.
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
