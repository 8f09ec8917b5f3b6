/** A node's params: compiled once with the plan, resolved for every step. */
import type { NodeManifest } from "../contract/manifest.ts";
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { compileSchema } from "../json-schema/compile.ts";
import type { CompiledSchema, SchemaError } from "../json-schema/compile.ts";
import { compileCondition } from "./condition.ts";
import { ExpressionError } from "./error.ts";
import { joinPointer } from "../document/pointer.ts";
import type { Reference } from "./references.ts";
import { escapeOf } from "./render.ts";
import type { Roots } from "./roots.ts";
import { placeBelow, rootPlace } from "./sites.ts";
import type { Place } from "./sites.ts";
import { compileTemplate, joinList, joinObject } from "./template.ts";
import type { Maker } from "./template.ts";

/** Resolved params that do not fit the node type. */
export class ParamsError extends Error {
  override readonly name = "ParamsError";
  /** JSON pointer into the params, of the first problem. */
  readonly pointer: string;
  readonly errors: readonly SchemaError[];

  constructor(errors: readonly SchemaError[]) {
    const [first] = errors;
    super(first === undefined ? "The params don't fit" : `${first.pointer || "params"}: ${first.message}`);
    this.pointer = first?.pointer ?? "";
    this.errors = errors;
  }
}

export interface CompiledParams {
  /** What templates and conditions read; `pointer` is into the params. */
  readonly references: readonly Reference[];
  /** No template inside: `resolve` always gives the same object. Conditions don't count, they are kept as text. */
  readonly static: boolean;
  /**
   * Evaluates the templates and checks the result against the manifest's schema. Static params are checked once.
   * The result must not be changed.
   * @throws ExpressionError if a template fails; ParamsError if the result does not fit
   */
  resolve(roots: Roots): JsonObject;
}

/** The part of a manifest that params need. */
export type ParamsOwner = Pick<NodeManifest, "params">;

/**
 * Compiles params as the hints of the manifest's schema say: `x-expression` stays text (and is compiled here only to
 * list what it reads), `x-literal` and `x-body` stay as they are, everything else is a template.
 * @throws ExpressionError at the first expression that can't be compiled
 */
export function compileParams(manifest: ParamsOwner, params: JsonObject): CompiledParams {
  const references: Reference[] = [];
  const make = compileAt(params, "", rootPlace(manifest.params), { references, root: manifest.params });
  const schema = schemaOf(manifest.params);
  if (make === undefined) return { references, static: true, resolve: once(() => fitting(schema, params)) };
  return { references, static: false, resolve: (roots) => fitting(schema, make(roots)) };
}

interface Build {
  readonly references: Reference[];
  readonly root: JsonSchema;
}

function compileAt(value: Json, pointer: string, place: Place, build: Build): Maker {
  if (place.mode === "skip") return undefined;
  if (typeof value === "string") {
    if (place.mode === "condition") {
      noteCondition(value, pointer, build);
      return undefined;
    }
    const template = within(pointer, () => compileTemplate(value, { escape: escapeOf(place.schemas) }));
    for (const reference of template.references) build.references.push({ ...reference, pointer });
    return template.static ? undefined : (roots) => within(pointer, () => template.evaluate(roots));
  }
  if (typeof value !== "object" || value === null) return undefined;
  const below = (key: string | number, item: Json): Maker =>
    compileAt(item, joinPointer(pointer, key), placeBelow(place, key, value, build.root), build);
  if (Array.isArray(value)) {
    return joinList(
      value,
      value.map((item, index) => below(index, item)),
    );
  }
  return joinObject(
    value,
    Object.entries(value).map(([key, item]) => [key, below(key, item)]),
  );
}

function noteCondition(source: string, pointer: string, build: Build): void {
  const { references } = within(pointer, () => compileCondition(source));
  for (const reference of references) build.references.push({ ...reference, pointer });
}

/** Adds to an error where in the params it happened. */
function within<Result>(pointer: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof ExpressionError ? error.within(0, pointer) : error;
  }
}

const schemas = new WeakMap<JsonObject, CompiledSchema>();

/** Manifests live as long as the process; their schemas are compiled once. */
function schemaOf(schema: JsonSchema): CompiledSchema {
  if (typeof schema === "boolean") return compileSchema(schema);
  let compiled = schemas.get(schema);
  if (compiled === undefined) {
    compiled = compileSchema(schema);
    schemas.set(schema, compiled);
  }
  return compiled;
}

function fitting(schema: CompiledSchema, params: Json): JsonObject {
  const checked = schema.validate(params);
  if (!checked.ok) throw new ParamsError(checked.errors);
  if (typeof params === "object" && params !== null && !Array.isArray(params)) return params;
  throw new ParamsError([{ pointer: "", keyword: "type", message: "must be an object" }]);
}

function once<Result>(make: () => Result): () => Result {
  let made: { readonly value: Result } | undefined;
  return () => (made ??= { value: make() }).value;
}
