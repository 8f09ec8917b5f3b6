/** The errors of cel-js in our words, with our codes. */
import { EvaluationError, ParseError, TypeError as CelTypeError } from "@marcbachmann/cel-js";
import { writtenName } from "./environment.ts";
import { ExpressionError } from "./error.ts";
import type { ExpressionErrorCode } from "./error.ts";

/** Makes an `ExpressionError` of whatever cel-js throws. */
export function translate(error: unknown, source: string): ExpressionError {
  if (error instanceof ExpressionError) return error;
  const isCel = error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError;
  if (!isCel) {
    // Not an error of the language: the stack overflowed, or cel-js stumbled over a value.
    const message =
      error instanceof RangeError ? "The expression is nested too deeply" : "The expression can't be evaluated";
    return new ExpressionError({
      code: "evaluation_failed",
      message,
      start: 0,
      end: source.length,
      expression: source,
    });
  }
  const start = clamp(error.range?.start ?? 0, source);
  const end = clamp(Math.max(start, error.range?.end ?? source.length), source);
  const { code, message, hint } = explain(error.code, error.summary, error instanceof ParseError);
  return new ExpressionError({
    code,
    message,
    start,
    end,
    expression: source,
    ...(hint === undefined ? {} : { hint }),
  });
}

function clamp(offset: number, source: string): number {
  return Math.min(Math.max(offset, 0), source.length);
}

interface Explanation {
  readonly code: ExpressionErrorCode;
  readonly message: string;
  readonly hint?: string;
}

const OWN_CODES: ReadonlySet<string> = new Set<ExpressionErrorCode>([
  "type_error",
  "absent_value",
  "invalid_pattern",
  "input_too_large",
  "result_too_large",
  "not_json",
]);

function isOwnCode(code: string): code is ExpressionErrorCode {
  return OWN_CODES.has(code);
}

const CODES: { readonly [code: string]: ExpressionErrorCode } = {
  limit_exceeded: "too_complex",
  no_such_key: "absent_value",
  index_out_of_bounds: "absent_value",
  index_out_of_range: "absent_value",
  optional_value_missing: "absent_value",
  unknown_variable: "absent_value",
  division_by_zero: "evaluation_failed",
  modulo_by_zero: "evaluation_failed",
  numeric_overflow: "evaluation_failed",
};

function explain(code: string, summary: string, isParse: boolean): Explanation {
  if (isOwnCode(code)) return { code, message: summary };
  if (/^has\(\) invalid argument/i.test(summary)) {
    return {
      code: "type_error",
      message: "has(…) asks for a field by its last name",
      hint: "Write has(input.x) without the question mark, or input.?x.hasValue()",
    };
  }
  const known = CODES[code];
  if (isParse) return { code: known ?? "syntax_error", message: sentence(friendly(summary)) };
  if (known === "absent_value") {
    const name = /(?:No such key|Unknown variable): (?!index)(.+)$/s.exec(summary)?.[1];
    if (name === undefined) return { code: known, message: sentence(friendly(summary.replace(/^No such key: /, ""))) };
    return {
      code: known,
      message: `There is no "${name}" here`,
      hint: `Test with has(…), or write .?${name} and .orValue(…) for what may be absent`,
    };
  }
  const message = friendly(summary);
  const hint =
    /^No operator.*text/i.test(message) && message.includes("+")
      ? "Join text with a template, or with text(…)"
      : undefined;
  return { code: known ?? "type_error", message: sentence(message), ...(hint === undefined ? {} : { hint }) };
}

/** The words of cel-js in ours: `dyn<string> + int` is "text + number". */
function friendly(summary: string): string {
  return summary
    .replaceAll(/dyn<((?:[^<>]|<[^<>]*>)+)>/g, "$1")
    .replace(/^no such overload: /i, "No operator for ")
    .replace(/^found no matching overload for '(.*)'$/s, "No function fits $1")
    .replaceAll(/\bdyn\b/g, "any")
    .replaceAll(/\b(?:int|double|uint)\b/g, "number")
    .replaceAll(/\bstring\b/g, "text")
    .replaceAll(/\b\w+_(?:re2|characters)\b/g, writtenName);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
