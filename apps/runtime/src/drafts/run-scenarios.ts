/**
 * The scenarios of a document, carried out on the server with the very engine that runs it: in a thread of its own, so
 * that one without end holds nothing up, and is stopped.
 */
import { Worker } from "node:worker_threads";
import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { z } from "zod";
import { Problem } from "../problem/problem.ts";

/** What the thread is given. */
export interface ScenarioTask {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  /** Documents of flows that it invokes. */
  readonly flows: readonly FlowDocument[];
}

const outcomes = z.array(
  z.object({
    name: z.string(),
    passed: z.boolean(),
    failures: z.array(z.object({ pointer: z.string(), message: z.string() })),
  }),
);
export type ScenarioOutcome = z.infer<typeof outcomes>[number];

const PATIENCE_MS = 20_000;
const MEMORY_MB = 512;

/**
 * All of them, in order.
 * @param patienceMs For all of them together.
 * @throws Problem 422 `scenarios_endless`
 */
export async function runScenarios(
  task: ScenarioTask,
  patienceMs: number = PATIENCE_MS,
): Promise<readonly ScenarioOutcome[]> {
  if ((task.flow.tests ?? []).length === 0) return [];
  const worker = new Worker(new URL("scenario-thread.ts", import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const answer = Promise.withResolvers<unknown>();
  const refuse = (): void =>
    answer.reject(
      new Problem(422, "scenarios_endless", "The scenarios took too long and were stopped.", {
        pointer: "/tests",
        hint: "Look for a loop without end, or move the clock less far",
      }),
    );
  worker.once("message", answer.resolve);
  worker.once("error", (error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") refuse();
    else answer.reject(error);
  });
  const timer = setTimeout(refuse, patienceMs);
  try {
    return outcomes.parse(await answer.promise);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
