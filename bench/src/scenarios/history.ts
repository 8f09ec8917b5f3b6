/** The same five steps in a database that has seen two million. */
import type { Bench, Scenario } from "../bench.ts";
import { startHoldfast } from "../processes.ts";
import { writeHistory } from "../server/history.ts";

const AT = 50;

export const history: Scenario = {
  name: "history",
  async run(bench: Bench) {
    const { server, sizes, findings, say } = bench;
    const empty = await server.createHoldfastDatabase("fresh");
    const full = await server.createHoldfastDatabase("history");
    say(`history of ${sizes.historyRuns * 5} steps: writing it`);
    await measure(bench, full);
    await server.inside(full, (client) => writeHistory(client, "five-steps", sizes.historyRuns));
    await server.checkpoint();
    for (let round = 1; round <= sizes.rounds; round++) {
      say(`history, round ${round} of ${sizes.rounds}`);
      findings.add("history.runsPerSecond.without", await measure(bench, empty), "runs/s");
      findings.add("history.runsPerSecond.with", await measure(bench, full), "runs/s");
    }
    findings.compare("history.runsPerSecond.against0", "history.runsPerSecond.with", "history.runsPerSecond.without");
  },
};

async function measure({ sizes }: Bench, databaseUrl: string): Promise<number> {
  await using holdfast = await startHoldfast(databaseUrl);
  await holdfast.call("load", { flow: "five-steps", at: AT, forMs: sizes.warmUpMs });
  const { runsPerSecond } = await holdfast.call("load", { flow: "five-steps", at: AT, forMs: sizes.measureMs });
  return runsPerSecond;
}
