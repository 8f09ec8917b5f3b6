/** What is known, before anything runs, about what an expression can read. */
import type { JsonSchema } from "../../json.ts";

/** Whether a node's output is there when the expression is evaluated. */
export type Presence = "always" | "maybe" | "never";

/** What `nodes.<id>`, `ports.<id>` or `errors.<id>` gives. */
export interface NodeType {
  readonly schema: JsonSchema;
  readonly presence: Presence;
}

/** The roots that can be read, with their types. A root that is missing can't be read here. */
export interface TypeEnv {
  readonly roots: {
    readonly input?: JsonSchema;
    readonly trigger?: JsonSchema;
    readonly event?: JsonSchema;
    readonly item?: JsonSchema;
    readonly index?: JsonSchema;
    readonly last?: JsonSchema;
    readonly run?: JsonSchema;
    readonly nodes?: { readonly [id: string]: NodeType };
    /** Absent: as `nodes`, each giving text. */
    readonly ports?: { readonly [id: string]: NodeType };
    /** Absent: every node of `nodes`, each of which may have failed. */
    readonly errors?: { readonly [id: string]: NodeType };
  };
}

/** The type of `run`. */
export const RUN_SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    id: { type: "string" },
    flow: { type: "string" },
    version: { type: "integer" },
    startedAt: { type: "string", format: "date-time" },
    requester: true,
    now: { type: "string", format: "date-time" },
  },
  required: ["id", "flow", "version", "startedAt", "now"],
  additionalProperties: false,
};

/** The type of `trigger`. */
export const TRIGGER_SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    type: { type: "string" },
    event: { type: "string" },
    by: true,
    at: { type: "string", format: "date-time" },
  },
  required: ["type", "at"],
  additionalProperties: false,
};

/** The type of `errors.<id>`. */
export const ERROR_SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    kind: { type: "string", enum: ["error", "fatal", "timeout", "unknown"] },
    code: { type: "string" },
    message: { type: "string" },
    attempts: { type: "integer" },
  },
  required: ["kind", "code", "message", "attempts"],
  additionalProperties: false,
};

/** The nodes that `nodes.`, `ports.` or `errors.` may be followed by. */
export function nodeTypes(env: TypeEnv, root: string): { readonly [id: string]: NodeType } {
  const { nodes = {}, ports, errors } = env.roots;
  if (root === "ports") return ports ?? mapTypes(nodes, (node) => ({ ...node, schema: { type: "string" } }));
  if (root === "errors") return errors ?? mapTypes(nodes, () => ({ schema: ERROR_SCHEMA, presence: "maybe" }));
  return nodes;
}

function mapTypes(
  nodes: { readonly [id: string]: NodeType },
  change: (node: NodeType) => NodeType,
): { readonly [id: string]: NodeType } {
  return Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, change(node)]));
}

/** The type of a root that is no `nodes`, `ports` or `errors`; undefined where it can't be read. */
export function rootType(env: TypeEnv, root: string): JsonSchema | undefined {
  const { input, trigger, event, item, index, last, run } = env.roots;
  const known: { readonly [name: string]: JsonSchema | undefined } = { input, trigger, event, item, index, last, run };
  return Object.hasOwn(known, root) ? known[root] : undefined;
}

/** The roots that can be read. */
export function readableRoots(env: TypeEnv): string[] {
  const nodes = env.roots.nodes === undefined ? [] : ["nodes", "ports", "errors"];
  const others = ["input", "trigger", "event", "item", "index", "last", "run"];
  return [...others.filter((root) => rootType(env, root) !== undefined), ...nodes];
}
