/** Steps that are in no table, since the engine knows them without: those under way, due, or skipped. */
import type { StepView } from "./run-view.ts";
import type { RunStanding } from "./run-standing.ts";

const SHOWN: ReadonlySet<string> = new Set(["scheduled", "running", "skipped"]);

/** In the order of the plan. */
export function derivedSteps(standing: RunStanding | undefined, startedAt: string): readonly StepView[] {
  return Object.entries(standing?.nodes ?? {}).flatMap(([node, { status, attempt, at }]) => {
    if (status === "pending" || !SHOWN.has(status)) return [];
    const number = Math.max(1, attempt);
    const step: StepView = {
      id: `${node}:main:${number}`,
      node,
      call: "main",
      attempt: number,
      status,
      port: null,
      input: null,
      output: null,
      error: null,
      meta: null,
      startedAt: at ?? startedAt,
      finishedAt: status === "skipped" ? (at ?? startedAt) : null,
    };
    return [step];
  });
}
