/**
 * What the expressions of a node read. Only the nodes that an expression mentions are loaded.
 */
import type { Json, Reference, Roots } from "@holdfast/dsl";
import { factOf } from "@holdfast/engine";
import type { RunFile } from "./run-file.ts";

/** Roots for these references. `now`: the time of the checkpoint that made the node ready, milliseconds. */
export async function expressionRoots(run: RunFile, references: readonly Reference[], now: number): Promise<Roots> {
  const { scope, flow } = run.identity;
  const wanted = nodesToLoad(run, references);
  if (wanted.length > 0 && !run.facts.has(wanted)) await run.facts.load(run.context.database, scope.runs, wanted);
  const nodes: { [id: string]: Json } = {};
  const ports: { [id: string]: Json } = {};
  const errors: { [id: string]: Json } = {};
  for (const id of wanted) {
    const result = run.facts.get(id);
    if (result === undefined) continue;
    if (result.port !== null) {
      nodes[id] = result.output;
      ports[id] = result.port;
    } else if (result.error !== null) {
      const { kind, code, message } = result.error;
      errors[id] = { kind, code, message, attempts: result.attempts };
    }
  }
  const { item, index, last } = run.identity.roots;
  const roots: { [root: string]: Json | undefined } = {
    input: scope.input,
    trigger: scope.trigger,
    nodes,
    ports,
    errors,
    run: {
      id: scope.runId,
      flow: flow.id,
      version: flow.version,
      startedAt: iso(scope.startedAt),
      requester: scope.requester ?? null,
      now: iso(now),
    },
  };
  if (item !== undefined) roots["item"] = item;
  if (index !== undefined) roots["index"] = index;
  if (last !== undefined) roots["last"] = last;
  return roots;
}

export const iso = (ms: number): string => new Date(ms).toISOString();

/** Nodes that are mentioned and over; a node of this run that is not over is absent, without a look into the tables. */
function nodesToLoad(run: RunFile, references: readonly Reference[]): readonly string[] {
  const ids = new Set<string>();
  for (const { root, id } of references) {
    if (id === undefined || (root !== "nodes" && root !== "ports" && root !== "errors")) continue;
    if (Object.hasOwn(run.identity.plan.nodes, id)) {
      const status = factOf(run.state, id)?.status;
      if (status !== "completed" && status !== "failed") continue;
    }
    ids.add(id);
  }
  return [...ids];
}
