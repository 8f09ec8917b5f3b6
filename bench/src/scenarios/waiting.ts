/**
 * What it costs that runs wait, and what it costs the others: memory, disk, questions to the database, and the way
 * from an event to the run that it resumes, with none, ten thousand and a hundred thousand waiting.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Bench, Scenario } from "../bench.ts";
import { percentile } from "../numbers/statistics.ts";
import { type GraphileProcess, type HoldfastProcess, newGraphile, startHoldfast } from "../processes.ts";
import { TARGETS, type TargetName } from "../report/targets.ts";
import { diskBytes } from "../server/disk.ts";

interface Contestants {
  readonly holdfast: HoldfastProcess;
  readonly graphile: GraphileProcess;
  /** Of Holdfast. */
  readonly url: string;
}

export const waiting: Scenario = {
  name: "waiting",
  async run(bench: Bench) {
    const { server, sizes, findings, say } = bench;
    const url = await server.createHoldfastDatabase("waiting");
    await using holdfast = await startHoldfast(url);
    await using graphile = newGraphile();
    await graphile.call("start", { databaseUrl: await server.createDatabase("graphile") });
    const contestants = { holdfast, graphile, url };
    // Both have run before anything is measured.
    await Promise.all([holdfast.call("eventToResume", { samples: 30 }), graphile.call("addToStart", { samples: 30 })]);

    await eventToResume(bench, contestants, 0);
    const idle = await queriesPerSecond(bench, url, 0);
    const memory = await holdfast.call("heldMemory");
    let open = 0;
    for (const count of sizes.waiting) {
      const disk = await diskBytes(server, url);
      say(`${count} waiting runs: opening them`);
      await holdfast.call("openWaits", { count: count - open });
      await calm(bench, url);
      const bytes = (await diskBytes(server, url)) - disk;
      findings.add(`waiting.diskBytesPerRun.with${count}`, bytes / (count - open), "bytes");
      findings.add(
        `waiting.memoryBytesPerRun.with${count}`,
        ((await holdfast.call("heldMemory")) - memory) / count,
        "bytes",
      );
      open = count;
      await queriesPerSecond(bench, url, count);
      await eventToResume(bench, contestants, count);
      for (const name of ["memoryBytesPerRun", "diskBytesPerRun", "queriesPerSecond"]) {
        judgeIfTold(bench, `waiting.${name}.with${count}`);
      }
    }
    const [first] = sizes.waiting;
    findings.judge(
      "waiting.queriesPerSecond.with10000.againstNone",
      findings.median(`waiting.queriesPerSecond.with${first ?? 0}`) / idle,
    );
  },
};

function judgeIfTold({ findings }: Bench, name: string): void {
  if (isTarget(name)) findings.judge(name, findings.median(name));
}

const isTarget = (name: string): name is TargetName => Object.hasOwn(TARGETS, name);

/** Holdfast and bare graphile-worker in turn, nothing else going on. */
async function eventToResume(
  { sizes, findings, say, server }: Bench,
  { holdfast, graphile }: Contestants,
  waitingRuns: number,
): Promise<void> {
  const ours = `holdfast.eventToResume`;
  const theirs = `graphile.addToStart`;
  const suffix = `with${waitingRuns}Waiting`;
  await server.checkpoint();
  for (let round = 1; round <= sizes.rounds; round++) {
    say(`event to resume with ${waitingRuns} waiting, round ${round} of ${sizes.rounds}`);
    const bare = await graphile.call("addToStart", { samples: sizes.events });
    const resumed = await holdfast.call("eventToResume", { samples: sizes.events });
    for (const [name, times] of [
      [theirs, bare],
      [ours, resumed],
    ] as const) {
      findings.add(`${name}.p50.${suffix}`, percentile(times, 0.5), "ms");
      findings.add(`${name}.p99.${suffix}`, percentile(times, 0.99), "ms");
    }
  }
  const name = `graphile.eventToResume.p50.${suffix}`;
  if (isTarget(name)) findings.compare(name, `${ours}.p50.${suffix}`, `${theirs}.p50.${suffix}`);
}

/** Transactions a second below which nothing but polling is going on. */
const CALM = 20;

/** What follows the opening of waits (each looks back) goes on for a while after the last is open. */
async function calm({ server }: Bench, url: string): Promise<void> {
  for (let before = await server.transactions(url); ;) {
    await delay(2_000);
    const now = await server.transactions(url);
    if (now - before < 2 * CALM) return;
    before = now;
  }
}

/** With nothing going on. Statements that are no transaction of their own do not occur there. */
async function queriesPerSecond(
  { server, sizes, findings, say }: Bench,
  url: string,
  waitingRuns: number,
): Promise<number> {
  say(`questions to an idle database with ${waitingRuns} waiting`);
  await delay(sizes.settleMs);
  const before = await server.transactions(url);
  const began = performance.now();
  await delay(sizes.idleMs);
  const count = (await server.transactions(url)) - before;
  const perSecond = count / ((performance.now() - began) / 1_000);
  findings.add(`waiting.queriesPerSecond.with${waitingRuns}`, perSecond, "queries/s");
  return perSecond;
}
