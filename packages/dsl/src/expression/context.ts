/**
 * What cel-js is given to read: the roots, measured, and free of what would confuse it.
 *
 * cel-js tells types by `value.constructor`. An object with an own key of that name is data like any other, so it is
 * handed over as a Map; everything else is passed as it is, without a copy.
 */
import type { Json } from "../json.ts";
import { EXPRESSION_LIMITS } from "./limits.ts";
import type { Reference } from "./references.ts";
import type { Roots } from "./roots.ts";

/** How much a value holds. */
export interface Measure {
  /** Values: scalars, lists and objects, all levels. */
  readonly count: number;
  /** Characters of JSON, about. */
  readonly size: number;
  /** Elements of the outermost list, or keys of the outermost object. */
  readonly length: number;
}

export interface Context {
  /** Null-prototype record of the roots. */
  readonly roots: { readonly [root: string]: unknown };
  /** What each reference reads. */
  readonly measures: ReadonlyMap<Reference, Measure>;
}

export class InputTooLarge extends Error {}

const NOTHING: Measure = { count: 1, size: 4, length: 0 };

/** @throws InputTooLarge if the references together read more than an expression may. */
export function prepareContext(references: readonly Reference[], roots: Roots): Context {
  const meter = new Meter();
  const measures = new Map<Reference, Measure>();
  for (const reference of references) measures.set(reference, meter.measurePath(reference, roots));
  const context: { [root: string]: unknown } = { __proto__: null };
  for (const { root } of references) {
    const value = Object.hasOwn(roots, root) ? roots[root] : undefined;
    if (value !== undefined) context[root] = meter.clean ? value : withoutConstructors(value);
  }
  return { roots: context, measures };
}

class Meter {
  clean = true;
  #size = 0;
  #count = 0;

  measurePath(reference: Reference, roots: Roots): Measure {
    let value: Json | undefined = Object.hasOwn(roots, reference.root) ? roots[reference.root] : undefined;
    const names = reference.id === undefined ? reference.path : [reference.id, ...reference.path];
    for (const name of names) {
      if (typeof value !== "object" || value === null || Array.isArray(value)) break;
      if (Object.hasOwn(value, "constructor")) this.clean = false;
      value = Object.hasOwn(value, name) ? value[name] : undefined;
    }
    if (value === undefined) return NOTHING;
    if (typeof value !== "object" && typeof value !== "string") return NOTHING;
    const before = { size: this.#size, count: this.#count };
    this.#visit(value, 0);
    return { count: this.#count - before.count, size: this.#size - before.size, length: lengthOf(value) };
  }

  #visit(value: Json, depth: number): void {
    this.#count += 1;
    this.#size += typeof value === "string" ? value.length + 2 : 4;
    if (this.#size > EXPRESSION_LIMITS.inputSize || depth > EXPRESSION_LIMITS.valueDepth) throw new InputTooLarge();
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) this.#visit(item, depth + 1);
      return;
    }
    if (Object.hasOwn(value, "constructor")) this.clean = false;
    for (const key in value) {
      this.#size += key.length + 4;
      const item = value[key];
      if (item !== undefined) this.#visit(item, depth + 1);
    }
  }
}

function lengthOf(value: Json): number {
  if (typeof value === "string") return value.length;
  if (Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

/** A copy in which objects with a key `constructor` are Maps. Nested deeper than allowed, it stays as it is. */
function withoutConstructors(value: Json, depth = 0): unknown {
  if (typeof value !== "object" || value === null || depth > EXPRESSION_LIMITS.valueDepth) return value;
  if (Array.isArray(value)) return value.map((item) => withoutConstructors(item, depth + 1));
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    key,
    withoutConstructors(item, depth + 1),
  ]);
  return Object.hasOwn(value, "constructor") ? new Map(entries) : Object.fromEntries(entries);
}
