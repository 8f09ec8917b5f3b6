/**
 * What others did to a run while it waited or was held: closed waits, resolved incidents, orders to cancel, pause or
 * retry, ended children. Compared with the state, so that looking twice tells nothing twice.
 */
import type { Json } from "@holdfast/dsl";
import { factOf, type NodeState, type RunEvent, type RunState } from "@holdfast/engine";
import type { RunFacts, StoredIncident, StoredWait } from "../store/load-run.ts";

export type Observation =
  /** A wait ended: its step gets this result. */
  | {
      readonly kind: "wait";
      readonly node: string;
      readonly port: string;
      readonly output: Json;
      readonly openedAt: number;
      readonly event: RunEvent;
    }
  /** A wait in the middle of a step ended: the step finds this result, and goes on. */
  | {
      readonly kind: "resumption";
      readonly node: string;
      readonly call: string;
      readonly port: string;
      readonly output: Json;
      readonly openedAt: number;
      readonly event: Extract<RunEvent, { type: "wait.ended" }>;
    }
  /** A person completed a step by hand. */
  | {
      readonly kind: "completed";
      readonly node: string;
      readonly port: string;
      readonly output: Json;
      readonly openedAt: number;
      readonly event: RunEvent;
    }
  | { readonly kind: "plain"; readonly event: RunEvent };

/** `floor`: no event may be older than this, the time of the last one. */
export function observe(state: RunState, facts: RunFacts, now: number, floor: number): readonly Observation[] {
  const found: Observation[] = [];
  const at = (time: number | null): number => Math.max(time ?? now, floor);
  for (const wait of facts.waits) {
    const observation = observeWait(state, wait, at(wait.closedAt));
    if (observation !== undefined) found.push(observation);
  }
  for (const incident of facts.incidents) {
    const observation = observeIncident(state, incident, at(incident.closedAt));
    if (observation !== undefined) found.push(observation);
  }
  for (const { node, ended, failure } of facts.children) {
    const fact = factOf(state, node);
    if (fact?.status !== "waiting" || fact.wait !== "children" || fact.ended >= ended) continue;
    const event: RunEvent = { type: "children.ended", node, ended, at: at(null) };
    found.push({ kind: "plain", event: failure === null ? event : { ...event, failure } });
  }
  for (const event of observeOrders(state, facts, at(null))) found.push({ kind: "plain", event });
  return found;
}

/** What people, or the parent, want of the run. */
function observeOrders(state: RunState, facts: RunFacts, at: number): readonly RunEvent[] {
  const events: RunEvent[] = [];
  if (facts.undoWanted && state.stop === undefined) {
    // That it had completed is told by its row alone.
    if (state.end === undefined) events.push({ type: "run.ended", status: "completed", at });
    events.push({ type: "run.undo", at });
  }
  if (facts.retryWanted && state.end?.status === "failed") events.push({ type: "run.retried", at });
  if (facts.cancelMode !== null && !alreadyCanceled(state, facts.cancelMode)) {
    events.push({ type: "run.canceled", mode: facts.cancelMode, at });
  }
  if (facts.pauseWanted !== state.paused && state.phase !== "ended") {
    events.push({ type: facts.pauseWanted ? "run.paused" : "run.resumed", at });
  }
  return events;
}

function alreadyCanceled(state: RunState, mode: "cancel" | "terminate"): boolean {
  if (state.phase === "ended") return true;
  if (mode === "terminate") return state.terminated !== undefined;
  return state.stop !== undefined;
}

function observeWait(state: RunState, wait: StoredWait, at: number): Observation | undefined {
  if (wait.status !== "resolved" && wait.status !== "expired") return undefined;
  const fact = factOf(state, wait.node);
  if (fact?.status !== "waiting" || (fact.wait !== "event" && fact.wait !== "time") || wait.result === null) {
    return undefined;
  }
  // A run that was taken up again may have waited here before.
  if (wait.openedAt < fact.since) return undefined;
  const { port } = wait.result;
  const { node, openedAt } = wait;
  const { attempt, resumes } = fact;
  const found = { node, port, output: wait.result.output ?? null, openedAt };
  if (resumes === undefined) {
    return { kind: "wait", ...found, event: { type: "step.completed", node, attempt, port, at } };
  }
  const { call, passage } = resumes;
  return { kind: "resumption", ...found, call, event: { type: "wait.ended", node, attempt, passage, at } };
}

function observeIncident(state: RunState, incident: StoredIncident, at: number): Observation | undefined {
  if (incident.status !== "resolved" || incident.resolution === null) return undefined;
  const fact = factOf(state, incident.node);
  if (fact === undefined) return undefined;
  const since = incident.of === "step" ? stepIncidentSince(fact) : undoIncidentSince(fact);
  if (since === undefined || incident.openedAt < since) return undefined;
  const { action, port, output } = incident.resolution;
  const event: RunEvent = { type: "incident.resolved", node: incident.node, action, port: port ?? "out", at };
  if (action !== "complete" || incident.of === "undo") return { kind: "plain", event };
  return {
    kind: "completed",
    node: incident.node,
    port: port ?? "out",
    output: output ?? null,
    openedAt: incident.openedAt,
    event,
  };
}

function stepIncidentSince(fact: NodeState): number | undefined {
  return fact.status === "waiting" && fact.wait === "incident" && fact.opened ? fact.since : undefined;
}

function undoIncidentSince(fact: NodeState): number | undefined {
  return "undo" in fact && fact.undo?.status === "incident" && fact.undo.opened ? fact.undo.since : undefined;
}
