/**
 * Every expression of a document, checked with the types of what its place can read. Nodes are taken in the order in
 * which they run, because the type of a node's output may be the type of what its own templates read.
 */
import { DEFAULT_PORT, ERROR_PORT } from "../contract/manifest.ts";
import type { NodeManifest } from "../contract/manifest.ts";
import type { FlowDocument } from "../document/flow.ts";
import type { Issue } from "../document/issue.ts";
import { isJsonObject, isJsonSchema } from "../document/json-field.ts";
import { END } from "../document/names.ts";
import type { NodeSpec } from "../document/node.ts";
import { childSchema } from "../document/param-schema.ts";
import { endsWithValue, outputSchemaOf } from "../document/output-schema.ts";
import { joinPointer, valueAt } from "../document/pointer.ts";
import { checkCondition, checkTemplate } from "../expression/check.ts";
import type { TypeEnv } from "../expression/check/env.ts";
import type { ExpressionIssue } from "../expression/check/issue.ts";
import { expressionSites } from "../expression/sites.ts";
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { issueOf } from "./codes.ts";
import { eventType, flowRoots, withEverything, withExtra, withOthers, withSeen } from "./environment.ts";
import { isTerminal, possiblePorts } from "./graph.ts";
import type { Graph, GraphNode } from "./graph.ts";
import type { ManifestIndex } from "./manifests.ts";
import { isLoneTemplate } from "./param-walk.ts";
import { bodyPlace } from "./param-rules.ts";
import { prefillIssues } from "./prefill-rules.ts";
import { presenceIn, type Presence } from "./presence.ts";
import { anyOf, areDisjoint, describeTypes, typesOf } from "./schema-types.ts";

type Roots = TypeEnv["roots"];

/** From how many nodes on a reader is only told about those that it mentions. */
const MANY = 100;

/** @param graphs the flow's own graph first, then the bodies, by pointer */
export function expressionIssues(
  flow: FlowDocument,
  graphs: ReadonlyMap<string, Graph>,
  manifests: ManifestIndex,
): Issue[] {
  const checker = new Checker(graphs, manifests);
  const roots = flowRoots(flow);
  const main = graphs.get("");
  if (main !== undefined) checker.graph(main, roots);
  return [...outerIssues(flow), ...checker.issues];
}

/**
 * What the expressions in the params of one node read, its compensation included. Nothing is checked on the way: the
 * types of other nodes' outputs are all that is asked for.
 *
 * @param id the node; it is told about every other one, however many there are
 */
export function paramsRoots(
  flow: FlowDocument,
  graphs: ReadonlyMap<string, Graph>,
  manifests: ManifestIndex,
  id: string,
): ReadonlyMap<string, ParamsToCheck> {
  const checker = new Checker(graphs, manifests, id);
  const main = graphs.get("");
  if (main !== undefined) checker.nodes(main, flowRoots(flow));
  return checker.asked;
}

/** What the mapping of a trigger reads. */
export const mappingRoots: Roots = { event: eventType };

/** What the requester is read from. */
export function requesterRoots(flow: FlowDocument): Roots {
  const { input, trigger } = flowRoots(flow);
  return { nodes: {}, ...(input !== undefined && { input }), ...(trigger !== undefined && { trigger }) };
}

/** Mappings of triggers and the requester stand outside every graph. */
function outerIssues(flow: FlowDocument): Issue[] {
  const { requester } = flow.settings ?? {};
  return [
    ...flow.triggers.flatMap((one, index) =>
      one.type === "event" && one.input !== undefined
        ? mappingIssues(one.input, joinPointer("/triggers", index, "input"), mappingRoots, flow.input)
        : [],
    ),
    ...(requester === undefined ? [] : templateIssues(requester, "/settings/requester", requesterRoots(flow))),
  ];
}

export interface ParamsToCheck {
  readonly manifest: NodeManifest;
  readonly params: JsonObject;
  /** Where in the document they stand. */
  readonly pointer: string;
  readonly roots: Roots;
  /** Types of the roots that a condition may read besides. */
  readonly extra: { readonly [root: string]: JsonSchema };
}

class Checker {
  readonly issues: Issue[] = [];
  readonly #graphs: ReadonlyMap<string, Graph>;
  readonly #manifests: ManifestIndex;
  readonly #ids: ReadonlySet<string>;
  /** By node and port. */
  readonly #outputs = new Map<string, ReadonlyMap<string, JsonSchema>>();
  /** Only what this node reads is asked for, and nothing is checked. */
  readonly #only: string | undefined;
  /** By the pointer of the params. */
  readonly asked = new Map<string, ParamsToCheck>();

