/** The queue is only a hint: with all of its tables emptied in mid-flight every run still finishes. */
import { expect, test } from "vitest";
import { doorOf } from "./support/door.ts";
import { edges, keyed } from "./support/flows.ts";
import { historyOf } from "./support/history.ts";
import { expectSound } from "./support/invariants.ts";
import { untilTrue } from "./support/until.ts";
import { World } from "./support/world.ts";

const RUNS = 60;

test("every run finishes when the queue's tables are emptied", { timeout: 300_000 }, async () => {
  await using world = await World.create();
  await world.publish({
    id: "queued",
    nodes: {
      before: keyed(world, "/before"),
      pause: { type: "sleep", params: { for: "500ms" } },
      after: keyed(world, "/after"),
    },
    edges: edges("start>before", "before>pause", "pause>after", "after>end"),
  });
  // The door only accepts, and each worker has room for a few: most runs are jobs at any moment.
  const door = doorOf(await world.host({ role: "server" }));
  await Promise.all([world.process({ capacity: 4 }), world.process({ capacity: 4 })]);
  const starts = Array.from({ length: RUNS }, (_, index) => door.start("queued", {}, `start-${index}`));
  await world.ledger.arrived("/before", 5);
  await Promise.all(starts);
  const emptied = await world.rows<{ jobs: number }>(`
    with gone as (select count(*) as jobs from graphile_worker._private_jobs) select jobs from gone`);
  expect(emptied[0]?.jobs).toBeGreaterThan(0);
  await world.rows(`truncate graphile_worker._private_jobs, graphile_worker._private_job_queues,
    graphile_worker._private_tasks, graphile_worker._private_known_crontabs cascade`);
  const before = await historyOf(world);

  await untilTrue("all runs to be completed", async () => {
    const history = await historyOf(world);
    return history.size === RUNS && [...history.values()].every((run) => run.status === "completed" && !run.woken);
  });
  expect(world.ledger.applied("/after")).toHaveLength(RUNS);
  await expectSound(world, [before]);
});
