/** graphile-worker by itself: from adding a job to the begin of its task, with its default preset. */
import { makeWorkerUtils, run, type WorkerUtils } from "graphile-worker";
import { setTimeout as delay } from "node:timers/promises";
import { serve } from "../../process/serve.ts";

let utils: WorkerUtils | undefined;
let begun: (() => void) | undefined;

function nextBegin(): Promise<void> {
  return new Promise((resolve) => {
    begun = resolve;
  });
}

export const methods = {
  async start({ databaseUrl }: { databaseUrl: string }): Promise<void> {
    utils = await makeWorkerUtils({ connectionString: databaseUrl });
    await utils.migrate();
    await run({
      connectionString: databaseUrl,
      concurrency: 10,
      noHandleSignals: true,
      taskList: { task: async () => begun?.() },
    });
  },

  /** Milliseconds from asking for a job to the begin of its task, one after the other. */
  async addToStart({ samples }: { samples: number }): Promise<readonly number[]> {
    const times: number[] = [];
    for (let index = 0; index < samples; index++) {
      const started = nextBegin();
      const asked = performance.now();
      await utils?.addJob("task", { index });
      await started;
      times.push(performance.now() - asked);
      // Its completion is not part of the next.
      await delay(10);
    }
    return times;
  },
};

serve(methods);
