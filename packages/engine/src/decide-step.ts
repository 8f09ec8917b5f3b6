/** What one step needs next. */
import type { StepError } from "@holdfast/dsl";
import type { Agenda } from "./agenda.ts";
import { totalTimeoutError } from "./failure.ts";
import type { PlanNode } from "./plan.ts";
import type { ChildrenState, IncidentState, ScheduledState, WaitState } from "./state.ts";
import { nextWindow } from "./window.ts";

/** An attempt, the first one or another. */
export function decideStep(agenda: Agenda, node: PlanNode, fact: ScheduledState | undefined, readyAt: number): void {
  if (fact === undefined) {
    const timeout = node.totalTimeout === undefined ? node.timeout : Math.min(node.timeout, node.totalTimeout);
    agenda.add({
      type: "execute",
      id: `execute/${node.id}#1`,
      node: node.id,
      attempt: 1,
      phase: "begin",
      readyAt,
      timeout,
    });
    return;
  }
  if (!agenda.isDue(fact.notBefore)) return;
  const { attempt, phase } = fact;
  const left = node.totalTimeout === undefined ? Infinity : fact.since + node.totalTimeout - agenda.now;
  if (left <= 0) {
    agenda.add({
      type: "failStep",
      id: `fail/${node.id}#${attempt}`,
      node: node.id,
      attempt,
      error: totalTimeoutError(fact.lastError),
    });
  } else if (isKeyForgotten(node, fact, agenda.now)) {
    const id = `incident/${node.id}#${attempt}`;
    agenda.add({
      type: "openIncident",
      id,
      node: node.id,
      incident: "unknown_outcome",
      attempt,
      error: KEY_FORGOTTEN,
      of: "step",
    });
  } else {
    const timeout = Math.min(node.timeout, left);
    const { readyAt: since, passage } = fact;
    agenda.add({
      type: "execute",
      id: passageId(node, fact),
      node: node.id,
      attempt,
      phase,
      readyAt: since,
      timeout,
      ...(passage !== undefined && { passage }),
    });
  }
}

function passageId(node: PlanNode, { attempt, phase, children, passage }: ScheduledState): string {
  if (phase === "resume") return `resume/${node.id}#${attempt}.${children}`;
  return passage === undefined ? `execute/${node.id}#${attempt}` : `execute/${node.id}#${attempt}.${passage}`;
}

/** A wait for a time or an event: only its deadline is the engine's business. */
export function decideWait(agenda: Agenda, node: PlanNode, fact: WaitState): void {
  if (fact.deadline === undefined || !agenda.isDue(fact.deadline.at)) return;
  const { attempt } = fact;
  const { at: deadline, port } = fact.deadline;
  agenda.add({ type: "expire", id: `expire/${node.id}#${attempt}`, node: node.id, attempt, port, deadline });
}

export function decideChildren(agenda: Agenda, node: PlanNode, fact: ChildrenState, paused: boolean): void {
  const { attempt, first } = fact;
  const key = `${node.id}#${attempt}.${first}`;
  if (fact.failure !== undefined || fact.expired !== undefined) {
    agenda.add({ type: "cancelChildren", id: `cancelChildren/${key}`, node: node.id });
  } else if (fact.deadline !== undefined && agenda.isDue(fact.deadline)) {
    agenda.add({ type: "failStep", id: `fail/${key}`, node: node.id, attempt, error: CHILDREN_TOO_SLOW });
  } else if (!paused) {
    const window = nextWindow(fact);
    if (window === undefined || !agenda.isDue(fact.notBefore)) return;
    agenda.add({ type: "startChildren", id: `start/${node.id}#${attempt}.${window.from}`, node: node.id, ...window });
  }
}

export function openIncident(agenda: Agenda, node: PlanNode, fact: IncidentState): void {
  if (fact.opened) return;
  const { incident, attempt, error } = fact;
  agenda.add({
    type: "openIncident",
    id: `incident/${node.id}#${attempt}`,
    node: node.id,
    incident,
    attempt,
    error,
    of: "step",
  });
}

/** After `keyRetention` the target may take a repeated call for a new one. */
function isKeyForgotten(node: PlanNode, fact: ScheduledState, now: number): boolean {
  return node.effect === "keyed" && fact.phase === "begin" && now - fact.keySince >= node.keyRetention;
}

const KEY_FORGOTTEN: StepError = {
  kind: "unknown",
  code: "key_expired",
  message: "The target may have forgotten the key of the earlier attempt, so trying again could do it twice.",
};

const CHILDREN_TOO_SLOW: StepError = {
  kind: "fatal",
  code: "children_timeout",
  message: "What the step started was not over in time.",
};
