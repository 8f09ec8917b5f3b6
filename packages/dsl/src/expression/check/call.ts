/** Calls of functions: what they take, what they give. */
import { union } from "../../json-schema/shape.ts";
import type { JsonSchema } from "../../json.ts";
import type { ASTNode } from "../cel.ts";
import { writtenName } from "../environment.ts";
import { arity, findFunctions, signature } from "../functions/library.ts";
import type { FunctionSpec, Kind, ParamSpec } from "../functions/spec.ts";
import { inferAsked } from "./access.ts";
import type { Inference } from "./access.ts";
import type { Scope } from "./scope.ts";
import { ANYTHING, BOOL, describe, describeParam, fits, INTEGER, plain } from "./typed.ts";
import type { Typed } from "./typed.ts";

export function inferCall(
  calledName: string,
  receiverNode: ASTNode | undefined,
  args: readonly ASTNode[],
  inference: Inference,
): Typed {
  const { scope, infer } = inference;
  const name = writtenName(calledName);
  if (name === "has" && receiverNode === undefined) {
    const [asked] = args;
    if (asked !== undefined) inferAsked(asked, inference);
    return BOOL;
  }
  const receiver = receiverNode === undefined ? undefined : infer(receiverNode, scope);
  const given = args.map((argument) => infer(argument, scope));
  const spec = findFunctions(name, receiver !== undefined).find(
    (candidate) => given.length >= arity(candidate).min && given.length <= arity(candidate).max,
  );
  if (spec === undefined) return ANYTHING;
  if (receiver !== undefined && receiverNode !== undefined) checkReceiver(spec, receiver, receiverNode, inference);
  for (const [index, param] of spec.params.entries()) {
    const argument = given[index];
    const argumentNode = args[index];
    if (argument !== undefined && argumentNode !== undefined) {
      checkArgument(spec, param, { typed: argument, node: argumentNode }, scope);
    }
  }
  return resultOf(spec, receiver, given);
}

function checkReceiver(spec: FunctionSpec, receiver: Typed, node: ASTNode, { scope }: Inference): void {
  const wanted = spec.receiver ?? [];
  if (fits(receiver, wanted)) return;
  const message = `${spec.name}() belongs to ${describeParam(wanted)}, but this is ${describe(receiver)}`;
  scope.report({ code: "type_error", message, start: node.start, end: node.end, ...optionalHint(receiver, wanted) });
}

function checkArgument(
  spec: FunctionSpec,
  param: ParamSpec,
  { typed, node }: { readonly typed: Typed; readonly node: ASTNode },
  scope: Scope,
): void {
  if (fits(typed, param.kinds)) return;
  const message = `${spec.name}() takes ${describeParam(param.kinds)} for "${param.name}", but this is ${describe(typed)}`;
  const hint = optionalHint(typed, param.kinds).hint ?? `Write ${signature(spec)}`;
  scope.report({ code: "type_error", message, start: node.start, end: node.end, hint });
}

function optionalHint(typed: Typed, wanted: readonly Kind[]): { hint?: string } {
  if (typed.optional && !wanted.includes("optional")) return { hint: "End it with .orValue(…) first" };
  if (!typed.optional && wanted.includes("optional")) return { hint: "Write .?name for what may be absent" };
  return {};
}

const RESULTS: { readonly [kind in Kind]: JsonSchema } = {
  any: true,
  text: { type: "string" },
  number: { type: "number" },
  bool: { type: "boolean" },
  list: { type: "array", items: { type: "string" } },
  map: { type: "object" },
  time: { type: "string" },
  optional: true,
};

const INTEGERS: ReadonlySet<string> = new Set([
  "size",
  "int",
  "indexOf",
  "lastIndexOf",
  "floor",
  "ceil",
  "weekday",
  "daysSince",
  "hoursSince",
  "minutesSince",
  "daysBetween",
]);

function resultOf(spec: FunctionSpec, receiver: Typed | undefined, given: readonly Typed[]): Typed {
  const [first = ANYTHING] = given;
  switch (spec.name) {
    case "orValue":
      return plain(union([receiver?.schema ?? true, first.schema]));
    case "or":
      return { schema: union([receiver?.schema ?? true, first.schema]), optional: true };
    case "value":
      return plain(receiver?.schema ?? true);
    default:
      return INTEGERS.has(spec.name) ? INTEGER : { schema: RESULTS[spec.result], optional: spec.result === "optional" };
  }
}
