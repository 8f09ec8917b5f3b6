/** Which compensation is next. They run one by one, against commit order. */
import type { Plan, PlanNode } from "./plan.ts";
import { factOf } from "./state.ts";
import type { CanceledState, CompletedState, FailedState, RunState, UndoPart, UndoState } from "./state.ts";

/** A step that is over, and so can have something to compensate. */
export type OverState = CompletedState | FailedState | CanceledState;

/** A step with a compensation that isn't over. */
export interface DueUndo {
  readonly node: PlanNode;
  readonly fact: OverState;
  readonly part: UndoPart;
  /** Absent: nothing is known to have been tried. */
  readonly undo?: Extract<UndoState, { readonly status: "scheduled" | "incident" }>;
}

/** The step that is to be compensated now: the last in commit order whose compensation isn't over. */
export function nextUndo(plan: Plan, state: RunState): DueUndo | undefined {
  let next: DueUndo | undefined;
  for (const node of plan.undoable) {
    const due = dueUndo(state, node);
    if (due !== undefined && (next === undefined || due.fact.order > next.fact.order)) next = due;
  }
  return next;
}

/** What is left to compensate of a step; undefined if there is nothing, or nothing any more. */
export function dueUndo(state: RunState, node: PlanNode): DueUndo | undefined {
  const fact = factOf(state, node.id);
  if (fact === undefined || fact.status === "scheduled" || fact.status === "waiting") return undefined;
  const { undo } = fact;
  if (undo === undefined) {
    const part = firstPart(node, fact);
    return part && { node, fact, part };
  }
  return undo.status === "scheduled" || undo.status === "incident" ? { node, fact, part: undo.of, undo } : undefined;
}

/** Its own compensation comes first: the loop completed after everything in it. It has one only if it completed. */
function firstPart(node: PlanNode, fact: OverState): UndoPart | undefined {
  if (node.compensate !== undefined && fact.status === "completed") return "self";
  return node.undoesChildren ? "children" : undefined;
}
