/** Checking before anything runs: types, presence, names. */
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { joinPointer } from "../document/pointer.ts";
import { inlineRefs } from "../json-schema/inline.ts";
import { kindsOf } from "../json-schema/shape.ts";
import { parseExpression } from "./condition.ts";
import { ExpressionError } from "./error.ts";
import { isTemplate, scanTemplate } from "./scan.ts";
import type { NodeType, TypeEnv } from "./check/env.ts";
import { infer } from "./check/infer.ts";
import type { ExpressionIssue } from "./check/issue.ts";
import { Scope } from "./check/scope.ts";
import { describe } from "./check/typed.ts";

export interface ConditionCheck {
  /** The static type of the result; `true` where nothing is known. */
  readonly schema: JsonSchema;
  readonly issues: readonly ExpressionIssue[];
}

export interface TemplateIssue extends ExpressionIssue {
  /** JSON pointer to the string; `start` and `end` count in it. */
  readonly pointer: string;
}

export interface TemplateCheck {
  /** The static type of the result. */
  readonly schema: JsonSchema;
  readonly issues: readonly TemplateIssue[];
}

/** Checks an expression that has to give true or false. Never throws. */
export function checkCondition(source: string, env: TypeEnv): ConditionCheck {
  const { schema, issues } = checkExpression(source, env);
  if (issues.some((issue) => issue.severity === "error") || kindsOf(schema).has("bool")) return { schema, issues };
  const message = `A condition gives true or false, but this gives ${describe({ schema, optional: false })}`;
  return {
    schema,
    issues: [...issues, { code: "not_a_condition", severity: "error", message, start: 0, end: source.length }],
  };
}

/** Checks an expression of any type. Never throws. */
export function checkExpression(source: string, env: TypeEnv): ConditionCheck {
  const issues: ExpressionIssue[] = [];
  try {
    const { ast } = parseExpression(source);
    const typed = infer(ast, new Scope(selfContained(env), issues));
    if (typed.optional) {
      const message = "The result may be absent";
      const hint = "End the expression with .orValue(…)";
      issues.push({ code: "type_error", severity: "error", message, hint, start: ast.start, end: ast.end });
    }
    return { schema: typed.schema, issues };
  } catch (error) {
    return { schema: true, issues: [...issues, asIssue(error)] };
  }
}

function asIssue(error: unknown): ExpressionIssue {
  if (!(error instanceof ExpressionError)) throw error;
  const { code, message, start, end, hint } = error;
  return { code, severity: "error", message, start, end, ...(hint === undefined ? {} : { hint }) };
}

/** Checks the expressions in the strings of a value and gives the type of what it will become. Never throws. */
export function checkTemplate(value: Json, env: TypeEnv): TemplateCheck {
  const issues: TemplateIssue[] = [];
  const schema = schemaOf(value, "", selfContained(env), issues);
  return { schema, issues };
}

function schemaOf(value: Json, pointer: string, env: TypeEnv, issues: TemplateIssue[]): JsonSchema {
  if (value === null) return { type: "null" };
  if (typeof value === "boolean") return { type: "boolean" };
  if (typeof value === "number") return { type: Number.isInteger(value) ? "integer" : "number" };
  if (typeof value === "string") {
    return isTemplate(value) ? textSchema(value, pointer, env, issues) : { type: "string" };
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) => schemaOf(item, joinPointer(pointer, index), env, issues));
    return { type: "array", prefixItems: items, items: false, minItems: items.length };
  }
  const properties: JsonObject = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, schemaOf(item, joinPointer(pointer, key), env, issues)]),
  );
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function textSchema(text: string, pointer: string, env: TypeEnv, issues: TemplateIssue[]): JsonSchema {
  try {
    const pieces = scanTemplate(text);
    let only: JsonSchema = { type: "string" };
    for (const piece of pieces) {
      if (piece.kind === "text") continue;
      const checked = checkExpression(piece.source, env);
      for (const issue of checked.issues) {
        issues.push({ ...issue, pointer, start: issue.start + piece.offset, end: issue.end + piece.offset });
      }
      only = checked.schema;
    }
    return pieces.length === 1 ? only : { type: "string" };
  } catch (error) {
    issues.push({ ...asIssue(error), pointer });
    return { type: "string" };
  }
}

const prepared = new WeakMap<TypeEnv, TypeEnv>();

/** The environment with all references of its schemas in place. */
function selfContained(env: TypeEnv): TypeEnv {
  const known = prepared.get(env);
  if (known !== undefined) return known;
  const { nodes, ports, errors, ...schemas } = env.roots;
  const result: TypeEnv = {
    roots: {
      ...Object.fromEntries(Object.entries(schemas).map(([root, schema]) => [root, inlineRefs(schema)])),
      ...(nodes === undefined ? {} : { nodes: inlineTypes(nodes) }),
      ...(ports === undefined ? {} : { ports: inlineTypes(ports) }),
      ...(errors === undefined ? {} : { errors: inlineTypes(errors) }),
    },
  };
  prepared.set(env, result);
  prepared.set(result, result);
  return result;
}

function inlineTypes(types: { readonly [id: string]: NodeType }): { readonly [id: string]: NodeType } {
  return Object.fromEntries(
    Object.entries(types).map(([id, type]) => [id, { ...type, schema: inlineRefs(type.schema) }]),
  );
}
