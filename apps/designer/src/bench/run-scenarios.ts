/** Runs every scenario of a flow, a few milliseconds at a time, so that the page never stands still. */
import type { Scenario } from "@holdfast/dsl";
import { type ScenarioFailure, runScenario } from "@holdfast/engine/simulate";
import type { Came } from "./model/failures.ts";
import type { World } from "./model/play.ts";

export interface Verdict {
  readonly name: string;
  readonly passed: boolean;
  readonly failures: readonly ScenarioFailure[];
  /** What came of it; absent where it could not be played. */
  readonly came?: Came;
}

/** The very function that publishing and the command line use. */
function verdictOn({ flow, flows, controls, manifests }: World, scenario: Scenario): Verdict {
  const setup = { flow, flows, controls, manifests: (type: string) => manifests.get(type) };
  try {
    const { passed, failures, status, output } = runScenario(setup, scenario);
    return { name: scenario.name, passed, failures, came: { status, output } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { name: scenario.name, passed: false, failures: [{ pointer: "", message }] };
  }
}

/** How long it works before others have their turn. Milliseconds. */
const SLICE = 8;

/** @returns stops it */
export function runAll(world: World, tell: (verdicts: readonly Verdict[], finished: boolean) => void): () => void {
  const scenarios = world.flow.tests ?? [];
  const verdicts: Verdict[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = (): void => {
    const until = performance.now() + SLICE;
    while (verdicts.length < scenarios.length && performance.now() < until) {
      const scenario = scenarios[verdicts.length];
      if (scenario !== undefined) verdicts.push(verdictOn(world, scenario));
    }
    const finished = verdicts.length === scenarios.length;
    tell([...verdicts], finished);
    timer = finished ? undefined : setTimeout(go, 0);
  };
  timer = setTimeout(go, 0);
  return () => clearTimeout(timer);
}
