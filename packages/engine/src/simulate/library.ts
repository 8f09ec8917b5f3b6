/** The flows of a simulation, compiled once each. */
import { compileCondition, compileParams, compileTemplate, walkNodes } from "@holdfast/dsl";
import type {
  Compiled,
  CompiledParams,
  FlowDocument,
  Json,
  JsonObject,
  NodeManifest,
  NodeSpec,
  Roots,
} from "@holdfast/dsl";
import { compilePlan } from "../compile-plan.ts";
import type { ManifestLookup } from "../compile-plan.ts";
import { EngineError } from "../errors.ts";
import type { FlowPlan } from "../plan.ts";

/** A flow, ready to be simulated. */
export interface LoadedFlow {
  readonly document: FlowDocument;
  readonly plan: FlowPlan;
  /** Nodes of the flow and of all its bodies. */
  readonly specs: ReadonlyMap<string, NodeSpec>;
}

export class Library {
  readonly #manifests: ManifestLookup;
  readonly #flows = new Map<FlowDocument, LoadedFlow>();
  readonly #params = new Map<JsonObject, CompiledParams>();
  readonly #conditions = new Map<string, Compiled>();

  constructor(manifests: ManifestLookup) {
    this.#manifests = manifests;
  }

  load(document: FlowDocument): LoadedFlow {
    return entry(this.#flows, document, () => ({
      document,
      plan: compilePlan(document, this.#manifests),
      specs: new Map([...walkNodes(document)].map(({ id, node }) => [id, node])),
    }));
  }

  /** @throws EngineError `unknown_type` */
  manifest(type: string): NodeManifest {
    const manifest = this.#manifests(type);
    if (manifest === undefined) throw new EngineError("unknown_type", `There is no node type “${type}”`);
    return manifest;
  }

  /** @throws ExpressionError, ParamsError */
  params(type: string, params: JsonObject, roots: Roots): JsonObject {
    return entry(this.#params, params, () => compileParams(this.manifest(type), params)).resolve(roots);
  }

  /** @throws ExpressionError */
  condition(source: string, roots: Roots): Json {
    return entry(this.#conditions, source, () => compileCondition(source)).evaluate(roots);
  }

  /** @throws ExpressionError */
  template(value: Json, roots: Roots): Json {
    return compileTemplate(value).evaluate(roots);
  }
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
