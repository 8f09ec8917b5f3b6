/** A tool as the model is told of it, and how its arguments are looked at before anything is done. */
import { isJsonObject, type Json, type JsonObject, type JsonSchema } from "@holdfast/dsl";
import { schemaChecker } from "../../schema/checker.ts";
import type { ToolParams } from "./tool-params.ts";

export interface ResolvedTool {
  readonly params: ToolParams;
  /** JSON Schema of an object: what the model may fill in, and nothing that is fixed. */
  readonly input: JsonObject;
  readonly fixed: JsonObject;
}

/** @param taken what the flow of the tool takes, where the tool does not say */
export function resolvedTool(params: ToolParams, taken: JsonSchema | undefined): ResolvedTool {
  const { flow, node, http } = params;
  const fixed = flow?.fixed ?? node?.params ?? http?.fixed ?? {};
  const written = flow?.arguments ?? node?.arguments ?? http?.arguments;
  if (written !== undefined) return { params, fixed, input: closed(without(written, fixed)) };
  if (flow === undefined) return { params, fixed, input: NOTHING };
  return { params, fixed, input: isJsonObject(taken) ? without(taken, fixed) : { type: "object" } };
}

const NOTHING: JsonObject = { type: "object", properties: {}, additionalProperties: false };

/** The schema without the fields that are fixed. */
function without(schema: JsonObject, fixed: JsonObject): JsonObject {
  const { properties, required } = schema;
  const isOpen = (name: Json): boolean => typeof name === "string" && !Object.hasOwn(fixed, name);
  return {
    ...schema,
    ...(isJsonObject(properties) && {
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => isOpen(name))),
    }),
    ...(Array.isArray(required) && { required: required.filter(isOpen) }),
  };
}

/** Only what is listed may be filled in. */
function closed(schema: JsonObject): JsonObject {
  return { ...schema, properties: schema["properties"] ?? {}, additionalProperties: false };
}

const check = schemaChecker();

/** What is wrong with the arguments, as a sentence for the model. */
export function argumentProblem({ fixed, input }: ResolvedTool, given: Json): string | undefined {
  if (!isJsonObject(given)) return "The arguments must be an object.";
  const overridden = Object.keys(given).find((name) => Object.hasOwn(fixed, name));
  if (overridden !== undefined) return `“${overridden}” is fixed and can't be given.`;
  const problem = check(input, given);
  return problem && `The arguments do not fit: ${problem.message}`;
}
