/**
 * What is to be done now: everything that is outstanding, from facts, plan and the time alone.
 *
 * 1. Level-triggered: the same state and time give the same commands; only an event takes one away.
 * 2. A command's id tells what it is about, counted per node, never over the run: a host that has it in hand knows it
 *    again, and parallel branches can't shift each other's ids.
 * 3. Commands stand in the plan's order, whatever the order of keys or of arrivals.
 * 4. An active run always has a command, a time to wake up, a pause, or a wait for something from outside.
 * 5. A run that stops begins nothing: it closes what is open, and only when nothing is, it compensates, one step at a
 *    time against commit order; then it ends.
 * 6. A pause begins nothing (no attempt, child or compensation); waits end, deadlines and the time to finish run on.
 * 7. A compensation whose outcome a person has to tell holds up the end; `terminate` does not wait for it.
 */
import { Agenda } from "./agenda.ts";
import { at } from "./at.ts";
import type { Command, Decision } from "./command.ts";
import { decideChildren, decideStep, decideWait, openIncident } from "./decide-step.ts";
import { attemptOf } from "./evolve-undo.ts";
import { FINISH_TIMEOUT } from "./evolve-run.ts";
import { matters } from "./failure.ts";
import type { Plan, PlanNode } from "./plan.ts";
import { DEFAULT_TIMEOUT } from "./retry.ts";
import { OPEN, PENDING, READY, settle } from "./settle.ts";
import type { Settlement } from "./settle.ts";
import type { NodeState, RunState, StopReason } from "./state.ts";
import { nextUndo } from "./undo.ts";

const NOTHING: Decision = { commands: [] };

/** @param now milliseconds since the epoch. */
export function decide(plan: Plan, state: RunState, now: number): Decision {
  if (state.phase === "ended") return NOTHING;
  const agenda = new Agenda(now);
  const settlement = settle(plan, state);
  if (isStopped(state)) unwind(agenda, plan, state, settlement);
  else walk(agenda, plan, state, settlement);
  return agenda.decision();
}

function walk(agenda: Agenda, plan: Plan, state: RunState, settlement: Settlement): void {
  const { finishTimeout } = plan;
  if (finishTimeout !== undefined && agenda.isDue(state.startedAt + finishTimeout)) {
    agenda.add({ type: "timeOut", id: "timeOut", error: FINISH_TIMEOUT });
    return;
  }
  let over = true;
  for (const node of plan.order) {
    const standing = settlement.standing[node.index];
    if (standing === PENDING) over = false;
    if (standing !== READY && standing !== OPEN) continue;
    over = false;
    const fact = settlement.facts[node.index];
    if (settlement.cut?.has(node.index) === true) close(agenda, state, node, fact);
    else proceed(agenda, node, fact, { paused: state.paused, readyAt: at(settlement.at, node.index) });
  }
  if (over) agenda.add(completion(plan, settlement));
}

interface Situation {
  readonly paused: boolean;
  readonly readyAt: number;
}

function proceed(agenda: Agenda, node: PlanNode, fact: NodeState | undefined, { paused, readyAt }: Situation): void {
  if (fact?.status === "waiting") {
    if (fact.wait === "children") decideChildren(agenda, node, fact, paused);
    else if (fact.wait === "incident") openIncident(agenda, node, fact);
    else decideWait(agenda, node, fact);
  } else if (!paused) {
    decideStep(agenda, node, fact?.status === "scheduled" ? fact : undefined, readyAt);
  }
}

/** Nothing is left. Two ends with an output can't both be reached in a valid flow; the first in commit order counts. */
function completion(plan: Plan, settlement: Settlement): Command {
  let outputOf: string | undefined;
  let first = Infinity;
  for (const { id, index } of plan.terminals) {
    const fact = settlement.facts[index];
    if (fact?.status !== "completed" || fact.hasOutput !== true || fact.order > first) continue;
    outputOf = id;
    first = fact.order;
  }
  return { type: "end", id: "end", status: "completed", ...(outputOf !== undefined && { outputOf }) };
}

type StoppedState = RunState & { readonly stop: StopReason };

function isStopped(state: RunState): state is StoppedState {
  return state.stop !== undefined;
}

function unwind(agenda: Agenda, plan: Plan, state: StoppedState, settlement: Settlement): void {
  let open = false;
  for (const node of plan.order) {
    const standing = settlement.standing[node.index];
    if (standing !== READY && standing !== OPEN) continue;
    open = true;
    close(agenda, state, node, settlement.facts[node.index]);
  }
  if (!open && !compensate(agenda, plan, state)) agenda.add(stopped(state.stop));
}

/** An unknown outcome on which a compensation hangs waits for its answer; everything else is closed. */
function close(agenda: Agenda, state: RunState, node: PlanNode, fact: NodeState | undefined): void {
  if (
    fact?.status === "waiting" &&
    fact.wait === "incident" &&
    fact.incident === "unknown_outcome" &&
    matters(state, node)
  ) {
    openIncident(agenda, node, fact);
  } else {
    const attempt = fact?.attempt ?? 1;
    agenda.add({ type: "cancelStep", id: `cancel/${node.id}#${attempt}`, node: node.id, of: "step" });
  }
}

/** Whether there is something to wait for before the run can end. */
function compensate(agenda: Agenda, plan: Plan, state: StoppedState): boolean {
  const due = nextUndo(plan, state);
  if (due === undefined) return false;
  const { node, part, undo } = due;
  if (state.terminated !== undefined) {
    if (state.terminated.closing !== node.id) return false;
    agenda.add({ type: "cancelStep", id: `cancel/undo/${node.id}#${attemptOf(due)}`, node: node.id, of: "undo" });
  } else if (undo?.status === "incident") {
    if (!undo.opened) {
      const { attempt, error } = undo;
      const id = `incident/undo/${node.id}#${attempt}`;
      agenda.add({
        type: "openIncident",
        id,
        node: node.id,
        incident: "compensation_failed",
        attempt,
        error,
        of: "undo",
      });
    }
  } else if (!state.paused && (undo === undefined || agenda.isDue(undo.notBefore))) {
    agenda.add(undoCommand(node, part, attemptOf(due), state.stop.at));
  }
  return true;
}

function undoCommand(node: PlanNode, part: "self" | "children", attempt: number, readyAt: number): Command {
  if (part === "children") return { type: "undoChildren", id: `undoChildren/${node.id}#${attempt}`, node: node.id };
  const timeout = DEFAULT_TIMEOUT;
  return { type: "undo", id: `undo/${node.id}#${attempt}`, node: node.id, attempt, readyAt, timeout };
}

function stopped(stop: StopReason): Command {
  return "error" in stop
    ? { type: "end", id: "end", status: "failed", error: stop.error }
    : { type: "end", id: "end", status: "canceled" };
}
