/** An example of what a JSON Schema describes, to begin typing with: defaults and examples where it has them. */
import type { Json } from "@holdfast/dsl";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isJson = (value: unknown): value is Json => value !== undefined;

const EMPTY: Readonly<Record<string, Json>> = {
  string: "",
  number: 0,
  integer: 0,
  boolean: false,
  array: [],
  null: null,
};

const DEEPEST = 5;

/** Required properties only: what may be left out is left out. */
export function sampleOf(schema: unknown, depth = 0): Json {
  if (!isObject(schema)) return {};
  const { default: fallback, examples, const: constant, enum: choices, type, properties, required } = schema;
  const given = [fallback, constant, ...list(examples), ...list(choices)].find(isJson);
  if (given !== undefined) return given;
  if (isObject(properties) && depth < DEEPEST) {
    const names = list(required).filter((name) => typeof name === "string");
    return Object.fromEntries(names.map((name) => [name, sampleOf(properties[name], depth + 1)]));
  }
  return typeof type === "string" ? (EMPTY[type] ?? {}) : {};
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
