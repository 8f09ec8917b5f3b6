/** The syntax of an expression as plain data: for tools that show or build expressions. */
import { asComprehension, asPath } from "./ast.ts";
import type { Segment } from "./ast.ts";
import { parseCel } from "./cel.ts";
import type { ASTNode } from "./cel.ts";
import { ExpressionError } from "./error.ts";
import { isRootName } from "./roots.ts";
import { restrict } from "./subset.ts";

/** Operators between two operands. */
const BINARY = ["&&", "||", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%"] as const;

export type SyntaxOperator = (typeof BINARY)[number];

/** One node of the syntax. Whatever is not named here, such as a comprehension, is `other`. */
export type Syntax =
  | { readonly kind: "value"; readonly value: string | number | boolean | null }
  | { readonly kind: "path"; readonly root: string; readonly steps: readonly SyntaxStep[] }
  | { readonly kind: "call"; readonly name: string; readonly receiver?: Syntax; readonly args: readonly Syntax[] }
  | { readonly kind: "list"; readonly items: readonly Syntax[] }
  | { readonly kind: "not"; readonly operand: Syntax }
  | { readonly kind: "binary"; readonly operator: SyntaxOperator; readonly left: Syntax; readonly right: Syntax }
  | { readonly kind: "other" };

/** `.name` or `.?name`. */
export interface SyntaxStep {
  readonly name: string;
  readonly optional: boolean;
}

/** Undefined for what does not parse, or breaks a limit. Types that don't fit are no obstacle. */
export function readSyntax(source: string): Syntax | undefined {
  try {
    const { ast } = parseCel(source);
    restrict(ast, source);
    return fromAst(ast);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

function fromAst(node: ASTNode): Syntax {
  const path = asPath(node);
  if (path !== undefined) {
    if (!isRootName(path.root)) return { kind: "other" };
    return { kind: "path", root: path.root, steps: path.segments.map(stepOf) };
  }
  switch (node.op) {
    case "value":
      return valueOf(node.args);
    case "!_":
      return { kind: "not", operand: fromAst(node.args) };
    case "-_":
      return negated(fromAst(node.args));
    case "list":
      return { kind: "list", items: node.args.map(fromAst) };
    case "call":
      return { kind: "call", name: node.args[0], args: node.args[1].map(fromAst) };
    case "rcall":
      return asComprehension(node) === undefined ? methodCall(node.args) : { kind: "other" };
    default:
      return binary(node);
  }
}

function stepOf({ name, optional }: Segment): SyntaxStep {
  return { name, optional };
}

function methodCall([name, receiver, args]: readonly [string, ASTNode, readonly ASTNode[]]): Syntax {
  return { kind: "call", name, receiver: fromAst(receiver), args: args.map(fromAst) };
}

function valueOf(value: unknown): Syntax {
  if (typeof value === "bigint") return { kind: "value", value: Number(value) };
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null) {
    return { kind: "value", value };
  }
  return { kind: "other" };
}

function negated(operand: Syntax): Syntax {
  if (operand.kind !== "value" || typeof operand.value !== "number") return { kind: "other" };
  return { kind: "value", value: -operand.value };
}

function binary(node: ASTNode): Syntax {
  const operator = BINARY.find((known) => known === node.op);
  const { args } = node;
  if (operator === undefined || !Array.isArray(args)) return { kind: "other" };
  const [left, right] = args;
  if (!isNode(left) || !isNode(right)) return { kind: "other" };
  return { kind: "binary", operator, left: fromAst(left), right: fromAst(right) };
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value;
}
