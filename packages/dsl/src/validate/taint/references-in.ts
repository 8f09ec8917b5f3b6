/** What a value with templates mentions, at any depth. What can't be read mentions nothing: that it can't is said already. */
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
