/** The scenarios of a document, carried out on the server with the very engine that runs it. */
import { setImmediate as breathe } from "node:timers/promises";
import { EngineError } from "@holdfast/engine";
import { runScenario, type ScenarioFailure, type ScenarioSetup } from "@holdfast/engine/simulate";

export interface ScenarioOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly failures: readonly ScenarioFailure[];
}

/** All of them, in order. Between two of them others may have the processor. */
export async function runScenarios(setup: ScenarioSetup): Promise<readonly ScenarioOutcome[]> {
  const outcomes: ScenarioOutcome[] = [];
  for (const scenario of setup.flow.tests ?? []) {
    await breathe();
    try {
      const { passed, failures } = runScenario(setup, scenario);
      outcomes.push({ name: scenario.name, passed, failures });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      outcomes.push({ name: scenario.name, passed: false, failures: [{ pointer: "", message: error.message }] });
    }
  }
  return outcomes;
}
