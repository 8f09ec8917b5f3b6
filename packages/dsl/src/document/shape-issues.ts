/** Turns what zod found into issues: one per problem, each with a code of its own and a pointer to the very place. */
import type { z } from "zod";
import type { Json } from "../json.ts";
import type { Issue } from "./issue.ts";
import { nodeSchema } from "./node.ts";
import { joinPointer, toPointer, valueAt } from "./pointer.ts";

type ZodIssue = z.core.$ZodIssue;

/** What was parsed, and where in the document it stands. */
interface Parsed {
  readonly input: Json;
  readonly base: string;
}

/**
 * Parses and, where that fails, says everything that is wrong.
 * @param base pointer to `input` in the document
 */
export function shapeIssues(schema: z.ZodType, input: Json, base = ""): Issue[] {
  return (schema.safeParse(input).error?.issues ?? []).flatMap((issue) => fromZod(issue, { input, base }));
}

function fromZod(issue: ZodIssue, parsed: Parsed): Issue[] {
  const pointer = joinPointer(parsed.base, ...issue.path);
  if (issue.code !== "unrecognized_keys" && valueAt(parsed.input, toPointer(issue.path)) === undefined) {
    return [problem("missing_field", pointer, `“${lastPart(issue.path)}” is missing.`)];
  }
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        ...problem("unknown_field", joinPointer(pointer, key), `“${key}” is not a field here.`),
        hint: "Fields that nothing would carry out are refused; remove it or check its spelling.",
      }));
    case "invalid_type":
      return [problem("wrong_type", pointer, sentence(issue.message))];
    case "invalid_key":
      return fromKey(issue, parsed, pointer);
    case "invalid_union":
      return fromUnion(issue, parsed, pointer);
    case "custom":
      return [problem(customCode(issue), pointer, sentence(issue.message))];
    default:
      return [problem("invalid_value", pointer, sentence(issue.message))];
  }
}

/** Ids of nodes have codes of their own. Zod leaves the value under a bad key alone, but it may be wrong as well. */
function fromKey(issue: z.core.$ZodIssueInvalidKey, { input, base }: Parsed, pointer: string): Issue[] {
  const reason = issue.issues[0];
  const message = `“${lastPart(issue.path)}” ${reason?.message ?? "can't be a key here"}.`;
  if (issue.path.at(-2) !== "nodes") return [problem("invalid_value", pointer, message)];
  const code = reason?.code === "custom" ? customCode(reason) : "invalid_node_id";
  const value = valueAt(input, toPointer(issue.path));
  const within = value === undefined ? [] : shapeIssues(nodeSchema, value, joinPointer(base, ...issue.path));
  return [problem(code, pointer, message), ...within];
}

/** Of the variants that were tried, the one that came furthest knows best what is wrong. */
function fromUnion(issue: z.core.$ZodIssueInvalidUnion, parsed: Parsed, pointer: string): Issue[] {
  const closest = [...issue.errors].toSorted((a, b) => deepest(b) - deepest(a) || a.length - b.length)[0];
  if (closest === undefined || closest.length === 0) {
    return [problem("invalid_value", pointer, sentence(issue.message))];
  }
  return closest.flatMap((inner) => fromZod({ ...inner, path: [...issue.path, ...inner.path] }, parsed));
}

function deepest(issues: readonly ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function customCode(issue: ZodIssue): string {
  const code: unknown = "params" in issue ? issue.params?.["code"] : undefined;
  return typeof code === "string" ? code : "invalid_value";
}

function lastPart(path: readonly PropertyKey[]): string {
  return String(path.at(-1) ?? "document");
}

function sentence(message: string): string {
  const text = message.replace(/^Invalid input: /, "").replace(/^./, (first) => first.toUpperCase());
  return text.endsWith(".") ? text : `${text}.`;
}

function problem(code: string, pointer: string, message: string): Issue {
  return { code, severity: "error", pointer, message };
}
