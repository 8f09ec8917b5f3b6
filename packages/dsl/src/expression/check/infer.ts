/** The static type of an expression, bottom up. Problems go into the scope; what is in doubt counts as anything. */
import type { JsonSchema } from "../../json.ts";
import { elementOf, union } from "../../json-schema/shape.ts";
import { asComprehension } from "../ast.ts";
import type { Comprehension } from "../ast.ts";
import type { ASTNode } from "../cel.ts";
import { inferAccess, inferField } from "./access.ts";
import { inferCall } from "./call.ts";
import { inferBinary } from "./operators.ts";
import { rootType } from "./env.ts";
import type { Scope } from "./scope.ts";
import { ANYTHING, BOOL, describe, isUnknown, kinds, NUMBER, plain, TEXT } from "./typed.ts";
import type { Typed } from "./typed.ts";

export function infer(node: ASTNode, scope: Scope): Typed {
  const comprehension = asComprehension(node);
  if (comprehension !== undefined) return inferComprehension(comprehension, scope);
  switch (node.op) {
    case "value":
      return plain(literal(node.args));
    case "id":
      return inferIdentifier(node.args, node, scope);
    case ".":
    case ".?":
      return inferField(node, node.args[0], node.args[1], { scope, infer });
    case "[]":
    case "[?]":
      return inferAccess(node, node.args[0], node.args[1], { scope, infer });
    case "list":
      return plain({ type: "array", items: union(node.args.map((item) => valueSchema(item, scope))) });
    case "map":
      return inferMap(node.args, scope);
    case "?:":
      return inferTernary(node.args, scope);
    case "&&":
    case "||": {
      const [left, right] = node.args;
      expectBool(left, scope);
      expectBool(right, scope.assume(left, node.op === "&&"));
      return BOOL;
    }
    case "!_":
      expectBool(node.args, scope);
      return BOOL;
    case "-_":
      return inferMinus(node.args, scope);
    case "call":
      return inferCall(node.args[0], undefined, node.args[1], { scope, infer });
    case "rcall":
      return inferCall(node.args[0], node.args[1], node.args[2], { scope, infer });
    default:
      return inferBinary(node, infer(node.args[0], scope), infer(node.args[1], scope), scope);
  }
}

function literal(value: unknown): JsonSchema {
  if (value === null) return { type: "null" };
  if (typeof value === "bigint") return { type: "integer", const: Number(value) };
  if (typeof value === "string") return { type: "string", const: value };
  if (typeof value === "number") return { type: "number", const: value };
  return { type: "boolean" };
}

function inferIdentifier(name: string, node: ASTNode, scope: Scope): Typed {
  const variable = scope.variables.get(name);
  if (variable !== undefined) return variable;
  const schema = rootType(scope.env, name);
  if (schema !== undefined) return plain(schema);
  scope.report({ code: "unknown_root", message: `"${name}" can't be read here`, start: node.start, end: node.end });
  return ANYTHING;
}

/** The type of a part that has to be a value, not an optional. */
function valueSchema(node: ASTNode, scope: Scope): JsonSchema {
  const typed = infer(node, scope);
  if (typed.optional) {
    const message = "This may be absent";
    scope.report({ code: "type_error", message, start: node.start, end: node.end, hint: "End it with .orValue(…)" });
  }
  return typed.optional ? true : typed.schema;
}

function inferMap(entries: readonly (readonly [ASTNode, ASTNode])[], scope: Scope): Typed {
  const properties = Object.fromEntries(
    entries.map(([key, item]) => [key.op === "value" ? String(key.args) : "", valueSchema(item, scope)]),
  );
  return plain({ type: "object", properties, required: Object.keys(properties), additionalProperties: false });
}

function inferTernary([condition, yes, no]: readonly [ASTNode, ASTNode, ASTNode], scope: Scope): Typed {
  expectBool(condition, scope);
  const left = infer(yes, scope.assume(condition, true));
  const right = infer(no, scope.assume(condition, false));
  return { schema: union([left.schema, right.schema]), optional: left.optional || right.optional };
}

function inferMinus(operand: ASTNode, scope: Scope): Typed {
  const typed = infer(operand, scope);
  if (!kinds(typed).has("number")) {
    const message = `The minus sign takes a number, not ${describe(typed)}`;
    scope.report({ code: "type_error", message, start: operand.start, end: operand.end });
  }
  return NUMBER;
}

/** Reports a part that can't be true or false. */
function expectBool(node: ASTNode, scope: Scope): void {
  const typed = infer(node, scope);
  if (kinds(typed).has("bool")) return;
  const message = `This must be true or false, but is ${describe(typed)}`;
  scope.report({ code: "type_error", message, start: node.start, end: node.end, ...boolHint(typed) });
}

function boolHint(typed: Typed): { hint?: string } {
  if (typed.optional) return { hint: "End it with .orValue(false)" };
  return kinds(typed).size === 1 ? { hint: "Compare it with something, such as == or >" } : {};
}

function inferComprehension({ name, list, variable, bodies }: Comprehension, scope: Scope): Typed {
  const typed = infer(list, scope);
  const possible = kinds(typed);
  if (!possible.has("list") && !possible.has("map")) {
    const message = `${name}() goes over a list, not over ${describe(typed)}`;
    scope.report({ code: "type_error", message, start: list.start, end: list.end });
  }
  const element = elementType(typed);
  const inner = scope.bind(variable, element);
  const [first, second] = bodies;
  if (first === undefined) return ANYTHING;
  if (name === "map") {
    if (second !== undefined) expectBool(first, inner);
    const body = second === undefined ? valueSchema(first, inner) : valueSchema(second, inner.assume(first, true));
    return plain({ type: "array", items: body });
  }
  expectBool(first, inner);
  return name === "filter" ? plain({ type: "array", items: element.schema }) : BOOL;
}

function elementType(typed: Typed): Typed {
  if (isUnknown(typed)) return ANYTHING;
  const possible = kinds(typed);
  if (possible.has("list")) return plain(possible.has("map") ? true : elementOf(typed.schema));
  return possible.has("map") ? TEXT : ANYTHING;
}
