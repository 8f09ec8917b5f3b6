/** The examples, as the bench's tests play them. */
import { readFileSync, readdirSync } from "node:fs";
import type { FlowDocument, Json } from "@holdfast/dsl";
import { parseFlow } from "@holdfast/dsl";
import { controlNodes } from "@holdfast/nodes/control";
import { manifests as known } from "../../flow/manifests.fixture.ts";
import { type Played, type World, isPlayed, play } from "./play.ts";
import type { Session } from "./session.ts";
import { type BenchView, type Chosen, viewOf } from "./view.ts";

const manifests = new Map(known.map((manifest) => [manifest.type, manifest]));

const folder = `${import.meta.dirname}/../../../../../examples`;

function parsed(document: unknown): FlowDocument {
  const result = parseFlow(document);
  if (!result.ok) throw new Error(JSON.stringify(result.issues, null, 2));
  return result.flow;
}

/** By file name. */
export const examples: ReadonlyMap<string, FlowDocument> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith(".flow.json"))
    .map((name) => [name, parsed(JSON.parse(readFileSync(`${folder}/${name}`, "utf8")))]),
);

const byId = new Map([...examples.values()].map((flow) => [flow.id, flow]));

export function worldOf(flow: FlowDocument): World {
  return { flow, manifests, controls: controlNodes, flows: byId };
}

export function example(name: string): FlowDocument {
  const flow = examples.get(`${name}.flow.json`);
  if (flow === undefined) throw new Error(`There is no example ${name}`);
  return flow;
}

/** A flow of few words. */
export function flowOf(nodes: Json, edges: readonly string[], more: object = {}): FlowDocument {
  return parsed({
    dsl: 1,
    id: "test",
    name: "Test",
    triggers: [{ type: "call" }],
    nodes,
    edges: edges.map((text) => {
      const [from = "", to = ""] = text.split(" > ");
      const [node = "", port] = from.split(":");
      return { from: node, to, ...(port !== undefined && { port }) };
    }),
    ...more,
  });
}

function playing(world: World, session: Session): Played {
  const played = play(world, session);
  if (!isPlayed(played)) throw new Error(played.message);
  return played;
}

export function seen(world: World, session: Session, chosen?: Chosen): BenchView {
  return viewOf(world, playing(world, session), chosen);
}
