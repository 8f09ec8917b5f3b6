/** Params as the runtime hands them over, parsed into the types a behavior works with. */
import type { JsonObject, StepError } from "@holdfast/dsl";
import type { z } from "zod";

/** Either the typed params or why they don't fit. */
export type ParsedParams<Params> =
  { readonly ok: true; readonly params: Params } | { readonly ok: false; readonly error: StepError };

/**
 * A parser that remembers: params without templates are the same object in every run of a plan, so they are
 * parsed once. Params are never changed in place.
 */
export function paramsParser<Schema extends z.ZodType>(
  schema: Schema,
): (params: JsonObject) => ParsedParams<z.output<Schema>> {
  const known = new WeakMap<JsonObject, ParsedParams<z.output<Schema>>>();
  return (params) => {
    const before = known.get(params);
    if (before) return before;
    const result = schema.safeParse(params);
    const parsed: ParsedParams<z.output<Schema>> = result.success
      ? { ok: true, params: result.data }
      : { ok: false, error: paramsInvalid(result.error) };
    known.set(params, parsed);
    return parsed;
  };
}

function paramsInvalid(error: z.ZodError): StepError {
  const issue = error.issues[0];
  const pointer = (issue?.path ?? []).map((part) => `/${pointerPart(part)}`).join("");
  return {
    kind: "fatal",
    code: "params_invalid",
    message: `The setting ${pointer === "" ? "of this node" : pointer.slice(1)} ${describe(issue?.message)}.`,
    pointer: `/params${pointer}`,
  };
}

function describe(message: string | undefined): string {
  if (message === undefined || message === "") return "is not valid";
  return message.startsWith("must ") ? message : `is not valid: ${message}`;
}

function pointerPart(part: PropertyKey): string {
  return String(part).replaceAll("~", "~0").replaceAll("/", "~1");
}
