/**
 * The one place where data is validated against JSON Schema (draft 2020-12). Nothing is turned into code, and patterns
 * run on RE2, so that neither a schema nor the data can stop the process.
 */
import { Validator } from "@cfworker/json-schema";
import type { Json, JsonSchema } from "../json.ts";
import { explainErrors } from "./errors.ts";
import type { SchemaError } from "./errors.ts";
import { withSafePatterns } from "./pattern.ts";

export type { SchemaError };

export type SchemaResult = { readonly ok: true } | { readonly ok: false; readonly errors: readonly SchemaError[] };

/** Nobody reads more. */
const MAX_ERRORS = 100;

/** A schema, ready to use. Immutable. */
export interface CompiledSchema {
  /** One error per problem; of several alternatives that all refuse, the one that came closest is told. */
  validate(value: Json): SchemaResult;
}

/**
 * Compiles a schema. Keep the result: compiling walks the whole schema.
 * @throws Error if the schema can't be used; `isUsableSchema` tells beforehand
 */
export function compileSchema(schema: JsonSchema): CompiledSchema {
  if (schema === true) return { validate: () => ({ ok: true }) };
  const checked = withSafePatterns(schema);
  const quick = new Validator(checked, "2020-12", true);
  let thorough: Validator | undefined;
  return {
    validate(value) {
      try {
        if (quick.validate(value).valid) return { ok: true };
        // Only who is refused pays for the full list.
        thorough ??= new Validator(checked, "2020-12", false);
        return { ok: false, errors: explainErrors(thorough.validate(value).errors, schema).slice(0, MAX_ERRORS) };
      } catch (error) {
        // A schema that refers to itself follows the data to the end of the stack.
        if (!(error instanceof RangeError)) throw error;
        return { ok: false, errors: [{ pointer: "", keyword: "$ref", message: "is nested too deeply" }] };
      }
    },
  };
}
