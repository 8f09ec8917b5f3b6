/** Tells a run how a step ended, and keeps what it gave. */
import type { Json, StepError } from "@holdfast/dsl";
import type { SimRun } from "./sim-run.ts";
import type { World } from "./world.ts";

/** A step has its result. */
export function complete(
  world: World,
  run: SimRun,
  result: { readonly node: string; readonly attempt: number; readonly port: string; readonly value: Json | undefined },
): void {
  const { node, attempt, port, value } = result;
  const terminal = run.plan.terminals.some(({ id }) => id === node);
  if (value !== undefined) run.outputs.set(node, value);
  run.waits.delete(node);
  world.tell(
    run,
    { type: "step.completed", node, attempt, port, ...(terminal && value !== undefined && { hasOutput: true }) },
    value === undefined ? {} : { output: value },
  );
}

/** An attempt has failed. */
export function fail(
  world: World,
  run: SimRun,
  step: { readonly node: string; readonly attempt: number },
  error: StepError,
): void {
  const { node, attempt } = step;
  world.tell(run, { type: "step.failed", node, attempt, error, jitter: world.setup.jitter ?? 0 });
}
