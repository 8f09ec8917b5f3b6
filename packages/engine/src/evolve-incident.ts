/** Incidents, of steps and of compensations. */
import { DEFAULT_PORT } from "@holdfast/dsl";
import type { RunEvent } from "./event.ts";
import { undoIncidentOpened, undoIncidentResolved } from "./evolve-undo.ts";
import { isAbandoned, isReached, progressOf, readyAtOf, withFact, withFailure, withFinal } from "./facts.ts";
import type { Plan, PlanNode } from "./plan.ts";
import { factOf } from "./state.ts";
import type { IncidentState, RunState } from "./state.ts";

type Of<T extends RunEvent["type"]> = Extract<RunEvent, { readonly type: T }>;

/** Either the answer to `openIncident`, or something that only the host can notice. */
export function incidentOpened(plan: Plan, state: RunState, node: PlanNode, event: Of<"incident.opened">): RunState {
  const of = event.of ?? (event.incident === "compensation_failed" ? "undo" : "step");
  if (of === "undo") return undoIncidentOpened(plan, state, node, event);
  const fact = factOf(state, node.id);
  if (fact === undefined) return isReached(plan, state, node) ? withIncident(plan, state, node, event) : state;
  switch (fact.status) {
    case "scheduled":
      return fact.attempt === event.attempt ? withIncident(plan, state, node, event) : state;
    case "waiting":
      return fact.wait === "incident" && !fact.opened && fact.attempt === event.attempt
        ? withFact(state, node.id, { ...fact, opened: true })
        : state;
    default:
      return state;
  }
}

/** A person's answer. Where the run stops, or went on without the step, there is nothing left to try again. */
export function incidentResolved(
  plan: Plan,
  state: RunState,
  node: PlanNode,
  event: Of<"incident.resolved">,
): RunState {
  const fact = factOf(state, node.id);
  if (fact?.status !== "waiting" || fact.wait !== "incident") {
    return event.of === "step" ? state : undoIncidentResolved(state, node, event);
  }
  const { attempt } = fact;
  if (event.attempt !== undefined && event.attempt !== attempt) return state;
  const abandoned = isAbandoned(plan, state, node);
  const { at } = event;
  if (event.action === "complete") {
    const port = event.port ?? DEFAULT_PORT;
    return withFinal(state, node.id, {
      status: "completed",
      port,
      at,
      attempt,
      ...(event.hasOutput === true && { hasOutput: true }),
    });
  }
  if (event.action === "fail" || abandoned) return withFailure(state, node, { ...fact, at }, abandoned);
  return withRetry(state, node, fact, at);
}

/** A new round of attempts. Who orders it after an unknown outcome knows that the target may not know the key. */
function withRetry(state: RunState, node: PlanNode, fact: IncidentState, at: number): RunState {
  return withFact(state, node.id, {
    status: "scheduled",
    attempt: fact.attempt + 1,
    base: fact.attempt,
    keySince: fact.incident === "unknown_outcome" ? at : fact.keySince,
    notBefore: 0,
    since: at,
    readyAt: fact.readyAt,
    phase: fact.phase,
    ...(fact.children !== undefined && { children: fact.children }),
    lastError: fact.error,
  });
}

function withIncident(plan: Plan, state: RunState, node: PlanNode, event: Of<"incident.opened">): RunState {
  const fact = factOf(state, node.id);
  const ready = readyAtOf(plan, state, node);
  const progress = progressOf(fact, ready);
  return withFact(state, node.id, {
    status: "waiting",
    wait: "incident",
    since: event.at,
    incident: event.incident,
    ...progress,
    error: event.error,
    opened: true,
    phase: fact?.status === "scheduled" ? fact.phase : "begin",
    ...(fact?.status === "scheduled" && fact.children !== undefined && { children: fact.children }),
    readyAt: ready,
  });
}
