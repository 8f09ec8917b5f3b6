/** What an action or an AI node could answer: the schema of what it gives by a port. */
import { DEFAULT_PORT, isJsonObject, namedPorts, outputSchemaOf, walkNodes } from "@holdfast/dsl";
import type { Json, JsonObject, NodeManifest, NodeSpec } from "@holdfast/dsl";
import { sampleOf } from "../values/sample-of.ts";
import type { World } from "./model/play.ts";

export interface AnswerForm {
  readonly spec: NodeSpec;
  readonly manifest: NodeManifest;
  readonly ports: readonly string[];
}

export function answerForm(world: World, node: string): AnswerForm | undefined {
  const spec = [...walkNodes(world.flow)].find(({ id }) => id === node)?.node;
  const manifest = spec && world.manifests.get(spec.type);
  if (spec === undefined || manifest === undefined) return undefined;
  const ports = namedPorts(manifest, spec.params).map(({ name }) => name);
  return { spec, manifest, ports: ports.length === 0 ? [DEFAULT_PORT] : [...new Set(ports)] };
}

export function schemaOf({ manifest, spec }: AnswerForm, port: string): JsonObject {
  const schema = outputSchemaOf(manifest, spec.params, port, () => true);
  return isJsonObject(schema) ? schema : {};
}

/** Answers are objects with fields where the schema names some; anything else is written as JSON. */
export const hasFields = (schema: JsonObject): boolean => isJsonObject(schema["properties"]);

export const sampleAnswer = (schema: JsonObject): Json => sampleOf(schema);