  constructor(graphs: ReadonlyMap<string, Graph>, manifests: ManifestIndex, only?: string) {
    this.#graphs = graphs;
    this.#manifests = manifests;
    this.#only = only;
    this.#ids = new Set([...graphs.values()].flatMap((graph) => [...graph.nodes.keys()]));
  }

  /** Checks a graph and everything within; gives the type of what a run of it ends with. */
  graph(graph: Graph, outer: Roots): JsonSchema {
    return this.#endType(graph, this.nodes(graph, outer));
  }

  /** Sources first; when one node alone is asked for, no further than to it. */
  nodes(graph: Graph, outer: Roots): Presence {
    const presence = presenceIn(graph);
    const placed = new Set(graph.order);
    const outputType = (id: string, port: string): JsonSchema => this.#outputs.get(id)?.get(port) ?? true;
    for (const id of [...graph.order, ...[...graph.nodes.keys()].filter((node) => !placed.has(node))]) {
      const node = graph.nodes.get(id);
      if (node === undefined) continue;
      const ids = this.#idsFor(node);
      const roots = placed.has(id)
        ? withOthers(withSeen(outer, presence.seenBy(id, ids), outputType), ids)
        : withEverything(outer, ids);
      this.#outputs.set(id, this.#node(graph, node, roots));
      if (this.asked.size > 0) break;
    }
    return presence;
  }

  /**
   * The nodes that the node is told about. In a large document those that it mentions, so that the time to check it
   * grows with its size, not with its square; a misspelled id then gets no suggestion.
   */
  #idsFor({ id, spec }: GraphNode): ReadonlySet<string> {
    if (this.#ids.size <= MANY || id === this.#only) return this.#ids;
    return new Set(wordsOf(spec).filter((word) => this.#ids.has(word)));
  }

  /** The types of what the node gives, by port. */
  #node(graph: Graph, node: GraphNode, roots: Roots): ReadonlyMap<string, JsonSchema> {
    const { manifest, spec, pointer } = node;
    if (manifest === undefined) return new Map();
    const params = joinPointer(pointer, "params");
    const body = this.#body(manifest, spec.params, params, roots);
    const extra = { event: eventType, last: body?.type ?? true, index: { type: "integer" } };
    this.#params(node, { manifest, params: spec.params, pointer: params, roots, extra });
    const typeOf = (value: Json, at: string): JsonSchema =>
      at === body?.place ? body.type : checkTemplate(value, { roots }).schema;
    const ports = isTerminal(node) ? [DEFAULT_PORT] : possiblePorts(graph, node).filter((port) => port !== ERROR_PORT);
    const outputs = new Map(ports.map((port) => [port, outputSchemaOf(manifest, spec.params, port, typeOf)]));
    this.#compensation(node, roots, anyOf([...outputs.values()]));
    return outputs;
  }

  #body(
    manifest: NodeManifest,
    params: JsonObject,
    pointer: string,
    roots: Roots,
  ): { place: string; type: JsonSchema } | undefined {
    const place = bodyPlace(manifest);
    const graph = place === undefined ? undefined : this.#graphs.get(pointer + place);
    if (place === undefined || graph === undefined) return undefined;
    const inner = withExtra(roots, bodyRoots(manifest, place), {
      item: itemType(params["items"], roots),
      index: { type: "integer" },
    });
    return { place, type: this.graph(graph, inner) };
  }

  /** A compensation reads what its node reads, and what the node gave. */
  #compensation(node: GraphNode, roots: Roots, output: JsonSchema): void {
    const { id, spec, pointer } = node;
    const manifest = spec.compensate && this.#manifests.manifestOf(spec.compensate.type);
    if (spec.compensate === undefined || manifest === undefined) return;
    const nodes = { ...roots.nodes, [id]: { schema: output, presence: "always" as const } };
    const { params } = spec.compensate;
    const at = joinPointer(pointer, "compensate", "params");
    this.#params(node, { manifest, params, pointer: at, roots: { ...roots, nodes }, extra: {} });
  }

  #params(node: GraphNode, place: ParamsToCheck): void {
    if (this.#only === node.id) this.asked.set(place.pointer, place);
    if (this.#only === undefined) this.#check(place);
  }

  #check({ manifest, params, pointer, roots, extra }: ParamsToCheck): void {
    for (const site of expressionSites(params, manifest.params)) {
      const base: Roots = site.rootsOnly ? {} : roots;
      const own = site.roots.length === 0 ? base : withExtra(base, site.roots, extra);
      const at = pointer + site.pointer;
      this.issues.push(
        ...(site.kind === "condition"
          ? conditionIssues(site.source, at, own)
          : siteIssues(site.source, at, own, site.schema)),
      );
    }
    const typeOf = (value: Json): JsonSchema | undefined => {
      const { schema, issues } = checkTemplate(value, { roots });
      return issues.some(({ severity }) => severity === "error") ? undefined : schema;
    };
    this.issues.push(...prefillIssues(manifest, params, pointer, typeOf));
  }

  /** Null where a run can end without passing a node that gives a value. */
  #endType(graph: Graph, presence: Presence): JsonSchema {
    const ends = graph.order.flatMap((id) => {
      const node = graph.nodes.get(id);
      return node?.manifest !== undefined && endsWithValue(node.manifest, node.spec.params) ? [id] : [];
    });
    const types = ends.map((id) => this.#outputs.get(id)?.get(DEFAULT_PORT) ?? true);
    const quiet = graph.incoming.has(END) && !presence.alwaysReachesOneOf(new Set(ends));
    return anyOf(quiet || ends.length === 0 ? [...types, { type: "null" }] : types);
  }
}

