/** Params that don't fit are refused before anything is sent. */
import { isJsonObject, type JsonObject, type NodeManifest } from "@holdfast/dsl";
import type { ActionNode } from "@holdfast/nodes";
import { testNode } from "../test-node.ts";
import type { Found } from "./case.ts";

export async function checkParams(node: ActionNode): Promise<Found[]> {
  const wrong: JsonObject[] = [...(isStrict(node) ? [{ "no such setting": 1 }] : []), ...missing(node)];
  for (const params of wrong) {
    const { error } = await testNode(node, { params, target: () => ({}) });
    if (error?.code !== "params_invalid") {
      return [
        { code: "params_unchecked", message: `It takes params that its schema forbids: ${JSON.stringify(params)}.` },
      ];
    }
  }
  return [];
}

const isStrict = ({ manifest }: ActionNode): boolean => paramsOf(manifest)["additionalProperties"] === false;

function missing({ manifest }: ActionNode): JsonObject[] {
  const { required } = paramsOf(manifest);
  return Array.isArray(required) && required.length > 0 ? [{}] : [];
}

const paramsOf = ({ params }: NodeManifest): JsonObject => (isJsonObject(params) ? params : {});
