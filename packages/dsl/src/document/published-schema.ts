import { z } from "zod";
import { FLOW_SCHEMA_ID, flowSchema } from "./flow.ts";

/**
 * The JSON Schema (draft 2020-12) of a document, for editors. `flow.schema.json` is this, written out by
 * `scripts/write-schema.ts`.
 */
export function publishedSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(flowSchema, { target: "draft-2020-12", unrepresentable: "any" });
  return {
    $schema,
    $id: FLOW_SCHEMA_ID,
    title: "Holdfast flow",
    description: "A flow document, DSL 1. Params are checked against the manifests of the node types when it is saved.",
    ...schema,
  };
}
