/** The run's status as people see it. */
import type { Decision } from "./command.ts";
import type { RunState } from "./state.ts";

/** As in the taxonomy, without `queued`, which is a run that no host has begun. */
export type RunStatus = "running" | "waiting" | "paused" | "completed" | "failed" | "canceled";

/** @param decision what `decide` answers to this state. */
export function statusOf(state: RunState, decision: Decision): RunStatus {
  if (state.end !== undefined) return state.end.status;
  if (state.paused) return "paused";
  return decision.commands.length > 0 ? "running" : "waiting";
}
