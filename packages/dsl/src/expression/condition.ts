import type { Json } from "../json.ts";
import { asComprehension, asPath, children } from "./ast.ts";
import type { Path } from "./ast.ts";
import { parseCel } from "./cel.ts";
import type { ASTNode } from "./cel.ts";
import { InputTooLarge, prepareContext } from "./context.ts";
import type { Context } from "./context.ts";
import { costOf } from "./cost.ts";
import { ExpressionError } from "./error.ts";
import { EXPRESSION_LIMITS } from "./limits.ts";
import { collectReferences } from "./references.ts";
import type { Reference } from "./references.ts";
import { isRootName } from "./roots.ts";
import type { Roots } from "./roots.ts";
import { restrict } from "./subset.ts";
import { translate } from "./translate.ts";
import { isTooLarge, toJson } from "./value.ts";

/** A compiled expression. Immutable; may be kept and evaluated any number of times. */
export interface Compiled {
  readonly source: string;
  /** What it reads, in the order of the source: a host loads these and nothing else. */
  readonly references: readonly Reference[];
  /**
   * The result may share parts with the roots: neither must be changed.
   * @throws ExpressionError with the position
   */
  evaluate(roots: Roots): Json;
}

/**
 * Compiles bare CEL.
 *
 * @example compileCondition("input.total > 100").evaluate({ input: { total: 250 } }) // true
 * @throws ExpressionError if it is no CEL, breaks a limit, or can't work with any data
 */
export function compileCondition(source: string): Compiled {
  const { ast, run } = parseExpression(source);
  const references = collectReferences(ast);
  const path = asPath(ast);
  if (path !== undefined && isRootName(path.root) && !path.segments.some((segment) => segment.optional)) {
    return { source, references, evaluate: (roots) => readPath(path, roots, source) };
  }
  const loops = hasComprehension(ast);
  const evaluate = (roots: Roots): Json => {
    const context = contextFor(references, roots, source);
    if (loops) refuseCostly(ast, references, context, source);
    let value: unknown;
    try {
      value = run(context.roots);
    } catch (error) {
      throw translate(error, source);
    }
    return resultOf(value, source);
  };
  return { source, references, evaluate };
}

/** Parses, restricts to the subset, and lets cel-js look for types that can't fit. @throws ExpressionError */
export function parseExpression(source: string): { ast: ASTNode; run: (context: Context["roots"]) => unknown } {
  const parsed = parseCel(source);
  restrict(parsed.ast, source);
  const checked = parsed.check();
  if (!checked.valid) throw translate(checked.error, source);
  return { ast: parsed.ast, run: parsed };
}

/** Most expressions are a plain path: reading it directly is ten times as fast as asking cel-js. */
function readPath(path: Path, roots: Roots, source: string): Json {
  let value: Json | undefined = Object.hasOwn(roots, path.root) ? roots[path.root] : undefined;
  if (value === undefined) throw absent(path.root, path.rootNode.start, path.rootNode.end, source);
  for (const segment of path.segments) {
    const isObject: boolean = typeof value === "object" && value !== null && !Array.isArray(value);
    const next: Json | undefined = isObject ? ownValue(value, segment.name) : undefined;
    if (next === undefined) throw absent(segment.name, segment.start, segment.end, source);
    value = next;
  }
  if (isTooLarge(value)) {
    const message = `The result is larger than ${EXPRESSION_LIMITS.resultSize} characters of JSON, or nested too deeply`;
    throw whole("result_too_large", message, source);
  }
  return value;
}

function ownValue(value: Json, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function absent(name: string, start: number, end: number, expression: string): ExpressionError {
  return new ExpressionError({
    code: "absent_value",
    message: `There is no "${name}" here`,
    hint: `Test with has(…), or write .?${name} and .orValue(…) for what may be absent`,
    start,
    end,
    expression,
  });
}

function contextFor(references: readonly Reference[], roots: Roots, source: string): Context {
  try {
    return prepareContext(references, roots);
  } catch (error) {
    if (!(error instanceof InputTooLarge)) throw error;
    throw whole(
      "input_too_large",
      `It reads more than ${EXPRESSION_LIMITS.inputSize} characters of JSON, or data nested too deeply`,
      source,
    );
  }
}

function refuseCostly(ast: ASTNode, references: readonly Reference[], context: Context, source: string): void {
  const byPosition = new Map(references.map((reference) => [`${reference.start}:${reference.end}`, reference]));
  const cost = costOf(ast, (node) => {
    const reference = asPath(node) === undefined ? undefined : byPosition.get(`${node.start}:${node.end}`);
    return reference === undefined ? undefined : context.measures.get(reference);
  });
  if (cost <= EXPRESSION_LIMITS.cost) return;
  const steps = EXPRESSION_LIMITS.cost.toLocaleString("en-US");
  throw whole("too_costly", `With this much data it would take more than ${steps} steps`, source);
}

function resultOf(value: unknown, source: string): Json {
  const result = toJson(value);
  if (result.ok) return result.value;
  throw whole(result.code, result.message, source);
}

function whole(code: ExpressionError["code"], message: string, expression: string): ExpressionError {
  return new ExpressionError({ code, message, start: 0, end: expression.length, expression });
}

function hasComprehension(node: ASTNode): boolean {
  return asComprehension(node) !== undefined || children(node).some(hasComprehension);
}
