/** Data against a JSON Schema from the params. */
import { compileSchema, type CompiledSchema, type Json, type JsonObject } from "@holdfast/dsl";

/** The first thing that is wrong. */
export interface SchemaProblem {
  /** JSON pointer into the data. */
  readonly pointer: string;
  /** A sentence that names the place. */
  readonly message: string;
}

/** A check that compiles each schema once, as long as somebody holds it. */
export function schemaChecker(): (schema: JsonObject, value: Json) => SchemaProblem | undefined {
  const compiled = new WeakMap<JsonObject, CompiledSchema>();
  return (schema, value) => {
    let validator = compiled.get(schema);
    if (!validator) {
      try {
        compiled.set(schema, (validator = compileSchema(schema)));
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return { pointer: "", message: `its schema can't be used (${why}).` };
      }
    }
    const result = validator.validate(value);
    if (result.ok) return undefined;
    const { pointer, message } = result.errors[0] ?? { pointer: "", message: "does not fit" };
    return { pointer, message: `${pointer === "" ? "it" : pointer} ${message}.` };
  };
}
