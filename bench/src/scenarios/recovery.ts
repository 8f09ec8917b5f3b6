/** A worker is killed with its runs in hand: how long until another one goes on with them, with lease and sweep as they come. */
import type { Bench, Scenario } from "../bench.ts";
import { median } from "../numbers/statistics.ts";
import { newHoldfast, startHoldfast } from "../processes.ts";

export const recovery: Scenario = {
  name: "recovery",
  async run(bench: Bench) {
    for (let round = 1; round <= bench.sizes.kills; round++) {
      bench.say(`killed worker to resumed run, round ${round} of ${bench.sizes.kills}`);
      await killOnce(bench);
    }
    bench.findings.judge("recovery.worstSeconds", bench.findings.worst("recovery.worstSeconds"));
  },
};

async function killOnce({ server, sizes, findings }: Bench): Promise<void> {
  const databaseUrl = await server.createHoldfastDatabase("recovery");
  await using victim = await startHoldfast(databaseUrl);
  await using heir = newHoldfast();
  await heir.call("start", { databaseUrl, role: "worker" });
  await victim.call("startMany", { flow: "holds", count: sizes.held });
  await victim.call("held", { count: sizes.held });
  const killedAt = await victim.kill();
  const resumedAt = await heir.call("held", { count: sizes.held });
  const seconds = resumedAt.map((at) => (at - killedAt) / 1_000);
  findings.add("recovery.p50Seconds", median(seconds), "s");
  findings.add("recovery.worstSeconds", Math.max(...seconds), "s");
}
