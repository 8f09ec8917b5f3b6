/** Tells a run how a step ended, and keeps what it gave. */
import type { Json, StepError } from "@holdfast/dsl";
import { resumptionOf } from "../state.ts";
import type { SimRun } from "./sim-run.ts";
import type { World } from "./world.ts";

/** A step has its result. */
export function complete(
  world: World,
  run: SimRun,
  result: { readonly node: string; readonly attempt: number; readonly port: string; readonly value: Json | undefined },
): void {
  const { node, attempt, port, value } = result;
  const resumption = resumptionOf(run.state, node);
  if (resumption !== undefined && value !== undefined) {
    goOn(world, run, { node, attempt, ...resumption }, value);
    return;
  }
  const terminal = run.plan.terminals.some(({ id }) => id === node);
  if (value !== undefined) run.outputs.set(node, value);
  run.waits.delete(node);
  world.tell(
    run,
    { type: "step.completed", node, attempt, port, ...(terminal && value !== undefined && { hasOutput: true }) },
    value === undefined ? {} : { output: value },
  );
}

/** A wait in the middle of a step has ended: the step goes on, and finds what the wait gave. */
function goOn(
  world: World,
  run: SimRun,
  wait: { readonly node: string; readonly attempt: number; readonly call: string; readonly passage: number },
  value: Json,
): void {
  const { node, attempt, call, passage } = wait;
  run.waits.delete(node);
  run.waited.set(node, { ...run.waited.get(node), [call]: value });
  world.tell(run, { type: "wait.ended", node, attempt, passage }, { output: value });
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
