/** What people order, and what a failing run undoes, when the process dies in the middle of it. */
import { describe, expect, test } from "vitest";
import { CLIENT, doorOf } from "./support/door.ts";
import { edges, type Flow, keyed, unkeyed } from "./support/flows.ts";
import { type History, historyOf } from "./support/history.ts";
import { expectSound } from "./support/invariants.ts";
import { twoAtATime } from "./support/two-at-a-time.ts";
import { until } from "./support/until.ts";
import { World } from "./support/world.ts";

const TIMEOUT = { timeout: 300_000 };

/** Pays, ships, and fails: what was done is undone, the last first. */
function refused(world: World): Flow {
  return {
    id: "ordered",
    nodes: {
      pay: { ...keyed(world, "/pay"), compensate: keyed(world, "/repay") },
      ship: { ...keyed(world, "/ship"), compensate: keyed(world, "/unship") },
      refuse: { type: "fail", params: { code: "refused", message: "No." } },
    },
    edges: edges("start>pay", "pay>ship", "ship>refuse"),
  };
}

/** Pays, and is then held up by a target that has the request and does not answer. */
function held(world: World): Flow {
  return {
    id: "ordered",
    nodes: {
      pay: { ...keyed(world, "/pay"), compensate: keyed(world, "/repay") },
      held: keyed(world, "/held"),
      after: keyed(world, "/after"),
    },
    edges: edges("start>pay", "pay>held", "held>after", "after>end"),
  };
}

describe.concurrent("compensation is done once, in its order, when the process dies", () => {
  const passages = ["effect.before", "effect.answered", "checkpoint.before", "checkpoint.after"];
  // Two steps and two compensations: the third passage is that of the first compensation, the fourth of the second.
  const kills = passages.flatMap((point) => [`${point}@http.request#3`, `${point}@http.request#4`]);
  const all = process.env["HOLDFAST_KILL"] === "all";

  test.for(kills.filter((_, index) => all || index % 3 === 1))("at %s", TIMEOUT, (failpoint) =>
    twoAtATime(async () => {
      await using world = await World.create();
      await world.publish(refused(world));
      const victim = await world.process({ failpoint });
      const asked = victim.start("ordered", {}, "start").catch(() => undefined);
      await victim.killed();
      await asked;
      const before = await historyOf(world);

      await world.host();
      await ended(world, "failed");
      expect(appliedPaths(world)).toEqual(["/pay", "/ship", "/unship", "/repay"]);
      await expectSound(world, [before]);
    }),
  );

  test("and what may not be sent again by itself is asked about", TIMEOUT, () =>
    twoAtATime(async () => {
      await using world = await World.create();
      await world.publish({
        id: "ordered",
        nodes: {
          pay: { ...keyed(world, "/pay"), compensate: unkeyed(world, "/repay") },
          refuse: { type: "fail", params: { code: "refused", message: "No." } },
        },
        edges: edges("start>pay", "pay>refuse"),
      });
      const victim = await world.process();
      let sends = 0;
      world.ledger.judge("/repay", () => {
        sends += 1;
        if (sends > 1) return "answer";
        victim.kill("SIGKILL");
        return "silence";
      });
      const asked = victim.start("ordered", {}, "start").catch(() => undefined);
      await victim.killed();
      await asked;

      const host = await world.host();
      const incident = await until("an incident to be opened", async () => {
        const [row] = await world.rows<{ id: string; of: string }>(
          "select id, of from holdfast.incidents where status = 'open'",
        );
        return row;
      });
      expect(incident.of).toBe("undo");
      expect(world.ledger.applied("/repay")).toHaveLength(1);
      await host.services.resolveIncident(CLIENT, { incident: incident.id, action: "retry" });
      await ended(world, "failed");
      expect(world.ledger.applied("/repay")).toHaveLength(2);
    }),
  );
});

describe.concurrent("an order outlives the process that was to carry it out", () => {
  test("to cancel: the run is compensated and canceled", TIMEOUT, () =>
    twoAtATime(async () => {
      await using world = await World.create();
      const { run, door, before } = await killWithOrder(world, held(world), (host, id) =>
        host.services.cancelRun(CLIENT, id, "cancel"),
      );
      await world.host();
      await ended(world, "canceled");
      expect(await door.start("ordered", {}, "start")).toBe(run);
      expect(world.ledger.applied("/repay")).toHaveLength(1);
      expect(world.ledger.applied("/after")).toHaveLength(0);
      await expectSound(world, [before]);
    }),
  );

  test("to cancel a loop: none of its children goes on", TIMEOUT, () =>
    twoAtATime(async () => {
      await using world = await World.create();
      const body = {
        nodes: { held: keyed(world, "/held"), after: keyed(world, "/after") },
        edges: edges("start>held", "held>after", "after>end"),
      };
      const loop: Flow = {
        id: "ordered",
        nodes: { each: { type: "forEach", params: { items: [1, 2, 3], concurrency: 2, body } } },
        edges: edges("start>each", "each>end"),
      };
      const { before } = await killWithOrder(world, loop, (host, id) =>
        host.services.cancelRun(CLIENT, id, "terminate"),
      );
      await world.host();
      const history = await ended(world, "canceled");
      expect([...history.values()].map(({ status }) => status)).toEqual(["canceled", "canceled", "canceled"]);
      expect(world.ledger.applied("/after")).toHaveLength(0);
      await expectSound(world, [before]);
    }),
  );

  test("to pause: the run rests until it is told to go on", TIMEOUT, () =>
    twoAtATime(async () => {
      await using world = await World.create();
      const { run, before } = await killWithOrder(world, held(world), (host, id) => host.services.pauseRun(CLIENT, id));
      const host = await world.host();
      await until("the run to be paused", async () => {
        const now = (await historyOf(world)).get(run);
        return now?.status === "paused" && !now.held ? now : undefined;
      });
      expect(world.ledger.applied("/after")).toHaveLength(0);
      await host.services.resumeRun(CLIENT, run);
      await ended(world, "completed");
      expect(appliedPaths(world)).toEqual(["/pay", "/held", "/after"]);
      await expectSound(world, [before]);
    }),
  );
});

/** The order is written while the process has the run in its hands; then the process dies. */
async function killWithOrder(
  world: World,
  flow: Flow,
  order: (host: Awaited<ReturnType<World["host"]>>, run: string) => Promise<void>,
) {
  await world.publish(flow);
  let killed = false;
  world.ledger.judge("/held", () => (killed ? "answer" : "silence"));
  const victim = await world.process();
  const run = await victim.start("ordered", {}, "start");
  await world.ledger.arrived("/held");
  victim.kill("SIGSTOP");
  const server = await world.host({ role: "server" });
  await order(server, run);
  victim.kill("SIGKILL");
  await victim.killed();
  killed = true;
  return { run, door: doorOf(server), before: await historyOf(world) };
}

const appliedPaths = (world: World): readonly string[] =>
  world.ledger.sends.filter((send) => send.applied).map((send) => send.path);

async function ended(world: World, status: string): Promise<History> {
  return until(`all runs to be over and the first ${status}`, async () => {
    const history = await historyOf(world);
    const [first] = history.values();
    const over = [...history.values()].every((run) => ["completed", "failed", "canceled"].includes(run.status));
    return over && first?.status === status ? history : undefined;
  });
}
