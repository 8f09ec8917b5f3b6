/**
 * A run that was started and carried to its end by one process, as reading it shows it: whoever starts runs and awaits
 * their ends, thousands a second, needs no question to the database for each.
 */
import type { NewRun } from "../host/new-run.ts";
import type { RunEnd } from "../host/run-end.ts";
import { refersToPayload } from "../read/payloads.ts";
import { runViewOf } from "../read/runs.ts";
import type { RunView } from "../read/run-view.ts";

/** Undefined where only the database can tell: large values stand in a place of their own. */
export function viewOfEnded(run: NewRun, end: RunEnd): RunView | undefined {
  const { flow, input, startedAt } = run;
  if (startedAt === null || run.child !== undefined) return undefined;
  // What models cost is told by their ledger.
  if (flow.asksModels) return undefined;
  if (end.outputIsLarge || refersToPayload(input) || refersToPayload(end.output)) return undefined;
  return runViewOf(
    {
      id: run.id,
      flow: flow.id,
      version: flow.version,
      status: end.status,
      started_at: startedAt,
      finished_at: end.at,
      actor: run.actor,
      requester: run.requester ?? null,
      parent: null,
      parent_node: null,
      iteration: null,
      error: end.error ?? null,
      trigger: run.trigger,
      idempotency_key: run.idempotencyKey ?? null,
      canceling: false,
      pausing: false,
    },
    { input, output: end.output, waits: [], models: null },
  );
}
