/**
 * The network between a process and the database goes dark: nobody is told anything. Others take over, and when the
 * wire is back the process commits nothing of what it still had.
 */
import { startTcpProxy } from "@holdfast/testkit/tcp-proxy";
import { expect, test } from "vitest";
import { edges, keyed } from "./support/flows.ts";
import { type History, historyOf } from "./support/history.ts";
import { expectSound } from "./support/invariants.ts";
import { until } from "./support/until.ts";
import { World } from "./support/world.ts";

test("a process that comes back from the dark commits nothing", { timeout: 300_000 }, async () => {
  await using world = await World.create();
  const url = new URL(world.databaseUrl);
  await using proxy = await startTcpProxy(Number(url.port));
  url.port = String(proxy.port);
  await world.publish({
    id: "dark",
    nodes: { held: keyed(world, "/held"), after: keyed(world, "/after") },
    edges: edges("start>held", "held>after", "after>end"),
  });
  const gate = Promise.withResolvers<"answer">();
  world.ledger.judge("/held", () => gate.promise);
  const dark = await world.process({ databaseUrl: url.href });
  const run = await dark.start("dark", {}, "start");
  await world.ledger.arrived("/held");

  proxy.blackhole();
  gate.resolve("answer");
  await world.host();
  const over = await completed(world, 1);
  expect(over.get(run)).toMatchObject({ epoch: 2 });

  proxy.restore();
  await dark.logged("another process has taken the run over");
  expect(await historyOf(world)).toEqual(over);
  expect(world.ledger.applied("/after")).toHaveLength(1);

  await dark.start("dark", {}, "another-start");
  await completed(world, 2);
  await expectSound(world, [over]);
});

test("runs whose only process was in the dark go on when it is back", { timeout: 300_000 }, async () => {
  await using world = await World.create();
  const url = new URL(world.databaseUrl);
  await using proxy = await startTcpProxy(Number(url.port));
  url.port = String(proxy.port);
  await world.publish({
    id: "dark",
    nodes: {
      before: keyed(world, "/before"),
      pause: { type: "sleep", params: { for: "500ms" } },
      after: keyed(world, "/after"),
    },
    edges: edges("start>before", "before>pause", "pause>after", "after>end"),
  });
  const lonely = await world.process({ databaseUrl: url.href });
  const starts = Array.from({ length: 10 }, (_, index) => lonely.start("dark", {}, `start-${index}`));
  await world.ledger.arrived("/before", 3);
  proxy.blackhole();
  await until("its lease to be over", async () => {
    const held = await world.rows("select from holdfast.runs where lease_until > clock_timestamp()");
    return held.length === 0 ? true : undefined;
  });
  proxy.restore();
  await Promise.all(starts);
  await completed(world, 10);
  expect(world.ledger.applied("/after")).toHaveLength(10);
  await expectSound(world, []);
});

function completed(world: World, runs: number): Promise<History> {
  return until(`${runs} runs to be completed`, async () => {
    const history = await historyOf(world);
    const over = [...history.values()].filter((run) => run.status === "completed" && !run.held);
    return over.length === runs ? history : undefined;
  });
}
