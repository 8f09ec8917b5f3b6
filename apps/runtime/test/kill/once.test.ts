/**
 * Effects that their target can't know again, killed between the intent and the result: nobody but a person, or the
 * flow's author beforehand, may decide to send them again.
 */
import type { JsonObject } from "@holdfast/dsl";
import { describe, expect, test } from "vitest";
import type { RunningHost } from "../../src/host/start-host.ts";
import { CLIENT, doorOf } from "./support/door.ts";
import { edges, type Flow, keyed, unkeyed } from "./support/flows.ts";
import { historyOf } from "./support/history.ts";
import { expectSound } from "./support/invariants.ts";
import { twoAtATime } from "./support/two-at-a-time.ts";
import { until } from "./support/until.ts";
import { World } from "./support/world.ts";

const TIMEOUT = { timeout: 300_000 };
const OUTPUT = { status: 201, headers: {}, body: { number: 1 } };

/** Where the process dies, and whether the target has the request by then. */
const KILLS = [
  { at: "before it is sent", failpoint: "effect.before@http.request", sent: 0 },
  { at: "when the target has it", failpoint: undefined, sent: 1 },
  { at: "when it has been answered", failpoint: "effect.answered@http.request", sent: 1 },
  { at: "when its result is about to be committed", failpoint: "checkpoint.before@http.request#2", sent: 1 },
] as const;

const RESOLUTIONS = [
  { action: "retry", status: "completed", sends: 1, reaches: 1 },
  { action: "complete", status: "completed", sends: 0, reaches: 1 },
  { action: "fail", status: "failed", sends: 0, reaches: 0 },
] as const;

const all = process.env["HOLDFAST_KILL"] === "all";

/** Each kill and each resolution; with `npm run test:kill` each with each. */
const CASES = KILLS.flatMap((kill, row) =>
  RESOLUTIONS.filter((_, column) => all || row === 1 || column === row % 3).map((resolution) => ({
    ...kill,
    ...resolution,
  })),
);

describe.concurrent("an effect that is sent at most once", () => {
  test.for(CASES)("killed $at, then a person says: $action", TIMEOUT, (given) =>
    twoAtATime(async () => {
      await using world = await World.create();
      await world.publish(flow(world, unkeyed(world, "/once")));
      await killAt(world, given.failpoint, "/once");
      const before = [await historyOf(world)];
      expect(world.ledger.applied("/once")).toHaveLength(given.sent);

      const host = await world.host();
      const run = await doorOf(host).start("once", {}, "start-1");
      const incident = await openIncident(world);
      expect(incident).toMatchObject({ run, node: "tested", kind: "unknown_outcome" });
      expect((await historyOf(world)).get(run)).toMatchObject({ status: "waiting" });
      expect(world.ledger.applied("/once")).toHaveLength(given.sent);

      await host.services.resolveIncident(CLIENT, {
        incident: incident.id,
        action: given.action,
        ...(given.action === "complete" ? { output: OUTPUT } : {}),
      });
      await ended(world, run, given.status);
      expect(world.ledger.applied("/once")).toHaveLength(given.sent + given.sends);
      expect(world.ledger.applied("/after")).toHaveLength(given.reaches);
      await expectSound(world, before);
    }),
  );

  test("is sent again by itself where the flow says so", TIMEOUT, () =>
    twoAtATime(async () => {
      await using world = await World.create();
      await world.publish(flow(world, unkeyed(world, "/once", { onUnknown: "resend" })));
      await killAt(world, undefined, "/once");
      await recover(world);
      expect(world.ledger.applied("/once")).toHaveLength(2);
      expect(await world.rows("select from holdfast.incidents")).toEqual([]);
    }),
  );

  test("does not stop what runs beside it", TIMEOUT, () =>
    twoAtATime(async () => {
      await using world = await World.create();
      await world.publish({
        id: "once",
        nodes: { tested: unkeyed(world, "/once"), beside: keyed(world, "/beside"), after: keyed(world, "/after") },
        edges: edges("start>tested", "start>beside", "tested>end", "beside>after", "after>end"),
      });
      await killAt(world, undefined, "/once");
      const host = await world.host();
      await openIncident(world);
      await world.ledger.arrived("/after");
      expect(world.ledger.applied("/once")).toHaveLength(1);
      expect(host.active()).toBeLessThanOrEqual(1);
    }),
  );
});

describe.concurrent("a mail", () => {
  const mail = (more: JsonObject = {}): JsonObject => ({
    type: "email.send",
    params: { to: "ada@example.com", subject: "Paid", text: "It is paid." },
    ...more,
  });

  test("is sent again, and mailboxes know it again", TIMEOUT, () =>
    twoAtATime(async () => {
      await using world = await World.create();
      await world.publish(flow(world, mail()));
      await killAt(world, undefined, "/once");
      await recover(world);
      expect(world.mail.sends).toHaveLength(2);
      expect(new Set(world.mail.sends.map(({ messageId }) => messageId)).size).toBe(1);
      expect(await world.rows("select from holdfast.incidents")).toEqual([]);
    }),
  );

  test("is not sent again where the flow says to ask", TIMEOUT, () =>
    twoAtATime(async () => {
      await using world = await World.create();
      await world.publish(flow(world, mail({ onUnknown: "ask" })));
      await killAt(world, undefined, "/once");
      await world.host();
      expect(await openIncident(world)).toMatchObject({ node: "tested", kind: "unknown_outcome" });
      expect(world.mail.sends).toHaveLength(1);
    }),
  );
});

function flow(world: World, tested: JsonObject): Flow {
  return {
    id: "once",
    nodes: { tested, after: keyed(world, "/after") },
    edges: edges("start>tested", "tested>after", "after>end"),
  };
}

/** Starts a run in a process that is killed. Without a failpoint the target kills, with the request in its hands. */
async function killAt(world: World, failpoint: string | undefined, path: string): Promise<void> {
  const victim = await world.process(failpoint === undefined ? {} : { failpoint });
  if (failpoint === undefined) {
    let sends = 0;
    const judge = (): boolean => {
      sends += 1;
      if (sends === 1) victim.kill("SIGKILL");
      return sends === 1;
    };
    world.ledger.judge(path, () => (judge() ? "silence" : "answer"));
    world.mail.judge(() => (judge() ? "silence" : "accept"));
  }
  const asked = victim.start("once", {}, "start-1").catch(() => undefined);
  await victim.killed();
  await asked;
}

async function recover(world: World): Promise<RunningHost> {
  const before = [await historyOf(world)];
  const host = await world.host();
  const run = await doorOf(host).start("once", {}, "start-1");
  await ended(world, run, "completed");
  await expectSound(world, before);
  return host;
}

interface Incident {
  readonly id: string;
  readonly run: string;
  readonly node: string;
  readonly kind: string;
}

function openIncident(world: World): Promise<Incident> {
  return until("an incident to be opened", async () => {
    const [incident] = await world.rows<Incident>(
      `select i.id, i.run, i.node, i.kind from holdfast.incidents i join holdfast.runs r on r.id = i.run
       where i.status = 'open' and r.status = 'waiting'`,
    );
    return incident;
  });
}

async function ended(world: World, run: string, status: string): Promise<void> {
  await until(`the run to be ${status}`, async () => {
    const now = (await historyOf(world)).get(run);
    return now?.status === status ? now : undefined;
  });
}
