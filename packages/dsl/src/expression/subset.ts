/**
 * What Holdfast leaves out of CEL, refused when an expression is compiled: unknown roots and functions, names that
 * reach behind the data, computed node ids, and comprehensions nested too deeply.
 */
import { asComprehension, children } from "./ast.ts";
import type { ASTNode } from "./cel.ts";
import { STAND_INS } from "./environment.ts";
import { ExpressionError } from "./error.ts";
import type { ExpressionErrorCode } from "./error.ts";
import { FunctionFailure } from "./functions/failure.ts";
import { arity, findFunctions, FUNCTIONS, signature } from "./functions/library.ts";
import { compilePattern } from "./functions/regex.ts";
import { nearest } from "./nearest.ts";
import { EXPRESSION_LIMITS } from "./limits.ts";
import { FORBIDDEN_NAMES, isRootName, NODE_ROOTS, ROOT_NAMES } from "./roots.ts";

/**
 * Checks a freshly parsed tree and renames its calls of functions that ours stand in for.
 * @throws ExpressionError at the first thing that is not allowed.
 */
export function restrict(ast: ASTNode, source: string): void {
  new Restriction(source).visit(ast, new Set(), 0);
}

class Restriction {
  readonly #source: string;
  /** Roots that a name follows: `nodes` in `nodes.a`. */
  readonly #followed = new Set<ASTNode>();

  constructor(source: string) {
    this.#source = source;
  }

  visit(node: ASTNode, variables: ReadonlySet<string>, depth: number): void {
    this.#checkNode(node, variables);
    const comprehension = asComprehension(node);
    if (comprehension === undefined) {
      for (const child of children(node)) this.visit(child, variables, depth);
      return;
    }
    this.#checkName(comprehension.variable, comprehension.variableNode);
    if (depth >= EXPRESSION_LIMITS.comprehensionDepth) {
      const allowed = EXPRESSION_LIMITS.comprehensionDepth;
      this.#fail("too_complex", `map, filter, all and exists may be nested ${allowed} deep, not deeper`, node);
    }
    this.visit(comprehension.list, variables, depth);
    const inner = new Set([...variables, comprehension.variable]);
    for (const body of comprehension.bodies) this.visit(body, inner, depth + 1);
  }

  #checkNode(node: ASTNode, variables: ReadonlySet<string>): void {
    switch (node.op) {
      case "id":
        this.#checkIdentifier(node.args, node, variables);
        break;
      case ".":
      case ".?":
        this.#checkName(node.args[1], node);
        this.#followed.add(node.args[0]);
        break;
      case "[]":
      case "[?]":
        this.#checkIndex(node.args[1]);
        break;
      case "value":
        this.#checkLiteral(node.args, node);
        break;
      case "map":
        for (const [key] of node.args) this.#checkKey(key);
        break;
      case "call":
        this.#checkCall(node.args[0], undefined, node.args[1], node);
        break;
      case "rcall":
        this.#checkCall(node.args[0], node.args[1], node.args[2], node);
        if (node.args[0] === "matches") this.#checkPattern(node.args[2][0]);
        node.args[0] = STAND_INS.get(node.args[0]) ?? node.args[0];
        break;
      default:
        break;
    }
  }

  #checkIdentifier(name: string, node: ASTNode, variables: ReadonlySet<string>): void {
    this.#checkName(name, node);
    if (variables.has(name)) return;
    if (NODE_ROOTS.has(name) && !this.#followed.has(node)) {
      this.#fail("unsupported", `Write ${name}.name: "${name}" is followed by the name of a node`, node);
    }
    if (isRootName(name)) return;
    const close = nearest(name, ROOT_NAMES);
    this.#fail(
      "unknown_root",
      `"${name}" is not known here`,
      node,
      close === undefined ? `Begin with one of ${ROOT_NAMES.join(", ")}` : `Did you mean "${close}"?`,
    );
  }

  #checkName(name: string, node: ASTNode): void {
    if (FORBIDDEN_NAMES.has(name)) this.#fail("forbidden_name", `The name "${name}" can't be used`, node);
  }

  #checkIndex(index: ASTNode): void {
    if (index.op === "value" && typeof index.args === "string") this.#checkName(index.args, index);
  }

  #checkLiteral(value: unknown, node: ASTNode): void {
    if (typeof value === "object" && value !== null) {
      this.#fail("unsupported", "Bytes and unsigned numbers are not part of the language", node);
    }
  }

  #checkKey(key: ASTNode): void {
    if (key.op !== "value" || typeof key.args !== "string") {
      this.#fail("unsupported", "The keys of a map are written as text in quotes", key);
    } else {
      this.#checkName(key.args, key);
    }
  }

  #checkPattern(pattern: ASTNode | undefined): void {
    if (pattern === undefined || pattern.op !== "value" || typeof pattern.args !== "string") return;
    try {
      compilePattern(pattern.args);
    } catch (error) {
      if (!(error instanceof FunctionFailure)) throw error;
      this.#fail(error.code, error.message, pattern);
    }
  }

  #checkCall(name: string, receiver: ASTNode | undefined, args: readonly ASTNode[], node: ASTNode): void {
    const found = findFunctions(name, receiver !== undefined);
    if (found.length === 0) {
      const names = FUNCTIONS.filter((spec) => (spec.receiver !== undefined) === (receiver !== undefined));
      const close = nearest(
        name,
        names.map((spec) => spec.name),
      );
      this.#fail(
        "unknown_function",
        `There is no function "${name}"`,
        node,
        close === undefined ? undefined : `Did you mean "${close}"?`,
      );
    }
    if (found.some((spec) => args.length >= arity(spec).min && args.length <= arity(spec).max)) return;
    const forms = found.map(signature).join(" or ");
    this.#fail("type_error", `${name}() is called with ${args.length} arguments`, node, `Write ${forms}`);
  }

  #fail(code: ExpressionErrorCode, message: string, node: ASTNode, hint?: string): never {
    const expression = this.#source;
    const start = node.op === "." || node.op === ".?" ? node.pos : node.start;
    throw new ExpressionError({
      code,
      message,
      start,
      end: node.end,
      expression,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
