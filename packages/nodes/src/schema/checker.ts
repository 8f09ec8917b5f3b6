/** Data against a JSON Schema from the params. */
import { Validator } from "@cfworker/json-schema";
import type { Json, JsonObject } from "@holdfast/dsl";

/** The first thing that is wrong. */
export interface SchemaProblem {
  readonly pointer: string;
  readonly message: string;
}

/** A check that compiles each schema once, as long as somebody holds it. */
export function schemaChecker(): (schema: JsonObject, value: Json) => SchemaProblem | undefined {
  const compiled = new WeakMap<JsonObject, Validator>();
  return (schema, value) => {
    let validator = compiled.get(schema);
    if (!validator) compiled.set(schema, (validator = new Validator(schema, "2020-12")));
    const result = validator.validate(value);
    if (result.valid) return undefined;
    const last = result.errors.at(-1);
    return { pointer: (last?.instanceLocation ?? "#").slice(1), message: last?.error ?? "does not fit" };
  };
}
