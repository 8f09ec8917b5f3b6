/**
 * Two processes race for the same runs. One is stopped with SIGSTOP until the other has taken its runs over and ended
 * them; when it goes on it commits nothing, and then is a process like any other.
 */
import { expect, test } from "vitest";
import { doorOf } from "./support/door.ts";
import { edges, keyed, unkeyed } from "./support/flows.ts";
import { type History, historyOf } from "./support/history.ts";
import { expectSound } from "./support/invariants.ts";
import { until, untilTrue } from "./support/until.ts";
import { World } from "./support/world.ts";

const TIMEOUT = { timeout: 300_000 };
const RUNS = 20;
const FENCED = "another process has taken the run over";

test("a stopped process that goes on commits nothing", TIMEOUT, async () => {
  await using world = await World.create();
  await world.publish({
    id: "raced",
    nodes: { before: keyed(world, "/before"), held: keyed(world, "/held"), after: keyed(world, "/after") },
    edges: edges("start>before", "before>held", "held>after", "after>end"),
  });
  // Each run's first request is held back until all are there: so every process has its part in its hands.
  const gate = Promise.withResolvers<"answer">();
  world.ledger.judge("/held", () => gate.promise);

  // It only accepts: its runs go to the queue, where both workers look for them.
  const door = doorOf(await world.host({ role: "server" }));
  const [stopped, other] = await Promise.all([
    world.process({ capacity: RUNS / 2 }),
    world.process({ capacity: RUNS / 2 }),
  ]);
  await Promise.all(Array.from({ length: RUNS }, (_, index) => door.start("raced", {}, `start-${index}`)));
  await world.ledger.arrived("/held", RUNS);
  expect(await heldBy(world, stopped.workerId)).toBe(RUNS / 2);
  expect(await heldBy(world, other.workerId)).toBe(RUNS / 2);

  stopped.kill("SIGSTOP");
  gate.resolve("answer");
  const ended = await allOver(world, RUNS);
  const rows = await everyRow(world);

  stopped.kill("SIGCONT");
  await stopped.logged(FENCED, RUNS / 2);
  expect(await everyRow(world)).toEqual(rows);
  expect(world.ledger.applied("/held")).toHaveLength(RUNS);
  expect(world.ledger.applied("/after")).toHaveLength(RUNS);

  other.kill("SIGTERM");
  await stopped.start("raced", {}, "another-start");
  await allOver(world, RUNS + 1);
  await expectSound(world, [ended]);
});

test(
  "what it has sent and nobody may send again is asked about, and its late answer is not taken",
  TIMEOUT,
  async () => {
    await using world = await World.create();
    await world.publish({
      id: "raced",
      nodes: { once: unkeyed(world, "/once") },
      edges: edges("start>once", "once>end"),
    });
    const gate = Promise.withResolvers<"answer">();
    world.ledger.judge("/once", () => gate.promise);
    const stopped = await world.process();
    const run = await stopped.start("raced", {}, "start");
    await world.ledger.arrived("/once");

    stopped.kill("SIGSTOP");
    gate.resolve("answer");
    await world.host();
    await untilTrue("an incident to be opened", async () => {
      const rows = await world.rows(
        "select from holdfast.incidents where status = 'open' and kind = 'unknown_outcome'",
      );
      return rows.length === 1 && (await historyOf(world)).get(run)?.status === "waiting";
    });
    const rows = await everyRow(world);
    stopped.kill("SIGCONT");
    await stopped.logged(FENCED);
    expect(await everyRow(world)).toEqual(rows);
    expect(world.ledger.applied("/once")).toHaveLength(1);
  },
);

async function heldBy(world: World, worker: number): Promise<number> {
  return (await world.rows("select from holdfast.runs where lease_owner = $1", [worker])).length;
}

function allOver(world: World, runs: number): Promise<History> {
  return until(`${runs} runs to be completed`, async () => {
    const history = await historyOf(world);
    const over = [...history.values()].filter((run) => run.status === "completed" && !run.held);
    return over.length === runs ? history : undefined;
  });
}

/** What runs have left in the database, byte for byte. */
async function everyRow(world: World): Promise<readonly string[]> {
  const tables = ["runs", "steps", "intents", "waits", "timers", "events", "tasks", "incidents", "payloads"];
  const rows: string[] = [];
  for (const table of tables) {
    const found = await world.rows<{ row: string }>(`select t::text as row from holdfast.${table} t order by 1`);
    rows.push(...found.map(({ row }) => `${table} ${row}`));
  }
  return rows;
}
