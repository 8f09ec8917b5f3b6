/** Five steps, each checkpointed: Holdfast and DBOS in turn, each round in fresh processes, warmed up. */
import type { Bench, Scenario } from "../bench.ts";
import { newDbos, newHttpClient, startHoldfast } from "../processes.ts";
import { backendsBusy } from "./backends-busy.ts";

/** Kept-alive connections of the process that calls over HTTP. */
const CONNECTIONS = 32;
const LEVELS = [1, 10, 50];
const MOST = 50;

export const fiveSteps: Scenario = {
  name: "five-steps",
  async run(bench: Bench) {
    const { server, sizes, findings, say } = bench;
    const dbosUrl = await server.createDatabase("dbos");
    const holdfastUrl = await server.createHoldfastDatabase("five");
    for (let round = 1; round <= sizes.rounds; round++) {
      say(`five steps, round ${round} of ${sizes.rounds}: DBOS`);
      await measureDbos(bench, dbosUrl);
      say(`five steps, round ${round} of ${sizes.rounds}: Holdfast`);
      await measureHoldfast(bench, holdfastUrl);
    }
    const runsPerSecond = (who: string, what: string): string => `${who}.runsPerSecond.${what}`;
    for (const what of ["at50", "at50.random"] as const) {
      findings.compare(`dbos.runsPerSecond.${what}`, runsPerSecond("holdfast", what), runsPerSecond("dbos", what));
    }
    findings.compare(
      "dbos.runsPerSecond.overHttp",
      runsPerSecond("holdfast", "overHttp"),
      runsPerSecond("dbos", `at${MOST}`),
    );
    findings.compare("dbos.p50.alone", "holdfast.p50.at1", "dbos.p50.at1");
    findings.judge("commitsPerRun.alone", findings.median("holdfast.commitsPerRun.at1"));
    findings.judge("commitsPerRun.at50", findings.median(`holdfast.commitsPerRun.at${MOST}`));
  },
};

async function measureDbos({ server, sizes, findings }: Bench, databaseUrl: string): Promise<void> {
  await server.checkpoint();
  await using dbos = newDbos();
  await dbos.call("start", { databaseUrl });
  await dbos.call("load", { flow: "five-steps", at: MOST, forMs: sizes.warmUpMs });
  for (const at of LEVELS) {
    const result = await dbos.call("load", { flow: "five-steps", at, forMs: sizes.measureMs });
    findings.add(`dbos.runsPerSecond.at${at}`, result.runsPerSecond, "runs/s");
    findings.add(`dbos.p50.at${at}`, result.p50, "ms");
  }
  const random = await dbos.call("load", { flow: "five-pauses", at: MOST, forMs: sizes.measureMs });
  findings.add(`dbos.runsPerSecond.at${MOST}.random`, random.runsPerSecond, "runs/s");
}

async function measureHoldfast(bench: Bench, databaseUrl: string): Promise<void> {
  const { server, sizes, findings } = bench;
  await server.checkpoint();
  await using holdfast = await startHoldfast(databaseUrl);
  await holdfast.call("load", { flow: "five-steps", at: MOST, forMs: sizes.warmUpMs });
  for (const at of LEVELS) {
    const { result, busyMs } = await backendsBusy(server, databaseUrl, () =>
      holdfast.call("load", { flow: "five-steps", at, forMs: sizes.measureMs }),
    );
    findings.add(`holdfast.runsPerSecond.at${at}`, result.runsPerSecond, "runs/s");
    findings.add(`holdfast.p50.at${at}`, result.p50, "ms");
    findings.add(`holdfast.p99.at${at}`, result.p99, "ms");
    findings.add(`holdfast.commitsPerRun.at${at}`, result.commitsPerRun, "commits");
    findings.add(`holdfast.nodeCpuPerRun.at${at}`, result.cpuMsPerRun, "ms");
    if (busyMs !== undefined) findings.add(`holdfast.postgresCpuPerRun.at${at}`, busyMs / result.runs, "ms");
  }
  const random = await holdfast.call("load", { flow: "five-pauses", at: MOST, forMs: sizes.measureMs });
  findings.add(`holdfast.runsPerSecond.at${MOST}.random`, random.runsPerSecond, "runs/s");
  findings.add(`holdfast.commitsPerRun.at${MOST}.random`, random.commitsPerRun, "commits");

  const door = await holdfast.call("openDoor", { databaseUrl });
  await using client = newHttpClient();
  await client.call("load", { ...door, at: CONNECTIONS, forMs: sizes.warmUpMs });
  const overHttp = await client.call("load", { ...door, at: CONNECTIONS, forMs: sizes.measureMs });
  findings.add("holdfast.runsPerSecond.overHttp", overHttp.runsPerSecond, "runs/s");
  findings.add("holdfast.p50.overHttp", overHttp.p50, "ms");
}
