/** The checks that every run has passed when it comes to a node: conditions that came out, and people who decided. */
import { isJsonObject, isJsonSchema } from "../../document/json-field.ts";
import { conditionHolds } from "../../document/manifest-facts.ts";
import { valuesAt } from "../../document/pointer.ts";
import { pathKey } from "../../expression/guards.ts";
import type { ASTNode } from "../../expression/cel.ts";
import type { Json, JsonSchema } from "../../json.ts";
import { possiblePorts, type Graph, type GraphNode } from "../graph.ts";
import { walkParams } from "../param-walk.ts";
import { presenceIn, type Presence } from "../presence.ts";
import { parsed, shownIn } from "./references-in.ts";
import { originOf } from "./origin.ts";
import { checkedBy, common, isPolicy } from "./checks.ts";
import { expressionTaint, type Reader } from "./expression-taint.ts";
import { traceIn, type Taint, type Trace } from "./taint.ts";

type ReaderOf = (id: string) => Reader;

/** A condition, and how it came out. */
interface Outcome {
  readonly condition: ASTNode;
  readonly outcome: boolean;
}

/** A node that has let the run come this far, and the ports by which it may have. */
interface Decider {
  readonly node: GraphNode;
  readonly ports: readonly string[];
}

/** A node, or the loop that it stands in. */
export interface Decided {
  readonly graph: Graph;
  readonly id: string;
}

/** What each decider has checked, by its id and ports: many nodes come after it. */
export type Checks = Map<string, readonly string[]>;

/** Paths that were checked, or shown to whoever decided, on every way to the node (`pathKey`). */
export function checkedBefore(
  graph: Graph,
  id: string,
  { readerOf, known }: { readonly readerOf: ReaderOf; readonly known: Checks },
): ReadonlySet<string> {
  return new Set(
    decidersBefore(graph, id).flatMap((decider) => {
      const key = [decider.node.id, ...decider.ports].join(" ");
      const checked = known.get(key) ?? checksOf(decider, readerOf);
      known.set(key, checked);
      return checked;
    }),
  );
}

function checksOf({ node, ports }: Decider, readerOf: ReaderOf): readonly string[] {
  if (ports.every((port) => isPersonal(node, port))) return shownBy(node);
  const taintOf = taintFor(readerOf(node.id));
  return [...common(ports.map((port) => checkedAt(outcomesOf(node, port), taintOf)))];
}

/**
 * Who alone has decided that the run comes to the node: a choice that a customer or a model has made, and beside it
 * neither a person nor anything that we know ourselves.
 */
export function soleDecider(places: readonly Decided[], readerOf: ReaderOf): Trace | undefined {
  let found: Trace | undefined;
  for (const { node, ports } of places.flatMap(({ graph, id }) => decidersBefore(graph, id))) {
    if (ports.every((port) => isPersonal(node, port))) return undefined;
    const taintOf = taintFor(readerOf(node.id));
    const byPort = ports.map((port) => outcomesOf(node, port));
    const isChecked = (outcomes: readonly Outcome[]): boolean =>
      outcomes.some(({ condition, outcome }) => isPolicy(condition, outcome, taintOf));
    if (byPort.every(isChecked)) return undefined;
    found ??= byPort
      .flat()
      .flatMap(({ condition }) => traceIn(taintOf(condition)) ?? [])
      .at(0);
    if (node.manifest !== undefined && originOf(node.manifest) === "model") {
      found ??= { origin: "model", source: `ports.${node.id}`, way: [node.id], chosen: true };
    }
  }
  return found;
}

/** Those that every run has passed, by some of their ways out alone. */
function decidersBefore(graph: Graph, id: string): readonly Decider[] {
  const { presence, portCounts } = choicesIn(graph);
  if (portCounts.size === 0) return [];
  return [...presence.seenBy(id, portCounts)].flatMap(([other, { certain, ports }]) => {
    const node = graph.nodes.get(other);
    return node !== undefined && certain && ports.length < (portCounts.get(other) ?? 0) ? [{ node, ports }] : [];
  });
}

interface Choices {
  readonly presence: Presence;
  /** Of the nodes with several ways out. */
  readonly portCounts: ReadonlyMap<string, number>;
}

const known = new WeakMap<Graph, Choices>();

/** Graphs live as long as one validation. */
function choicesIn(graph: Graph): Choices {
  const before = known.get(graph);
  if (before !== undefined) return before;
  const counts = [...graph.nodes.values()].map((node) => [node.id, possiblePorts(graph, node).length] as const);
  const choices = { presence: presenceIn(graph), portCounts: new Map(counts.filter(([, count]) => count > 1)) };
  known.set(graph, choices);
  return choices;
}

const taintFor =
  (reader: Reader) =>
  (node: ASTNode): Taint =>
    expressionTaint(node, reader);

function checkedAt(outcomes: readonly Outcome[], taintOf: (node: ASTNode) => Taint): ReadonlySet<string> {
  return new Set(outcomes.flatMap(({ condition, outcome }) => [...checkedBy(condition, outcome, taintOf)]));
}

/** How the conditions of a node came out where it left by a port. */
function outcomesOf({ manifest, spec }: GraphNode, port: string): readonly Outcome[] {
  return (manifest?.ports ?? []).flatMap((rule): Outcome[] => {
    if (!("from" in rule)) return rule.name === port ? conditionsAt(spec.params, rule.otherwise, false) : [];
    const names = valuesAt(spec.params, rule.from).map(({ value }) => value);
    const at = names.indexOf(port);
    if (at === -1 || rule.holds === undefined || names.lastIndexOf(port) !== at) return [];
    const conditions = conditionsAt(spec.params, rule.holds, false).slice(0, at + 1);
    return conditions.map((one, index) => (index === at ? { ...one, outcome: true } : one));
  });
}

function conditionsAt(params: Json, pattern: string | undefined, outcome: boolean): Outcome[] {
  if (pattern === undefined) return [];
  const conditions = valuesAt(params, pattern).map(({ value }) =>
    typeof value === "string" ? parsed(value) : undefined,
  );
  // Which is whose can be told only while each can be read.
  return conditions.every((condition) => condition !== undefined)
    ? conditions.map((condition) => ({ condition, outcome }))
    : [];
}

/** Whether a person's decision leaves by the port. */
function isPersonal({ manifest, spec }: GraphNode, port: string): boolean {
  if (manifest === undefined) return false;
  const own = Object.hasOwn(manifest.output, port) ? manifest.output[port] : undefined;
  let shape: JsonSchema = own ?? manifest.output["*"] ?? true;
  for (let depth = 0; isJsonObject(shape) && depth < 8; depth += 1) {
    if (shape["x-origin"] === "person") return true;
    const condition = shape["$when"];
    if (!isJsonObject(condition) || typeof condition["pointer"] !== "string") return false;
    const branch: Json | undefined =
      shape[conditionHolds({ ...condition, pointer: condition["pointer"] }, spec.params) ? "then" : "else"];
    shape = isJsonSchema(branch) ? branch : true;
  }
  return false;
}

/** What whoever decided has seen. */
function shownBy({ manifest, spec }: GraphNode): readonly string[] {
  if (manifest === undefined) return [];
  return [...walkParams(manifest.params, spec.params)].flatMap(({ value, schema }) =>
    isJsonObject(schema) && schema["x-shown"] === true ? shownIn(value).map(pathKey) : [],
  );
}
