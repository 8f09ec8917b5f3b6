/** Flows for tests: the examples, and random commands to change them with. */
import { readFileSync } from "node:fs";
import { END, ERROR_PORT, START, parseFlow, type FlowDocument } from "@holdfast/dsl";
import fc from "fast-check";
import { addNode } from "./add-node.ts";
import { align, distribute, moveNodes, tidy } from "./arrange-cards.ts";
import { addNote, addTrigger, moveNote, removeNote, removeTrigger, setFlow, setSettings } from "./change-flow.ts";
import { renameNode, setCompensate, setJoin, setName, setParam } from "./change-node.ts";
import { deleteNodes } from "./delete-nodes.ts";
import { connect, disconnect, reconnect, spliceNode } from "./edges.ts";
import { copyFragment, duplicate, pasteFragment } from "./fragment.ts";
import { allEdges, allNodes } from "./graphs.ts";
import { manifests } from "./manifests.fixture.ts";

export { manifests } from "./manifests.fixture.ts";

export function example(name: string): FlowDocument {
  const file = new URL(`../../../../examples/${name}.flow.json`, import.meta.url);
  const parsed = parseFlow(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.flow;
}

export type Command = (flow: FlowDocument) => FlowDocument;

/** By numbers that choose among what the document has. */
const COMMANDS: readonly ((flow: FlowDocument, a: number, b: number) => FlowDocument)[] = [
  (flow, a, b) => addNode(flow, pick(manifests, a), { after: { from: node(flow, b), port: port(flow, b, a) } }).flow,
  (flow, a, b) => addNode(flow, pick(manifests, a), { onEdge: edge(flow, b), name: `Вузол ${a % 3}` }).flow,
  (flow, a, b) => addNode(flow, pick(manifests, a), { into: node(flow, b), at: { x: a, y: b } }).flow,
  (flow, a, b) => connect(flow, { from: node(flow, a), to: node(flow, b) }),
  (flow, a, b) => connect(flow, { from: node(flow, a), port: ERROR_PORT, to: b % 2 === 0 ? END : node(flow, b) }),
  (flow, a, b) => connect(flow, { from: START, to: node(flow, b), loop: node(flow, a) }),
  (flow, a) => disconnect(flow, [edge(flow, a)]),
  (flow, a, b) => reconnect(flow, edge(flow, a), { to: node(flow, b) }),
  (flow, a, b) => spliceNode(flow, manifests, node(flow, a), edge(flow, b)),
  (flow, a, b) => deleteNodes(flow, [node(flow, a), node(flow, b)], { heal: a % 3 > 0 }),
  (flow, a, b) => duplicate(flow, [node(flow, a), node(flow, b)], manifests).flow,
  (flow, a, b) => pasteFragment(flow, copyFragment(flow, [node(flow, a)]), { into: node(flow, b), manifests }).flow,
  (flow, a, b) => moveNodes(flow, { [node(flow, a)]: { x: b / 7, y: a } }),
  (flow, a, b) => setParam(flow, node(flow, a), "/outcomes/0/port", b % 2 === 0 ? `port${b % 4}` : ""),
  (flow, a, b) => setParam(flow, node(flow, a), b % 2 === 0 ? "/cases/-" : "/timeout", b % 3 === 0 ? undefined : "9d"),
  (flow, a, b) => setParam(flow, node(flow, a), "/cases/-", { port: `case${b % 5}`, when: "true" }),
  (flow, a, b) => setName(flow, node(flow, a), b % 3 === 0 ? " " : `Name ${b}`),
  (flow, a, b) => renameNode(flow, manifests, node(flow, a), `renamed${b % 9}`),
  (flow, a, b) => setJoin(flow, node(flow, a), b % 2 === 0 ? "any" : "all"),
  (flow, a, b) => setCompensate(flow, node(flow, a), b % 2 === 0 ? { type: "event.send", params: {} } : undefined),
  (flow, a) => addTrigger(flow, { type: "event", event: `a/b${a % 5}` }),
  (flow, a) => removeTrigger(flow, a % 3),
  (flow, a) => setSettings(flow, { timeZone: a % 2 === 0 ? "Europe/Kyiv" : undefined }),
  (flow, a) => setFlow(flow, { name: `Flow ${a}`, description: a % 2 === 0 ? "What it does" : undefined }),
  (flow, a, b) => addNote(flow, { text: `${a}`, x: a, y: b }).flow,
  (flow, a, b) => moveNote(removeNote(flow, a % 2 === 0 ? "note" : "note2"), "note", { x: a, y: b }),
  (flow, a, b) => align(flow, manifests, [node(flow, a), node(flow, b)], a % 2 === 0 ? "left" : "bottom"),
  (flow, a, b) => distribute(flow, manifests, [node(flow, a), node(flow, b), node(flow, a + b)], "y"),
  (flow, a, b) => tidy(flow, manifests, a % 2 === 0 ? [node(flow, a), node(flow, b)] : undefined),
];

export const command: fc.Arbitrary<Command> = fc
  .tuple(fc.nat(COMMANDS.length - 1), fc.nat(1000), fc.nat(1000))
  .map(([index, a, b]) =>
    Object.assign((flow: FlowDocument) => COMMANDS[index]?.(flow, a, b) ?? flow, {
      toString: () => `command ${index} (${a}, ${b})`,
    }),
  );

function pick<Item>(list: readonly Item[], at: number): Item {
  const item = list[at % list.length];
  if (item === undefined) throw new Error("There is nothing to choose from.");
  return item;
}

function node(flow: FlowDocument, at: number): string {
  const ids = [...allNodes(flow).keys()];
  return ids[at % Math.max(1, ids.length)] ?? "nobody";
}

function edge(flow: FlowDocument, at: number): string {
  const ids = [...allEdges(flow).keys()];
  return ids[at % Math.max(1, ids.length)] ?? "nothing";
}

function port(flow: FlowDocument, at: number, which: number): string {
  const id = node(flow, at);
  const ports = [...allEdges(flow).values()].flatMap((one) => (one.edge.from === id ? [one.edge.port ?? "out"] : []));
  return ports[which % Math.max(1, ports.length)] ?? "out";
}
