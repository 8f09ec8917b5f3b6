/**
 * Between the engine's events and the rows that keep them. Attempts that ended are step rows; everything else is in
 * the stored state. So a run's state is its stored state with the later step rows folded over it.
 */
import { evolve, initialState, type Plan, type RunEvent, type RunState, upcast } from "@holdfast/engine";
import type { LoadedRun, StoredStep } from "../store/load-run.ts";

/** The call of a compensation. */
const UNDO = "undo";

/** The calls whose rows tell what became of a step, or of its compensation; all others are parts of a step. */
const WHOLE: ReadonlySet<string> = new Set(["main", UNDO, "repair"]);

function eventOfStep(step: StoredStep): RunEvent | undefined {
  const { node, attempt, at } = step;
  if (step.status === "canceled" || !WHOLE.has(step.call)) return undefined;
  if (step.status === "failed") {
    const error = step.error ?? { kind: "error", code: "unknown", message: "" };
    const jitter = step.jitter ?? 0;
    return step.call === UNDO
      ? { type: "undo.failed", node, attempt, error, jitter, at }
      : { type: "step.failed", node, attempt, error, jitter, startedAt: step.startedAt, at };
  }
  if (step.call === UNDO) return { type: "undo.completed", node, at };
  const port = step.port ?? "out";
  return step.hasOutput
    ? { type: "step.completed", node, attempt, port, hasOutput: true, at }
    : { type: "step.completed", node, attempt, port, at };
}

/** The state of a run as its rows tell it, and the position of its last step. */
export function restore(plan: Plan, run: LoadedRun): { state: RunState; seq: number } {
  let state = run.state === null ? initialState(run.startedAt) : upcast(run.state);
  let seq = run.stateSeq;
  for (const step of run.steps) {
    if (step.seq <= run.stateSeq) continue;
    const event = eventOfStep(step);
    if (event !== undefined) state = evolve(plan, state, event);
    seq = step.seq;
  }
  return { state, seq };
}
