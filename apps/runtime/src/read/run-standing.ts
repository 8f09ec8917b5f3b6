/**
 * Where every node and edge of a run stands, as the engine tells it from what is stored. What others did to the run
 * since its last step is folded in, so that people see it before its holder does.
 */
import {
  derive,
  evolve,
  factOf,
  type NodeState,
  type Plan,
  type PlanNode,
  readyAt,
  type RunState,
} from "@holdfast/engine";
import { restore } from "../host/history.ts";
import { observe } from "../host/observe.ts";
import { type LoadedRun, loadRuns } from "../store/load-run.ts";
import { readVersions, type ReadVersion } from "./flow-versions.ts";
import type { Queryable } from "./queryable.ts";
import { iso, isoOrNull } from "./time.ts";

export interface NodeStanding {
  readonly status: "pending" | "scheduled" | "running" | "waiting" | "completed" | "failed" | "skipped" | "canceled";
  /** The port it was left by. */
  readonly port: string | null;
  /** The attempt that is due, under way, or was the last; 0: none was made. */
  readonly attempt: number;
  /** Since when it is so. */
  readonly at: string | null;
  /** For one that will be tried again. */
  readonly nextTryAt: string | null;
  /** For one that waits. */
  readonly wait: "time" | "event" | "children" | "incident" | null;
  /** What became of its compensation. */
  readonly undo: "scheduled" | "incident" | "done" | "failed" | "canceled" | null;
}

export interface EdgeStanding {
  readonly from: string;
  readonly port: string;
  readonly to: string;
  readonly status: "pending" | "taken" | "skipped";
}

export interface RunStanding {
  readonly version: ReadVersion;
  readonly nodes: { readonly [node: string]: NodeStanding };
  readonly edges: readonly EdgeStanding[];
}

/** Undefined: there is no such run, or its version has no plan. The caller has checked that the run may be seen. */
export async function runStanding(database: Queryable, id: string): Promise<RunStanding | undefined> {
  const [run] = await loadRuns(database, [id]);
  if (run === undefined) return undefined;
  const version = (await readVersions(database, [run.flowVersion])).get(run.flowVersion);
  const plan = version === undefined ? undefined : planOf(version, run);
  if (version === undefined || plan === undefined) return undefined;
  const now = await timeIn(database);
  const state = stateOf(plan, run, now);
  const { nodes, edges } = derive(plan, state);
  const attempts = attemptsOf(run);
  const standing = (node: PlanNode): NodeStanding => {
    const status = nodes[node.id] ?? "pending";
    const fact = factOf(state, node.id);
    const at = timeOf(fact, status) ?? (status === "pending" ? undefined : readyAt(plan, state, node));
    const nextTry = fact?.status === "scheduled" && fact.notBefore > now ? fact.notBefore : null;
    return {
      status: status === "scheduled" && nextTry === null && isHeld(run) ? "running" : status,
      attempt: (attempts.get(node.id) ?? 0) + (status === "scheduled" ? 1 : 0),
      at: at === undefined || !Number.isFinite(at) ? null : iso(at),
      nextTryAt: isoOrNull(nextTry),
      ...toldBy(fact),
    };
  };
  return { version, edges, nodes: Object.fromEntries(plan.order.map((node) => [node.id, standing(node)])) };
}

function toldBy(fact: NodeState | undefined): Pick<NodeStanding, "port" | "wait" | "undo"> {
  return {
    port: fact?.status === "completed" ? fact.port : null,
    wait: fact?.status === "waiting" ? fact.wait : null,
    undo: fact !== undefined && "undo" in fact ? (fact.undo?.status ?? null) : null,
  };
}

async function timeIn(database: Queryable): Promise<number> {
  const found = await database.query<{ now: number }>({
    name: "holdfast_now",
    text: "select holdfast.ms(holdfast.now()) as now",
  });
  return found.rows[0]?.now ?? 0;
}

const isHeld = (run: LoadedRun): boolean => run.owner !== null && run.status === "running";

function planOf({ plan }: ReadVersion, run: LoadedRun): Plan | undefined {
  if (plan === undefined || !run.body) return plan?.root;
  const { parentNode } = run;
  return parentNode !== null && Object.hasOwn(plan.bodies, parentNode) ? plan.bodies[parentNode] : undefined;
}

function stateOf(plan: Plan, run: LoadedRun, now: number): RunState {
  let { state } = restore(plan, run);
  const floor = Math.max(run.startedAt, run.steps.at(-1)?.at ?? 0);
  for (const { event } of observe(state, run, now, floor)) state = evolve(plan, state, event);
  return state;
}

function attemptsOf(run: LoadedRun): ReadonlyMap<string, number> {
  const attempts = new Map<string, number>();
  for (const step of run.steps) {
    if (step.call !== "undo") attempts.set(step.node, Math.max(step.attempt, attempts.get(step.node) ?? 0));
  }
  return attempts;
}

function timeOf(fact: NodeState | undefined, status: string): number | undefined {
  if (fact === undefined) return undefined;
  switch (fact.status) {
    case "scheduled":
      return fact.readyAt;
    case "waiting":
      return status === "waiting" ? fact.since : undefined;
    default:
      return fact.at;
  }
}
