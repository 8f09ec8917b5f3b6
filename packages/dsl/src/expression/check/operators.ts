/** Operators with two operands. */
import type { JsonKind } from "../../json-schema/shape.ts";
import { elementOf, union, valuesOf } from "../../json-schema/shape.ts";
import type { Json } from "../../json.ts";
import type { ASTNode } from "../cel.ts";
import { nearest } from "../nearest.ts";
import type { Scope } from "./scope.ts";
import { ANYTHING, BOOL, describe, isUnknown, kinds, NUMBER, plain, TEXT } from "./typed.ts";
import type { Typed } from "./typed.ts";

/** The kinds that an operator takes on both sides. */
const SAME_KIND: { readonly [operator: string]: readonly JsonKind[] } = {
  "+": ["number", "text", "list"],
  "-": ["number"],
  "*": ["number"],
  "/": ["number"],
  "%": ["number"],
  "<": ["number", "text", "bool"],
  "<=": ["number", "text", "bool"],
  ">": ["number", "text", "bool"],
  ">=": ["number", "text", "bool"],
};

export function inferBinary(node: ASTNode, left: Typed, right: Typed, scope: Scope): Typed {
  switch (node.op) {
    case "==":
    case "!=":
      return inferEquality(node, left, right, scope);
    case "in":
      return inferMembership(node, left, right, scope);
    default:
      return inferSameKind(node, left, right, scope);
  }
}

function inferSameKind(node: ASTNode, left: Typed, right: Typed, scope: Scope): Typed {
  const comparison = node.op.startsWith("<") || node.op.startsWith(">");
  const leftKinds = kinds(left);
  const rightKinds = kinds(right);
  const possible = (SAME_KIND[node.op] ?? []).filter((kind) => leftKinds.has(kind) && rightKinds.has(kind));
  if (possible.length === 0) {
    const message = `"${node.op}" can't be used between ${describe(left)} and ${describe(right)}`;
    scope.report({ code: "type_error", message, start: node.start, end: node.end, ...hintFor(node.op, left, right) });
    return comparison ? BOOL : ANYTHING;
  }
  if (comparison) return BOOL;
  const results = possible.map((kind) => {
    if (kind === "number") return NUMBER.schema;
    if (kind === "text") return TEXT.schema;
    return { type: "array", items: union([elementOf(left.schema), elementOf(right.schema)]) };
  });
  return plain(union(results));
}

function hintFor(operator: string, left: Typed, right: Typed): { hint?: string } {
  if (left.optional || right.optional) return { hint: "End what may be absent with .orValue(…)" };
  const hasText = kinds(left).has("text") || kinds(right).has("text");
  return operator === "+" && hasText ? { hint: "Make text of it with text(…), or use a template" } : {};
}

function inferEquality(node: ASTNode, left: Typed, right: Typed, scope: Scope): Typed {
  if (left.optional || right.optional) {
    const message = "A value that may be absent can't be compared";
    scope.report({ code: "type_error", message, start: node.start, end: node.end, hint: "End it with .orValue(…)" });
    return BOOL;
  }
  if (isUnknown(left) || isUnknown(right)) return BOOL;
  const rightKinds = kinds(right);
  const isNullTest = [left, right].some((side) => kinds(side).size === 1 && kinds(side).has("null"));
  if (![...kinds(left)].some((kind) => rightKinds.has(kind))) {
    // Testing for null what is never null is careful, not wrong.
    if (!isNullTest) {
      const message = `${sentence(describe(left))} never equals ${describe(right)}`;
      scope.report({ code: "never_equal", message, start: node.start, end: node.end });
    }
    return BOOL;
  }
  checkValues(node, left, right, scope);
  return BOOL;
}

/** `status == "opne"` where the schema lists the values. */
function checkValues(node: ASTNode, left: Typed, right: Typed, scope: Scope): void {
  const leftValues = valuesOf(left.schema);
  const rightValues = valuesOf(right.schema);
  if (leftValues === undefined || rightValues === undefined) return;
  if (leftValues.some((value) => rightValues.includes(value))) return;
  if ([...leftValues, ...rightValues].some((value) => typeof value === "object" && value !== null)) return;
  const [listed, other] =
    leftValues.length >= rightValues.length ? [leftValues, rightValues] : [rightValues, leftValues];
  const [literal] = other;
  const close = typeof literal === "string" ? nearest(literal, listed.filter(isText)) : undefined;
  scope.report({
    code: "never_equal",
    message: `${JSON.stringify(literal ?? null)} is none of the possible values`,
    start: node.start,
    end: node.end,
    hint:
      close === undefined
        ? `It can be ${listed
            .slice(0, 8)
            .map((value) => JSON.stringify(value))
            .join(", ")}`
        : `Did you mean ${JSON.stringify(close)}?`,
  });
}

function isText(value: Json): value is string {
  return typeof value === "string";
}

function inferMembership(node: ASTNode, left: Typed, right: Typed, scope: Scope): Typed {
  const possible = kinds(right);
  if (!possible.has("list") && !possible.has("map")) {
    const message = `"in" looks into a list or an object, not into ${describe(right)}`;
    const hint = possible.has("text") ? { hint: "For a part of a text, use .contains(…)" } : {};
    scope.report({ code: "type_error", message, start: node.start, end: node.end, ...hint });
  } else if (left.optional) {
    const hint = "End it with .orValue(…)";
    scope.report({ code: "type_error", message: "This may be absent", start: node.start, end: node.end, hint });
  }
  return BOOL;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
