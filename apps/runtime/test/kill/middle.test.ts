/** A step that asks people and runs a flow in its middle: killed anywhere, it asks once, runs it once, and goes on. */
import { expect, test } from "vitest";
import type { RunningHost } from "../../src/host/start-host.ts";
import { uuid7 } from "../../src/ids/uuid7.ts";
import type { Caller } from "../../src/services/services.ts";
import { doorOf } from "./support/door.ts";
import { edges, keyed } from "./support/flows.ts";
import { historyOf } from "./support/history.ts";
import { expectSound } from "./support/invariants.ts";
import { until } from "./support/until.ts";
import { World } from "./support/world.ts";

const TIMEOUT = { timeout: 300_000 };

test.each([
  { failpoint: "substep.before@kill.middle#1", when: "its first sub-step has been answered" },
  { failpoint: "wait.before@kill.middle", when: "it is about to ask" },
  { failpoint: "wait.after@kill.middle", when: "it has asked" },
  { failpoint: "substep.before@kill.middle#2", when: "it was decided, and the step does not know" },
  { failpoint: "substep.after@kill.middle#2", when: "it was decided, and the step has not gone on" },
  { failpoint: "child.before@kill.middle", when: "it is about to run the flow" },
  { failpoint: "child.after@kill.middle", when: "the child is there, and does not run" },
  { failpoint: "effect.answered@http.request", when: "the child is at work" },
  { failpoint: "completion.before@http.request", when: "the child is about to end" },
  { failpoint: "completion.after@http.request", when: "the child has ended, and the parent was not told" },
  { failpoint: "substep.before@kill.middle#3", when: "the step has read what the child came to" },
  { failpoint: "substep.after@kill.middle#3", when: "that is recorded" },
  { failpoint: "substep.before@kill.middle#4", when: "its last sub-step has been answered" },
  { failpoint: "completion.before@kill.middle", when: "the run is about to end" },
])("$failpoint: $when", TIMEOUT, async ({ failpoint }) => {
  await using world = await World.create();
  await world.publish({ id: "below", nodes: { work: keyed(world, "/below") }, edges: edges("start>work", "work>end") });
  const { url } = world.ledger;
  await world.publish({
    id: "middle",
    nodes: { middle: { type: "kill.middle", params: { url } } },
    edges: edges("start>middle", "middle>end"),
  });
  const server = await world.host({ role: "server" });
  const victim = await world.process({ failpoint });
  const run = await doorOf(server).start("middle", null, "start");
  const decided = decide(world, server);
  await victim.killed();
  const before = await historyOf(world);

  await world.host();
  await decided;
  await until("the run to be completed", async () => {
    const found = (await historyOf(world)).get(run);
    return found?.status === "completed" && !found.held ? true : undefined;
  });
  for (const path of ["/first", "/below", "/last"]) expect(world.ledger.applied(path)).toHaveLength(1);
  expect(await world.rows("select from holdfast.tasks")).toHaveLength(1);
  expect(await world.rows("select from holdfast.task_decisions")).toHaveLength(1);
  expect(await world.rows("select parent_call, status from holdfast.runs where parent is not null")).toEqual([
    { parent_call: "below", status: "completed" },
  ]);
  await expectSound(world, [before]);
});

/** As soon as there is something to decide. */
async function decide(world: World, { services }: RunningHost): Promise<void> {
  const task = await until("a task", async () => {
    const [found] = await world.rows<{ id: string }>("select id from holdfast.tasks where status = 'open'");
    return found?.id;
  });
  const id = uuid7();
  const email = `${id}@example.com`;
  await world.rows(
    "insert into holdfast.people (id, workspace, email, name, roles, created_by) values ($1, 1, $2, 'Ada', '{manager}', 'system:test')",
    [id, email],
  );
  const person = { id, name: "Ada", email, roles: ["manager"], groups: [] };
  const caller: Caller = { workspace: 1, actor: { kind: "person", id }, person, door: "api" };
  await services.decideTask(caller, { task, outcome: "yes" });
}
