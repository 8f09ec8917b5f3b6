import type { Issue } from "../document/issue.ts";
import { endsWithValue } from "../document/output-schema.ts";
import { issueOf } from "./codes.ts";
import type { Graph } from "./graph.ts";
import { reachedTogether } from "./together.ts";

/** A run has one output, so two nodes that give one must not both be reached. Each is told one rival, not all. */
export function outputIssues(graph: Graph): Issue[] {
  const giving = [...graph.nodes.values()].filter(
    ({ manifest, spec }) => manifest !== undefined && endsWithValue(manifest, spec.params),
  );
  const pairs = reachedTogether(graph, new Set(giving.map(({ id }) => id)));
  const rival = new Map(pairs.map(([first, second]) => [second, first]));
  return [...rival].flatMap(([second, first]) => {
    const pointer = graph.nodes.get(second)?.pointer;
    if (pointer === undefined) return [];
    const message = `One run can reach both “${first}” and “${second}”, and each gives an output.`;
    return [issueOf("ambiguous_output", pointer, message, "Let the branches meet in one node before the end.")];
  });
}
