/** The thread in which scenarios are carried out: it answers with what came of each. */
import { parentPort, workerData } from "node:worker_threads";
import { manifestsFor } from "@holdfast/dsl";
import { EngineError } from "@holdfast/engine";
import { runScenario, SimulationError } from "@holdfast/engine/simulate";
import { controlNodes } from "@holdfast/nodes/control";
import type { ScenarioOutcome, ScenarioTask } from "./run-scenarios.ts";

function outcomesOf({ flow, flows, manifests }: ScenarioTask): readonly ScenarioOutcome[] {
  const setup = {
    flow,
    flows: new Map(flows.map((other) => [other.id, other])),
    manifests: manifestsFor(flow, manifests),
    controls: controlNodes,
  };
  return (flow.tests ?? []).map((scenario): ScenarioOutcome => {
    const { name } = scenario;
    try {
      const { passed, failures } = runScenario(setup, scenario);
      return { name, passed, failures: failures.map(({ pointer, message }) => ({ pointer, message })) };
    } catch (error) {
      if (!(error instanceof EngineError) && !(error instanceof SimulationError)) throw error;
      return { name, passed: false, failures: [{ pointer: "", message: error.message }] };
    }
  });
}

const isTask = (data: unknown): data is ScenarioTask => typeof data === "object" && data !== null && "flow" in data;

const task: unknown = workerData;
if (!isTask(task)) throw new Error("the thread was given nothing to do");
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(outcomesOf(task));
