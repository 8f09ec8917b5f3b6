/** What an expression may read, and of which type it is. */
import { ERROR_PORT } from "../contract/manifest.ts";
import type { FlowDocument } from "../document/flow.ts";
import { ERROR_SCHEMA } from "../expression/check/env.ts";
import type { TypeEnv } from "../expression/check/env.ts";
import type { JsonSchema } from "../json.ts";
import type { Seen } from "./presence.ts";
import { anyOf } from "./schema-types.ts";

type Roots = TypeEnv["roots"];
type NodeTypes = NonNullable<Roots["nodes"]>;
type NodeType = NodeTypes[string];

const text: JsonSchema = { type: "string" };
const time: JsonSchema = { type: "string", format: "date-time" };
const actor: JsonSchema = object({ kind: text, id: text, name: text }, ["kind", "id"]);

/** An event that has come: what a filter, a mapping and a trigger see. */
export const eventType: JsonSchema = object({ id: text, name: text, data: true, by: actor, at: time }, [
  "id",
  "name",
  "data",
  "at",
]);

/** The roots that every place of a flow has, no node's output among them. */
export function flowRoots(flow: FlowDocument): Roots {
  const kinds = new Set(flow.triggers.map(({ type }) => type));
  const byEvent = kinds.has("event") && !kinds.has("call");
  const asked = flow.settings?.requester !== undefined || (kinds.has("call") && !kinds.has("event"));
  return {
    input: flow.input ?? true,
    trigger: object(
      { type: text, event: text, by: actor, at: time },
      byEvent ? ["type", "event", "at"] : ["type", "at"],
    ),
    run: object({ id: text, flow: text, version: { type: "integer" }, startedAt: time, requester: text, now: time }, [
      "id",
      "flow",
      "version",
      "startedAt",
      "now",
      ...(asked ? ["requester"] : []),
    ]),
    nodes: {},
    ports: {},
    errors: {},
  };
}

/** Knows what a node gives by a port. */
export type OutputType = (id: string, port: string) => JsonSchema;

/** Adds to `outer` what the nodes before a reader give it. */
export function withSeen(outer: Roots, seen: ReadonlyMap<string, Seen>, outputType: OutputType): Roots {
  const nodes: { [id: string]: NodeType } = { ...outer.nodes };
  const ports: { [id: string]: NodeType } = { ...outer.ports };
  const errors: { [id: string]: NodeType } = { ...outer.errors };
  for (const [id, { certain, ports: names }] of seen) {
    const good = names.filter((name) => name !== ERROR_PORT);
    const failed = good.length < names.length;
    nodes[id] = {
      schema: anyOf(good.map((port) => outputType(id, port))),
      presence: presenceOf(good.length > 0, certain && !failed),
    };
    ports[id] = { schema: { type: "string", enum: [...names] }, presence: presenceOf(true, certain) };
    errors[id] = {
      schema: ERROR_SCHEMA,
      presence: presenceOf(failed, certain && good.length === 0),
    };
  }
  return { ...outer, nodes, ports, errors };
}

/** Adds nodes that exist and can't be read, so that the message says why and not that they don't exist. */
export function withOthers(roots: Roots, ids: Iterable<string>): Roots {
  const nodes: { [id: string]: NodeType } = { ...roots.nodes };
  for (const id of ids) nodes[id] ??= { schema: true, presence: "never" };
  return { ...roots, nodes };
}

/** For a place whose way from the start is broken: that is said already, so everything may be read. */
export function withEverything(roots: Roots, ids: Iterable<string>): Roots {
  const all: NodeTypes = Object.fromEntries([...ids].map((id) => [id, { schema: true, presence: "always" } as const]));
  return {
    ...roots,
    nodes: { ...all, ...roots.nodes },
    ports: { ...all, ...roots.ports },
    errors: { ...all, ...roots.errors },
  };
}

/** Adds what an event filter, a loop's condition or a loop's body reads besides. */
export function withExtra(
  roots: Roots,
  names: readonly string[],
  types: { readonly [root: string]: JsonSchema },
): Roots {
  const extra = names.flatMap((name): [string, JsonSchema][] => [[name, types[name] ?? true]]);
  return { ...roots, ...Object.fromEntries(extra) };
}

function presenceOf(possible: boolean, certain: boolean): NodeType["presence"] {
  if (!possible) return "never";
  return certain ? "always" : "maybe";
}

function object(properties: { [name: string]: JsonSchema }, required: string[]): JsonSchema {
  return { type: "object", properties, required, additionalProperties: false };
}
