/** Nodes, edges and ports of one graph. */
import { DEFAULT_PORT, ERROR_PORT } from "../contract/manifest.ts";
import type { Issue } from "../document/issue.ts";
import { END, PORT_NAME, START } from "../document/names.ts";
import { joinPointer } from "../document/pointer.ts";
import { issueOf } from "./codes.ts";
import { hasPort, isTerminal } from "./graph.ts";
import type { Graph, GraphNode } from "./graph.ts";
import { edgeKey } from "./graph-edge.ts";
import type { GraphEdge } from "./graph-edge.ts";
import { closingEdges, reachable } from "./order.ts";

/** @param known every node id of the document */
export function graphIssues(graph: Graph, known: ReadonlySet<string>): Issue[] {
  return [
    ...edgeIssues(graph, known),
    ...[...graph.nodes.values()].flatMap((node) => portIssues(graph, node)),
    ...wayIssues(graph),
    ...[...graph.nodes.values()].flatMap((node) => joinIssues(graph, node)),
  ];
}

function edgeIssues(graph: Graph, known: ReadonlySet<string>): Issue[] {
  const seen = new Set<string>();
  return graph.written.flatMap((edge) => {
    const issues = [...sourceIssues(graph, edge, known), ...targetIssues(graph, edge, known)];
    if (seen.has(edgeKey(edge))) {
      issues.push(
        issueOf("duplicate_edge", edge.pointer, `There is already an edge from ${edge.from} to ${edge.to} here.`),
      );
    }
    seen.add(edgeKey(edge));
    return issues;
  });
}

function sourceIssues(graph: Graph, { pointer, from, port }: GraphEdge, known: ReadonlySet<string>): Issue[] {
  const at = joinPointer(pointer, "from");
  const portAt = joinPointer(pointer, "port");
  if (from === END) return [issueOf("edge_from_end", at, "Nothing comes after the end.")];
  if (from === START) {
    return port === DEFAULT_PORT
      ? []
      : [issueOf("unknown_port", portAt, "The start has only one way out, without a name.")];
  }
  const node = graph.nodes.get(from);
  if (node === undefined) return [strangerIssue(from, at, known)];
  if (hasPort(node, port)) return [];
  if (isTerminal(node)) {
    return [issueOf("unknown_port", at, `“${from}” ends its branch, so no edge can leave it.`)];
  }
  const names = [...node.ports.map(({ name }) => name), ERROR_PORT].join(", ");
  return [issueOf("unknown_port", portAt, `“${from}” has no port “${port}”.`, `Its ports are ${names}.`)];
}

function targetIssues(graph: Graph, { pointer, to }: GraphEdge, known: ReadonlySet<string>): Issue[] {
  const at = joinPointer(pointer, "to");
  if (to === START) return [issueOf("edge_into_start", at, "Nothing comes before the start.")];
  return to === END || graph.nodes.has(to) ? [] : [strangerIssue(to, at, known)];
}

function strangerIssue(id: string, pointer: string, known: ReadonlySet<string>): Issue {
  if (!known.has(id)) return issueOf("unknown_node", pointer, `There is no node “${id}”.`);
  return issueOf(
    "edge_across_bodies",
    pointer,
    `“${id}” stands in another graph; no edge crosses the border of a loop's body.`,
    "Lead the edge to the loop node, or from it.",
  );
}

function portIssues(graph: Graph, node: GraphNode): Issue[] {
  const connected = new Set((graph.outgoing.get(node.id) ?? []).map((edge) => edge.port));
  const seen = new Set<string>();
  return node.ports.flatMap(({ name, pointer }) => {
    const at = pointer === undefined ? node.pointer : joinPointer(node.pointer, "params") + pointer;
    if (seen.has(name)) return [issueOf("duplicate_port", at, `“${node.id}” has two ports called “${name}”.`)];
    seen.add(name);
    if (name === ERROR_PORT) {
      return [issueOf("reserved_port", at, "“error” is the port that catches a failure; choose another name.")];
    }
    if (!PORT_NAME.test(name)) return [issueOf("invalid_port", at, `“${name}” can't be the name of a port.`)];
    if (connected.has(name)) return [];
    return [
      issueOf(
        "unconnected_port",
        at,
        name === DEFAULT_PORT ? `Nothing follows “${node.id}”.` : `Nothing follows “${node.id}” by its port “${name}”.`,
        "Draw an edge from it to the next node or to the end.",
      ),
    ];
  });
}

function wayIssues(graph: Graph): Issue[] {
  if (!graph.written.some(({ from }) => from === START)) {
    return [issueOf("no_start", joinPointer(graph.pointer, "edges"), "No edge leaves the start.")];
  }
  const reached = reachable(graph.outgoing);
  const unreached = [...graph.nodes.values()].filter(({ id }) => !reached.has(id));
  return [
    ...unreached.map(({ id, pointer }) =>
      issueOf("unreachable_node", pointer, `No way leads from the start to “${id}”.`),
    ),
    ...closingEdges([START, ...graph.nodes.keys()], graph.outgoing).map(({ pointer, from, to }) =>
      issueOf(
        "cycle",
        pointer,
        `This edge from “${from}” back to “${to}” closes a circle.`,
        "To do something again, put it into the body of a loop.",
      ),
    ),
    ...endIssues(graph, reached),
  ];
}

/** A type that isn't known may end its branch. */
function endIssues(graph: Graph, reached: ReadonlySet<string>): Issue[] {
  const ends = (id: string): boolean => {
    const node = graph.nodes.get(id);
    return node !== undefined && (node.manifest === undefined || isTerminal(node));
  };
  if (graph.incoming.has(END) || [...reached].some(ends)) return [];
  return [issueOf("no_end", joinPointer(graph.pointer, "edges"), "No way leads to the end.")];
}

function joinIssues(graph: Graph, { id, pointer, spec }: GraphNode): Issue[] {
  if (spec.join === undefined || (graph.incoming.get(id)?.length ?? 0) > 1) return [];
  return [issueOf("join_without_choice", joinPointer(pointer, "join"), `There is nothing to join at “${id}”.`)];
}
