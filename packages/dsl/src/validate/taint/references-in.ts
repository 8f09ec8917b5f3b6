/** What a value with templates mentions, at any depth. What can't be read mentions nothing: that it can't is said already. */
import { asComprehension, asPath, children } from "../../expression/ast.ts";
import type { ASTNode } from "../../expression/cel.ts";
import { parseExpression } from "../../expression/condition.ts";
import { ExpressionError } from "../../expression/error.ts";
import { collectReferences } from "../../expression/references.ts";
import type { Reference } from "../../expression/references.ts";
import { isTemplate, scanTemplate } from "../../expression/scan.ts";
import type { Json } from "../../json.ts";

export function referencesIn(value: Json): readonly Reference[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(referencesIn);
  if (typeof value !== "string" || !isTemplate(value)) return [];
  return expressionsIn(value).flatMap((source) => {
    const ast = parsed(source);
    return ast === undefined ? [] : collectReferences(ast);
  });
}

/** Paths of which a value shows what they hold: not those that it only asks about. */
export function shownIn(value: Json): readonly (readonly string[])[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(shownIn);
  if (typeof value !== "string" || !isTemplate(value)) return [];
  return expressionsIn(value).flatMap((source) => {
    const ast = parsed(source);
    return ast === undefined ? [] : shown(ast);
  });
}

/** Of these only the outcome is to be seen. */
const ASKING: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "!_"]);

function shown(node: ASTNode): readonly (readonly string[])[] {
  const path = asPath(node);
  if (path !== undefined) return [[path.root, ...path.segments.map(({ name }) => name)]];
  if (node.op === "?:") return node.args.slice(1).flatMap(shown);
  const asks =
    ASKING.has(node.op) || (node.op === "call" && node.args[0] === "has") || asComprehension(node) !== undefined;
  return asks ? [] : children(node).flatMap(shown);
}

export function parsed(source: string): ASTNode | undefined {
  return attempt(() => parseExpression(source).ast);
}

function expressionsIn(text: string): readonly string[] {
  const pieces = attempt(() => scanTemplate(text)) ?? [];
  return pieces.flatMap((piece) => (piece.kind === "text" ? [] : [piece.source]));
}

function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
