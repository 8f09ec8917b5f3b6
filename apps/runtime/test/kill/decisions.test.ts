/** A decision is one: of several people who decide at once, and of a process that dies while it is to take effect. */
import { describe, expect, test } from "vitest";
import { uuid7 } from "../../src/ids/uuid7.ts";
import { Problem } from "../../src/problem/problem.ts";
import type { Caller } from "../../src/services/services.ts";
import { CLIENT, doorOf } from "./support/door.ts";
import { edges, keyed } from "./support/flows.ts";
import { type History, historyOf } from "./support/history.ts";
import { expectSound } from "./support/invariants.ts";
import { until } from "./support/until.ts";
import { World } from "./support/world.ts";

const TIMEOUT = { timeout: 300_000 };
/** So long that it is never over by itself, however slow the machine. */
const GRACE_SECONDS = 600;
const OUTCOMES = ["approved", "rejected"];

async function createWorld(): Promise<World> {
  const world = await World.create();
  await world.publish({
    id: "decided",
    nodes: {
      decide: {
        type: "wait.event",
        params: {
          outcomes: OUTCOMES.map((port) => ({ port, event: `desk/${port}`, match: { order: 1 } })),
          inbox: { title: "Decide" },
        },
      },
      approve: keyed(world, "/approved"),
      reject: keyed(world, "/rejected"),
    },
    edges: edges("start>decide", "decide.approved>approve", "decide.rejected>reject", "approve>end", "reject>end"),
  });
  return world;
}

describe("a decision", () => {
  test("takes effect once, when the process dies that was about to see to it", TIMEOUT, async () => {
    await using world = await createWorld();
    const server = await world.host({ role: "server" });
    // The flow has no other timer than the end of the grace.
    const victim = await world.process({ failpoint: "timer.before" });
    await doorOf(server).start("decided", {}, "start");
    const task = await openTask(world);
    await server.services.decideTask(await person(world), { task, outcome: "approved", graceSeconds: 1 });
    await victim.killed();
    const before = await historyOf(world);
    expect(world.ledger.sends).toEqual([]);

    await world.host();
    await completed(world);
    expect(world.ledger.applied("/approved")).toHaveLength(1);
    expect(world.ledger.applied("/rejected")).toHaveLength(0);
    await expectSound(world, [before]);
  });

  test("can be taken back in time, and not later, when the process that took it has died", TIMEOUT, async () => {
    await using world = await createWorld();
    const host = await world.host({ demo: true });
    await doorOf(host).start("decided", {}, "start");
    const task = await openTask(world);
    const ada = await person(world);
    const decideAndDie = async (outcome: string): Promise<void> => {
      const victim = await world.process({ role: "server", demo: true });
      await victim.decide(ada, { task, outcome, graceSeconds: GRACE_SECONDS });
      victim.kill("SIGKILL");
      await victim.killed();
    };
    await decideAndDie("rejected");
    const other = await person(world);
    await expect(host.services.decideTask(other, { task, outcome: "approved" })).rejects.toMatchObject({
      code: "already_decided",
    });
    await host.services.takeBackDecision(ada, task);
    await openTask(world);

    await decideAndDie("approved");
    const before = await historyOf(world);
    expect(world.ledger.sends).toEqual([]);
    await host.services.advanceClock(CLIENT, GRACE_SECONDS * 1_000);
    await completed(world);
    await expect(host.services.takeBackDecision(ada, task)).rejects.toMatchObject({ code: "already_effective" });
    expect(world.ledger.applied("/approved")).toHaveLength(1);
    expect(world.ledger.applied("/rejected")).toHaveLength(0);
    await expectSound(world, [before]);
  });

  test("stands alone in its table, whoever writes there", TIMEOUT, async () => {
    await using world = await createWorld();
    const host = await world.host();
    await doorOf(host).start("decided", {}, "start");
    const task = await openTask(world);
    const ada = await person(world);
    const bob = await person(world);
    await host.services.decideTask(ada, { task, outcome: "approved" });
    await completed(world);
    // Another decision; another vote of the same person, given for somebody else; another person's for the same one.
    for (const [decides, actor, onBehalfOf] of [
      [true, bob, undefined],
      [false, ada, bob],
      [false, bob, ada],
    ] as const) {
      const second = world.rows(
        `insert into holdfast.task_decisions (id, task, outcome, actor, on_behalf_of, via, decides, decided_at, effective_at)
         select $1, task, 'rejected', $2, $3, via, $4, decided_at, effective_at from holdfast.task_decisions`,
        [uuid7(), `person:${actor.person?.id}`, onBehalfOf?.person?.id, decides],
      );
      await expect(second).rejects.toMatchObject({ code: "23505" });
    }
  });

  test("is that of the first of many who decide at once", TIMEOUT, async () => {
    await using world = await createWorld();
    const hosts = await Promise.all([world.host(), world.host()]);
    const [first] = hosts;
    await doorOf(first).start("decided", {}, "start");
    const task = await openTask(world);
    const people = await Promise.all(Array.from({ length: 10 }, () => person(world)));
    const decisions = await Promise.allSettled(
      people.map((caller, index) =>
        (hosts[index % 2] ?? first).services.decideTask(caller, { task, outcome: OUTCOMES[index % 2] ?? "" }),
      ),
    );
    expect(decisions.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refusals = decisions.flatMap((decision) => (decision.status === "rejected" ? [decision.reason] : []));
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(Problem);
      expect(refusal).toMatchObject({ status: 409, code: "already_decided" });
    }
    await completed(world);
    const [winner] = await world.rows<{ outcome: string }>("select outcome from holdfast.task_decisions");
    expect(world.ledger.sends.map(({ path }) => path)).toEqual([`/${winner?.outcome}`]);
    expect(await world.rows("select from holdfast.task_decisions")).toHaveLength(1);
    await expectSound(world, []);
  });
});

async function person(world: World): Promise<Caller> {
  const id = uuid7();
  const email = `${id}@example.com`;
  await world.rows(
    "insert into holdfast.people (id, workspace, email, name, roles, created_by) values ($1, 1, $2, 'Ada', '{manager}', 'system:test')",
    [id, email],
  );
  const ada = { id, name: "Ada", email, roles: ["manager"], groups: [] };
  return { workspace: 1, actor: { kind: "person", id }, person: ada, door: "api" };
}

async function openTask(world: World): Promise<string> {
  return until("a task", async () => {
    const [task] = await world.rows<{ id: string }>(
      "select t.id from holdfast.tasks t join holdfast.runs r on r.id = t.run where t.status = 'open' and r.lease_owner is null",
    );
    return task?.id;
  });
}

async function completed(world: World): Promise<History> {
  return until("the run to be completed", async () => {
    const history = await historyOf(world);
    const [run] = history.values();
    return run?.status === "completed" && !run.held ? history : undefined;
  });
}
