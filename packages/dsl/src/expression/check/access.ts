/** Reading fields and elements: what is there always, sometimes, never. */
import type { JsonSchema } from "../../json.ts";
import { elementOf, fieldNames, fieldOf } from "../../json-schema/shape.ts";
import { asPath } from "../ast.ts";
import type { ASTNode } from "../cel.ts";
import { pathKey } from "../guards.ts";
import { nearest } from "../nearest.ts";
import { NODE_ROOTS } from "../roots.ts";
import { nodeTypes, readableRoots } from "./env.ts";
import type { Scope } from "./scope.ts";
import { ANYTHING, describe, isUnknown, kinds, plain } from "./typed.ts";
import type { Typed } from "./typed.ts";

/** How to go on; passed in, because a field's owner can be any expression. */
export interface Inference {
  readonly scope: Scope;
  readonly infer: (node: ASTNode, scope: Scope) => Typed;
  /** The field is asked for by `has(…)`: it may be absent. */
  readonly asked?: true;
}

/** `owner.name` and `owner.?name`. */
export function inferField(node: ASTNode, owner: ASTNode, name: string, inference: Inference): Typed {
  const { scope, asked = false } = inference;
  const optional = node.op === ".?" || node.op === "[?]";
  if (owner.op === "id" && NODE_ROOTS.has(owner.args) && !scope.variables.has(owner.args)) {
    return inferNode(node, owner, name, { scope, tolerant: optional || asked, optional });
  }
  const typed = inference.infer(owner, scope);
  const range = nameRange(node);
  if (!typed.optional && !kinds(typed).has("map")) {
    scope.report({ code: "type_error", message: `Only objects have fields; this is ${describe(typed)}`, ...range });
    return ANYTHING;
  }
  const field = fieldOf(typed.schema, name);
  const result = { schema: field.schema, optional: optional || typed.optional };
  if (isUnknown({ ...typed, optional: false })) return { schema: true, optional: result.optional };
  if (field.presence === "never") {
    const close = nearest(name, fieldNames(typed.schema));
    const hint = close === undefined ? fieldsHint(typed.schema) : `Did you mean "${close}"?`;
    scope.report({
      code: "no_such_field",
      message: `There is no field "${name}" here`,
      ...range,
      ...(hint === undefined ? {} : { hint }),
    });
    return { schema: true, optional: result.optional };
  }
  if (result.optional || asked || isProven(node, scope)) return result;
  const hint = `Write .?${name} and .orValue(…), or test with has(…) first`;
  if (field.presence === "some") {
    scope.report({
      code: "maybe_absent",
      message: `"${name}" is not there on every way to this place`,
      ...range,
      hint,
    });
  } else if (field.presence === "optional") {
    scope.report(
      { code: "optional_field", message: `"${name}" is optional and may be absent`, ...range, hint },
      "warning",
    );
  }
  return result;
}

function fieldsHint(schema: JsonSchema): string | undefined {
  const names = fieldNames(schema);
  if (names.length === 0) return undefined;
  return `It has ${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}`;
}

interface NodeOptions {
  readonly scope: Scope;
  readonly tolerant: boolean;
  readonly optional: boolean;
}

/** `nodes.id`, `ports.id`, `errors.id`. */
function inferNode(node: ASTNode, owner: ASTNode, id: string, { scope, tolerant, optional }: NodeOptions): Typed {
  const root = owner.op === "id" ? owner.args : "";
  const types = nodeTypes(scope.env, root);
  const known = Object.hasOwn(types, id) ? types[id] : undefined;
  if (known === undefined) {
    if (!readableRoots(scope.env).includes(root)) {
      scope.report({
        code: "unknown_root",
        message: `"${root}" can't be read here`,
        start: owner.start,
        end: owner.end,
      });
      return ANYTHING;
    }
    const close = nearest(id, Object.keys(types));
    const hint = close === undefined ? undefined : `Did you mean "${close}"?`;
    scope.report({
      code: "unknown_node",
      message: `There is no node "${id}"`,
      ...nameRange(node),
      ...(hint === undefined ? {} : { hint }),
    });
    return { schema: true, optional };
  }
  const typed = { schema: known.schema, optional };
  if (known.presence === "always" || tolerant || isProven(node, scope)) return typed;
  const what = root === "errors" ? "failed" : "completed";
  const range = { start: owner.start, end: node.end };
  const hint = `Write ${root}.?${id} and .orValue(…), or test has(${root}.${id}) first`;
  if (known.presence === "never") {
    scope.report({
      code: "node_never_completed",
      message: `"${id}" can't have ${what} when this is read`,
      ...range,
      hint: "Only nodes that lead here can be read",
    });
  } else {
    scope.report({
      code: "maybe_absent",
      message: `"${id}" has not ${what} on every way to this place`,
      ...range,
      hint,
    });
  }
  return typed;
}

/** `owner[index]` and `owner[?index]`. */
export function inferAccess(node: ASTNode, owner: ASTNode, index: ASTNode, inference: Inference): Typed {
  if (index.op === "value" && typeof index.args === "string") return inferField(node, owner, index.args, inference);
  const typed = inference.infer(owner, inference.scope);
  const key = inference.infer(index, inference.scope);
  const optional = node.op === "[?]" || typed.optional;
  const possible = kinds({ ...typed, optional: false });
  const takes = kinds(key);
  const wanted = [...(possible.has("list") ? ["number"] : []), ...(possible.has("map") ? ["text"] : [])];
  if (wanted.length === 0) {
    const message = `Only lists and objects have elements; this is ${describe(typed)}`;
    inference.scope.report({ code: "type_error", message, start: owner.start, end: owner.end });
    return ANYTHING;
  }
  if (!(takes.has("number") && possible.has("list")) && !(takes.has("text") && possible.has("map"))) {
    const message = `The position must be ${wanted.join(" or ")}, not ${describe(key)}`;
    inference.scope.report({ code: "type_error", message, start: index.start, end: index.end });
  }
  // A computed name may mean any field, declared or not.
  return { schema: possible.has("map") ? true : elementOf(typed.schema), optional };
}

function isProven(node: ASTNode, scope: Scope): boolean {
  const path = asPath(node);
  return path !== undefined && scope.facts.has(pathKey([path.root, ...path.segments.map((segment) => segment.name)]));
}

function nameRange(node: ASTNode): { readonly start: number; readonly end: number } {
  if (node.op === "." || node.op === ".?") return { start: node.pos, end: node.end };
  return { start: node.op === "[]" || node.op === "[?]" ? node.args[1].start : node.start, end: node.end };
}

/** The type of what `has(…)` asks for: everything up to the last name has to be there. */
export function inferAsked(node: ASTNode, inference: Inference): Typed {
  if (node.op === ".") return inferField(node, node.args[0], node.args[1], { ...inference, asked: true });
  return plain(true);
}