const words = new WeakMap<NodeSpec, readonly string[]>();

/** Every word in the params of a node and in those of its compensation. Nodes are never changed in place. */
function wordsOf(spec: NodeSpec): readonly string[] {
  const known = words.get(spec) ?? JSON.stringify([spec.params, spec.compensate ?? null]).match(/[a-z]\w*/g) ?? [];
  words.set(spec, known);
  return known;
}

/** The list's elements. */
function itemType(items: Json | undefined, roots: Roots): JsonSchema {
  const type = items === undefined ? true : checkTemplate(items, { roots }).schema;
  const element = isJsonObject(type) ? type["items"] : undefined;
  return isJsonSchema(element) ? element : true;
}

/** A body may read an item only in a loop over items, and what came before only in one that repeats. */
function bodyRoots(manifest: NodeManifest, place: string): readonly string[] {
  const properties = isJsonObject(manifest.params) ? (manifest.params["properties"] ?? {}) : {};
  const listed = valueAt(properties, `${place}/x-roots`);
  if (Array.isArray(listed)) return listed.filter((root) => typeof root === "string");
  return isJsonObject(properties) && Object.hasOwn(properties, "items") ? ["item", "index"] : ["index", "last"];
}

/** What a mapping makes of an event has to fit the input; what only the event's data decides is left to the run. */
function mappingIssues(mapping: Json, pointer: string, roots: Roots, input: JsonObject | undefined): Issue[] {
  const found = templateIssues(mapping, pointer, roots);
  if (input === undefined || !isJsonObject(mapping) || found.some(({ severity }) => severity === "error")) return found;
  const required = Array.isArray(input["required"]) ? input["required"] : [];
  const missing = required.filter((name) => typeof name === "string").filter((name) => !Object.hasOwn(mapping, name));
  const places = Object.entries(mapping).flatMap(([name, value]) => {
    const wanted = childSchema(input, name, mapping, input);
    const { schema } = checkTemplate(value, { roots });
    if (typesOf(schema).size === 0 || !areDisjoint(schema, wanted)) return [];
    const message = `This gives ${describeTypes(schema)}, but the input takes ${describeTypes(wanted)}.`;
    return [issueOf("template_type", joinPointer(pointer, name), message)];
  });
  const lacking = missing.map((name) =>
    issueOf("incomplete_mapping", pointer, `The mapping lacks “${name}”, which the input requires.`),
  );
  return [...found, ...lacking, ...places];
}

function conditionIssues(source: string, pointer: string, roots: Roots): Issue[] {
  return checkCondition(source, { roots }).issues.map((found) => fromExpression(found, pointer));
}

function templateIssues(value: Json, pointer: string, roots: Roots): Issue[] {
  return checkTemplate(value, { roots }).issues.map((found) => fromExpression(found, pointer + found.pointer));
}

/** A template in a param; its type has to be one that the param takes. */
function siteIssues(source: string, pointer: string, roots: Roots, wanted: JsonSchema): Issue[] {
  const { schema, issues } = checkTemplate(source, { roots });
  const found = issues.map((issue) => fromExpression(issue, pointer));
  if (found.some(({ severity }) => severity === "error")) return found;
  if (typesOf(schema).size === 0 || !areDisjoint(schema, wanted)) return found;
  const hint = isLoneTemplate(source)
    ? "Convert it, for example with string(…), or choose other data."
    : "Text around an expression makes it text.";
  return [
    issueOf(
      "template_type",
      pointer,
      `This gives ${describeTypes(schema)}, but ${describeTypes(wanted)} is needed.`,
      hint,
    ),
  ];
}

function fromExpression({ start, end, ...found }: ExpressionIssue, pointer: string): Issue {
  return { ...found, pointer, range: { start, end } };
}
