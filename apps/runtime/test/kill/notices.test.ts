/** Mails of notices, when the process dies that has taken them up: none is lost, and one that comes twice says so. */
import { describe, expect, test } from "vitest";
import { uuid7 } from "../../src/ids/uuid7.ts";
import { CLIENT, doorOf } from "./support/door.ts";
import { edges } from "./support/flows.ts";
import { until } from "./support/until.ts";
import { World } from "./support/world.ts";

const TIMEOUT = { timeout: 300_000 };
/** As long as whoever has taken a mail up keeps it from the others. Milliseconds. */
const KEPT = 600_000;

async function createWorld(): Promise<World> {
  const world = await World.create();
  await world.rows(
    "insert into holdfast.people (id, workspace, email, name, roles, created_by) values ($1, 1, 'ada@example.com', 'Ada', '{manager}', 'system:test')",
    [uuid7()],
  );
  await world.publish({
    id: "asked",
    nodes: {
      decide: {
        type: "wait.event",
        params: {
          outcomes: [{ port: "approved", event: "desk/approved", match: { order: 1 } }],
          inbox: { title: "Decide", assignTo: { roles: ["manager"] } },
        },
      },
    },
    edges: edges("start>decide", "decide.approved>end"),
  });
  return world;
}

/** How many notices were mailed, or may have been. */
async function mailed(world: World): Promise<number> {
  const [row] = await world.rows<{ n: number }>(
    "select count(*)::int as n from holdfast.notifications where mailed_at is not null",
  );
  return row?.n ?? 0;
}

describe("a mail of a notice", () => {
  test("goes out once, when the process dies that has taken it up", TIMEOUT, async () => {
    await using world = await createWorld();
    const host = await world.host({ role: "server", demo: true });
    const victim = await world.process({ notices: "dies", demo: true });
    await doorOf(host).start("asked", {}, "start");
    await victim.killed();
    expect(world.mail.sends).toEqual([]);
    expect(await mailed(world)).toBe(0);
    // The page has told it all the while.
    expect(await world.rows("select from holdfast.notifications where read_at is null")).toHaveLength(1);

    await host.services.advanceClock(CLIENT, KEPT);
    await world.host({ notices: "sends", demo: true });
    await until("the mail", async () => ((await mailed(world)) === 1 ? true : undefined));
    expect(world.mail.sends.map(({ subject }) => subject)).toEqual(["To decide: Decide"]);
    await host.services.advanceClock(CLIENT, KEPT);
    await world.host({ notices: "sends", demo: true });
    expect(world.mail.sends).toHaveLength(1);
  });

  test("is the same one again, when the process dies before it could note that it went out", TIMEOUT, async () => {
    await using world = await createWorld();
    const host = await world.host({ role: "server", demo: true });
    const victim = await world.process({ notices: "sends", demo: true });
    world.mail.judge(() => {
      if (!victim.dead) victim.kill("SIGKILL");
      return "accept";
    });
    await doorOf(host).start("asked", {}, "start");
    await victim.killed();
    expect(world.mail.sends).toHaveLength(1);
    expect(await mailed(world)).toBe(0);

    await host.services.advanceClock(CLIENT, KEPT);
    await world.host({ notices: "sends", demo: true });
    await until("the mail", async () => ((await mailed(world)) === 1 ? true : undefined));
    const [first, second] = world.mail.sends;
    expect(second?.messageId).toBe(first?.messageId);
    expect(world.mail.sends).toHaveLength(2);
  });
});
