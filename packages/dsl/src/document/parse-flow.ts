import { checkJson, isSafeJson } from "./check-json.ts";
import { DSL_VERSION, flowSchema } from "./flow.ts";
import type { FlowDocument } from "./flow.ts";
import type { Json } from "../json.ts";
import type { Issue } from "./issue.ts";
import { isJsonObject } from "./json-field.ts";
import { shapeIssues } from "./shape-issues.ts";

export type ParsedFlow =
  { readonly ok: true; readonly flow: FlowDocument } | { readonly ok: false; readonly issues: Issue[] };

/**
 * Reads a document and checks its shape: fields, types, names, sizes. Everything that is wrong is told at once.
 * Whether the graph, the params and the expressions hold together is the business of `validateFlow`.
 * Never throws.
 */
export function parseFlow(input: unknown): ParsedFlow {
  if (!isSafeJson(input)) return { ok: false, issues: checkJson(input) };
  const unsupported = formatIssue(input);
  if (unsupported !== undefined) return { ok: false, issues: [unsupported] };
  const parsed = flowSchema.safeParse(input);
  return parsed.success ? { ok: true, flow: parsed.data } : { ok: false, issues: shapeIssues(flowSchema, input) };
}

/** A document of another format would only give misleading messages about its fields. */
function formatIssue(input: Json): Issue | undefined {
  const dsl = isJsonObject(input) ? input["dsl"] : undefined;
  if (typeof dsl !== "number" || dsl === DSL_VERSION) return undefined;
  return {
    code: "unsupported_dsl",
    severity: "error",
    pointer: "/dsl",
    message: `This document has format ${dsl}; this version of Holdfast reads format ${DSL_VERSION}.`,
    hint: dsl > DSL_VERSION ? "Update Holdfast." : "Migrate the document first.",
  };
}
