/** It answers, with what its manifest says. */
import { compileSchema, outputSchemaOf, type JsonObject } from "@holdfast/dsl";
import type { ActionNode } from "@holdfast/nodes";
import { testNode } from "../test-node.ts";
import { optionsOf, type CheckCase, type Found } from "./case.ts";

export async function checkAnswer(node: ActionNode, one: CheckCase): Promise<Found[]> {
  const { port, output, error } = await testNode(node, optionsOf(node, one));
  if (port === undefined) {
    const code = error?.code === "output_invalid" ? "output_invalid" : "case_failed";
    return [{ code, message: error?.message ?? "The node gave nothing." }];
  }
  const anything = (): JsonObject => ({});
  const schema = outputSchemaOf(node.manifest, one.params, port, anything);
  const fits = compileSchema(schema).validate(output ?? null);
  if (fits.ok) return [];
  const [first] = fits.errors;
  return [{ code: "output_invalid", message: `Its output ${first?.pointer ?? ""} ${first?.message ?? ""}.` }];
}
