/** How the nodes and edges of a test run stand, as they would in production. */
import type { StepError } from "@holdfast/dsl";
import type { NodeState } from "@holdfast/engine";
import type { OpenQuestion, Simulation } from "@holdfast/engine/simulate";
import type { Told, WaitSeen } from "./story.ts";

export type NodeStanding =
  | "pending"
  | "asked"
  | "running"
  | "retrying"
  | "waiting"
  | "incident"
  | "completed"
  | "failed"
  | "skipped"
  | "canceled";

export interface NodeLook {
  readonly standing: NodeStanding;
  /** The try, from 1. */
  readonly attempt: number;
  /** The port it left by. */
  readonly port?: string;
  /** When it completed, failed or began to wait. */
  readonly at?: number;
  readonly wait?: WaitSeen;
  /** Of the next try. */
  readonly again?: number;
  readonly error?: StepError;
  /** Of a loop or a called flow. */
  readonly children?: Children;
  /** It was answered rather than executed. */
  readonly given: boolean;
}

export interface Children {
  readonly total: number;
  readonly ended: number;
  /** The runs, by number. */
  readonly runs: readonly string[];
}

export type EdgeLook = "pending" | "taken" | "skipped";

export interface Looks {
  readonly nodes: ReadonlyMap<string, NodeLook>;
  /** By `from|port|to`. */
  readonly edges: ReadonlyMap<string, EdgeLook>;
}

export const edgeKey = (from: string, port: string, to: string): string => `${from}|${port}|${to}`;

/** The runs that are shown: the root, and one iteration of each loop. */
export function looksOf(simulation: Simulation, told: Told, runs: readonly string[]): Looks {
  const nodes = new Map<string, NodeLook>();
  const edges = new Map<string, EdgeLook>();
  const questions = simulation.questions;
  for (const run of runs) {
    const view = simulation.view(run);
    const facts = simulation.stateOf(run).nodes;
    const given = new Set(
      told.entries.flatMap((entry) =>
        entry.run === run && entry.answer !== undefined && entry.node !== undefined ? [entry.node] : [],
      ),
    );
    for (const [node, status] of Object.entries(view.nodes)) {
      const fact = Object.hasOwn(facts, node) ? facts[node] : undefined;
      nodes.set(node, {
        ...lookOf(status, fact, isAsked(questions, run, node)),
        ...waitPart(told, run, node),
        ...childrenPart(simulation, fact, `${run}/${node}.`),
        given: given.has(node),
      });
    }
    for (const { from, port, to, status } of view.edges) edges.set(edgeKey(from, port, to), status);
  }
  return { nodes, edges };
}

function isAsked(questions: readonly OpenQuestion[], run: string, node: string): boolean {
  return questions.some((question) => question.run === run && question.node === node);
}

type Status = "pending" | "scheduled" | "waiting" | "completed" | "failed" | "skipped" | "canceled";

function lookOf(status: Status, fact: NodeState | undefined, asked: boolean): Omit<NodeLook, "given"> {
  if (fact === undefined) return { standing: standingOf(status, undefined, asked), attempt: 1 };
  return {
    standing: standingOf(status, fact, asked),
    attempt: fact.attempt,
    ...(fact.status === "completed" && { port: fact.port, at: fact.at }),
    ...(fact.status === "failed" && { error: fact.error, at: fact.at }),
    ...(fact.status === "waiting" && { at: fact.since }),
    ...(fact.status === "waiting" && fact.wait === "incident" && { error: fact.error }),
    ...(fact.status === "scheduled" && fact.notBefore > 0 && { again: fact.notBefore }),
    ...(fact.status === "scheduled" && fact.lastError !== undefined && { error: fact.lastError }),
  };
}

function standingOf(status: Status, fact: NodeState | undefined, asked: boolean): NodeStanding {
  if (fact !== undefined && "undo" in fact && fact.undo?.status === "incident") return "incident";
  if (status === "scheduled") {
    if (asked) return "asked";
    return fact?.status === "scheduled" && fact.lastError !== undefined ? "retrying" : "running";
  }
  if (status !== "waiting") return status;
  if (fact?.status !== "waiting") return "waiting";
  if (fact.wait === "children") return "running";
  return fact.wait === "incident" ? "incident" : "waiting";
}

function waitPart(told: Told, run: string, node: string): { wait?: WaitSeen } {
  const wait = told.waits.findLast((one) => one.run === run && one.node === node);
  return wait === undefined ? {} : { wait };
}

function childrenPart(simulation: Simulation, fact: NodeState | undefined, prefix: string): { children?: Children } {
  const runs = simulation.runs.filter((id) => id.startsWith(prefix) && !id.slice(prefix.length).includes("/"));
  if (runs.length === 0) return {};
  const waiting = fact?.status === "waiting" && fact.wait === "children" ? fact : undefined;
  return {
    children: {
      runs,
      total: waiting === undefined ? runs.length : waiting.first + waiting.total,
      ended: waiting?.ended ?? runs.length,
    },
  };
}
