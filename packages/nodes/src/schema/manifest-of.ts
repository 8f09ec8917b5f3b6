/** From the description of a node type to its manifest. */
import {
  DEFAULT_PORT,
  isJsonObject,
  type Effect,
  type EffectRule,
  type JsonObject,
  type NodeManifest,
  type NodePreset,
  type OutputShape,
  type PortRule,
} from "@holdfast/dsl";
import { z } from "zod";
import { toJson } from "../json.ts";

/** What a node type tells about itself; its behavior is added by `defineControl` or `defineNode`. */
export interface NodeInfo<Params extends z.ZodType> {
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
  /** Default: one port, `out`. Empty: the node ends its branch. */
  readonly ports?: readonly PortRule[];
  /** By port; a port that is not named gives anything. */
  readonly output?: { readonly [port: string]: OutputShape };
  /** See `NodeManifest.sentence`. */
  readonly sentence: string;
  readonly effect?: Effect | readonly EffectRule[];
  readonly onUnknown?: "ask" | "resend";
  readonly credentials?: readonly string[];
  readonly examples: readonly { readonly title: string; readonly params: JsonObject }[];
  /** What new nodes begin with; see `NodeManifest.presets`. */
  readonly presets?: readonly NodePreset[];
}

/** Keeps the type of the params schema; nothing else. */
export function nodeInfo<Params extends z.ZodType>(info: NodeInfo<Params>): NodeInfo<Params> {
  return info;
}

/** The manifest of a node type: plain JSON, frozen by convention and shared by everyone. */
export function manifestOf(info: NodeInfo<z.ZodType>, kind: NodeManifest["kind"]): NodeManifest {
  return {
    type: info.type,
    version: info.version,
    title: info.title,
    description: info.description,
    icon: info.icon,
    category: info.category,
    kind,
    effect: info.effect ?? "none",
    ...(info.onUnknown && { onUnknown: info.onUnknown }),
    params: paramsSchema(info.params),
    ports: info.ports ?? [{ name: DEFAULT_PORT }],
    output: info.output ?? {},
    sentence: info.sentence,
    credentials: info.credentials ?? [],
    examples: info.examples,
    ...(info.presets && { presets: info.presets }),
  };
}

/** The JSON Schema of what an author writes: fields with a default are not required. */
function paramsSchema(params: z.ZodType): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(params, {
    target: "draft-2020-12",
    io: "input",
    // Any JSON value is `{}`. That no other unrepresentable type slips in is a law of the registry's test.
    unrepresentable: "any",
  });
  // zod hangs a hidden `~standard` on the result; only what JSON can write belongs to a manifest.
  const plain = toJson(JSON.parse(JSON.stringify(schema)));
  if (!isJsonObject(plain)) throw new TypeError("The params of a node type are an object.");
  return plain;
}
