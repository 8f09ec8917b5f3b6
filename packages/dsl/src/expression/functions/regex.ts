/**
 * Regular expressions by RE2: linear in the input whatever the pattern, so no pattern can stop a worker.
 */
import { RE2JS } from "re2js";
import { EXPRESSION_LIMITS } from "../limits.ts";
import { FunctionFailure } from "./failure.ts";

const CACHE_SIZE = 256;
const cache = new Map<string, RE2JS>();

/**
 * Compiles a pattern, or takes it from a small cache.
 * @throws FunctionFailure `invalid_pattern`
 */
export function compilePattern(pattern: string): RE2JS {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  if (pattern.length > EXPRESSION_LIMITS.patternLength) {
    throw new FunctionFailure(
      "invalid_pattern",
      `The regular expression has more than ${EXPRESSION_LIMITS.patternLength} characters`,
    );
  }
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FunctionFailure("invalid_pattern", `The regular expression is not understood: ${reason}`);
  }
  if (cache.size >= CACHE_SIZE) {
    const oldest = cache.keys().next();
    if (!oldest.done) cache.delete(oldest.value);
  }
  cache.set(pattern, compiled);
  return compiled;
}

/** Whether the pattern is found anywhere in the text, as CEL's `matches` says. */
export function matches(text: string, pattern: string): boolean {
  if (text.length > EXPRESSION_LIMITS.patternInput) {
    throw new FunctionFailure(
      "input_too_large",
      `matches() takes texts of up to ${EXPRESSION_LIMITS.patternInput} characters; this one has ${text.length}`,
    );
  }
  return compilePattern(pattern).test(text);
}
