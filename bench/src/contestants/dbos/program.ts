/** DBOS in a process of its own, as its documentation sets it up: workflows and steps are functions. */
import { DBOS } from "@dbos-inc/dbos-sdk";
import { closedLoop, type Load, type LoadResult } from "../../load/closed-loop.ts";
import { randomPause } from "../../load/random-pause.ts";
import { serve } from "../../process/serve.ts";

const STEPS = ["a", "b", "c", "d", "e"];

const fiveSteps = DBOS.registerWorkflow(
  async () => {
    for (const name of STEPS) await DBOS.runStep(async () => null, { name });
  },
  { name: "fiveSteps" },
);

const fivePauses = DBOS.registerWorkflow(
  async () => {
    for (const name of STEPS) await DBOS.runStep(randomPause, { name });
  },
  { name: "fivePauses" },
);

const WORKFLOWS = { "five-steps": fiveSteps, "five-pauses": fivePauses };

export const methods = {
  async start({ databaseUrl }: { databaseUrl: string }): Promise<void> {
    DBOS.setConfig({ name: "holdfast-bench", systemDatabaseUrl: databaseUrl });
    await DBOS.launch();
  },

  load: ({ flow, ...load }: Load & { flow: keyof typeof WORKFLOWS }): Promise<LoadResult> =>
    closedLoop(load, WORKFLOWS[flow]),
};

serve(methods);
