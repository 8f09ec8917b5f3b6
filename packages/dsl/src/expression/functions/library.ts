/** Everything that can be called, found by name. */
import { BUILT_IN_FUNCTIONS } from "./built-in.ts";
import { MACROS } from "./macros.ts";
import { OWN_FUNCTIONS } from "./own.ts";
import type { FunctionSpec } from "./spec.ts";

/** All functions and macros, in the order of the documentation. */
export const FUNCTIONS: readonly FunctionSpec[] = [...MACROS, ...BUILT_IN_FUNCTIONS, ...OWN_FUNCTIONS];

/** The overloads of `name(…)` or, with a receiver, of `value.name(…)`. */
export function findFunctions(name: string, withReceiver: boolean): FunctionSpec[] {
  return FUNCTIONS.filter((spec) => spec.name === name && (spec.receiver !== undefined) === withReceiver);
}

/** How few and how many arguments it takes. */
export function arity(spec: FunctionSpec): { readonly min: number; readonly max: number } {
  return { min: spec.params.filter((param) => param.optional !== true).length, max: spec.params.length };
}

/** `money(amount, currency?)`, `text.contains(part)`. */
export function signature(spec: FunctionSpec): string {
  const params = spec.params.map((param) => (param.optional === true ? `${param.name}?` : param.name)).join(", ");
  return `${spec.receiver === undefined ? "" : `${spec.receiver[0] ?? "value"}.`}${spec.name}(${params})`;
}
