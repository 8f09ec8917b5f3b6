/** From the description of a node type to its manifest. */
import {
  DEFAULT_PORT,
  isJsonObject,
  type Effect,
  type EffectRule,
  type JsonObject,
  type Migrations,
  type NodeManifest,
  type NodePreset,
  type Origin,
  type OutputShape,
  type PortRule,
} from "@holdfast/dsl";
import { z } from "zod";
import { toJson } from "../json.ts";

/** What the ports give: JSON Schemas by port, or zod schemas by port, or the one of the port `out`. */
export type NodeOutput = { readonly [port: string]: OutputShape } | { readonly [port: string]: z.ZodType } | z.ZodType;

/** What a node type tells about itself; its behavior is added by `defineControl` or `defineNode`. */
export interface NodeInfo<Params extends z.ZodType, Output extends NodeOutput = NodeOutput> {
  /** Dotted, lower case first: `http.request`. */
  readonly type: string;
  /** Grows whenever params, ports, output or behavior change. */
  readonly version: number;
  readonly title: string;
  readonly description: string;
  /** A lucide icon's name. */
  readonly icon: string;
  readonly category: NodeManifest["category"];
  /** A zod object; its metadata becomes the hints of the manifest's JSON Schema. */
  readonly params: Params;
  /** Default: those that zod schemas are given for, else one, `out`. Empty: the node ends its branch. */
  readonly ports?: readonly PortRule[];
  /** By port; a port that is not named gives anything. */
  readonly output?: Output;
  /** See `NodeManifest.sentence`. */
  readonly sentence: string;
  readonly effect?: Effect | readonly EffectRule[];
  /** Whose word its output is; see `Origin`. */
  readonly origin?: Origin;
  /** Made of sub-steps; see `NodeManifest.durable`. */
  readonly durable?: boolean;
  readonly onUnknown?: "ask" | "resend";
  readonly credentials?: readonly string[];
  /** It can't do without one, and none is named by its kind alone. */
  readonly needsCredential?: boolean;
  readonly examples: readonly { readonly title: string; readonly params: JsonObject }[];
  /** What new nodes begin with; see `NodeManifest.presets`. */
  readonly presets?: readonly NodePreset[];
  /** From the params of older versions to these. */
  readonly migrate?: Migrations;
}

/** Keeps the type of the params schema; nothing else. */
export function nodeInfo<Params extends z.ZodType>(info: NodeInfo<Params>): NodeInfo<Params> {
  return info;
}

/** The manifest of a node type: plain JSON, frozen by convention and shared by everyone. */
export function manifestOf(info: NodeInfo<z.ZodType>, kind: NodeManifest["kind"]): NodeManifest {
  const outputs = zodOutputs(info.output);
  return {
    type: info.type,
    version: info.version,
    title: info.title,
    description: info.description,
    icon: info.icon,
    category: info.category,
    kind,
    effect: info.effect ?? "none",
    ...(info.origin && { origin: info.origin }),
    ...(info.durable === true && { durable: true }),
    ...(info.onUnknown && { onUnknown: info.onUnknown }),
    params: jsonSchemaOf(info.params, "input"),
    ports: info.ports ?? Object.keys(outputs ?? { [DEFAULT_PORT]: null }).map((name) => ({ name })),
    output:
      outputs === undefined ? shapesOf(info.output) : mapValues(outputs, (schema) => jsonSchemaOf(schema, "output")),
    sentence: info.sentence,
    credentials: info.credentials ?? [],
    ...(info.needsCredential === true && { needsCredential: true }),
    examples: info.examples,
    ...(info.presets && { presets: info.presets }),
  };
}

/** The zod schemas by port, where the outputs are told by such. */
export function zodOutputs(output: NodeOutput | undefined): { readonly [port: string]: z.ZodType } | undefined {
  if (output === undefined) return undefined;
  if (isZod(output)) return { [DEFAULT_PORT]: output };
  const schemas = Object.entries(output).flatMap(([port, schema]) => (isZod(schema) ? [[port, schema] as const] : []));
  return schemas.length > 0 ? Object.fromEntries(schemas) : undefined;
}

/** Also one of another copy of zod, which a package may bring. */
function isZod(value: unknown): value is z.ZodType {
  return typeof value === "object" && value !== null && "_zod" in value;
}

function shapesOf(output: NodeOutput | undefined): { readonly [port: string]: OutputShape } {
  const shapes = Object.entries(output ?? {}).flatMap(([port, shape]) =>
    isZod(shape) ? [] : [[port, shape] as const],
  );
  return Object.fromEntries(shapes);
}

function mapValues<From, To>(record: { readonly [key: string]: From }, to: (value: From) => To): { [key: string]: To } {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
}

/** The JSON Schema of what an author writes (fields with a default are not required), or of what a port gives. */
function jsonSchemaOf(described: z.ZodType, io: "input" | "output"): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(described, {
    target: "draft-2020-12",
    io,
    // Any JSON value is `{}`. That no other unrepresentable type slips in is a law of the registry's test.
    unrepresentable: "any",
  });
  // zod hangs a hidden `~standard` on the result; only what JSON can write belongs to a manifest.
  const plain = toJson(JSON.parse(JSON.stringify(schema)));
  if (!isJsonObject(plain)) throw new TypeError("The params and outputs of a node type are objects.");
  return plain;
}
