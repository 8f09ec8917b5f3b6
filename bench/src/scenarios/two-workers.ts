/** Runs that a server process has put into the queue, carried by one worker process, then by two. */
import { setTimeout as delay } from "node:timers/promises";
import type { Bench, Scenario } from "../bench.ts";
import { newHoldfast, startHoldfast } from "../processes.ts";

export const twoWorkers: Scenario = {
  name: "two-workers",
  async run(bench: Bench) {
    const { sizes, findings, say } = bench;
    for (let round = 1; round <= sizes.rounds; round++) {
      for (const workers of [1, 2]) {
        say(`${workers} worker${workers === 1 ? "" : "s"}, round ${round} of ${sizes.rounds}`);
        findings.add(`workers.runsPerSecond.with${workers}`, await carried(bench, workers), "runs/s");
      }
    }
    findings.compare(
      "workers.runsPerSecond.twoAgainstOne",
      "workers.runsPerSecond.with2",
      "workers.runsPerSecond.with1",
    );
  },
};

/** Runs a second. The first quarter warms the processes up: it is not counted. */
async function carried({ server, sizes }: Bench, count: number): Promise<number> {
  const databaseUrl = await server.createHoldfastDatabase("workers");
  await fillQueue(databaseUrl, sizes.queued);
  await server.checkpoint();
  const workers = Array.from({ length: count }, () => newHoldfast());
  try {
    await Promise.all(workers.map((worker) => worker.call("start", { databaseUrl, role: "worker" })));
    return await server.inside(databaseUrl, async (client) => {
      for (;;) {
        const open = await client.query("select from holdfast.runs where finished_at is null limit 1");
        if (open.rowCount === 0) break;
        await delay(100);
      }
      const { rows } = await client.query<{ perSecond: number }>(
        `with ended as (select finished_at as at, row_number() over (order by finished_at) as place from holdfast.runs),
              warm as (select at, place from ended where place = $1::int / 4)
         select (max(ended.place) - warm.place) / extract(epoch from max(ended.at) - warm.at)::float as "perSecond"
           from ended, warm group by warm.at, warm.place`,
        [sizes.queued],
      );
      return rows[0]?.perSecond ?? Number.NaN;
    });
  } finally {
    await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
  }
}

async function fillQueue(databaseUrl: string, runs: number): Promise<void> {
  // Flows are published by whoever has their node types.
  await using publisher = await startHoldfast(databaseUrl);
  await publisher.kill();
  await using server = newHoldfast();
  await server.call("start", { databaseUrl, role: "server" });
  await server.call("startMany", { flow: "five-steps", count: runs });
}
