/** A decision that can still be taken back, and the deadline of its task. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { uuid7 } from "../src/ids/uuid7.ts";
import type { Caller } from "../src/services/services.ts";
import { DAY, edges, HostFixture } from "./support/host-fixture.ts";

const FLOW = {
  id: "approval",
  nodes: {
    wait: {
      type: "wait.event",
      params: {
        outcomes: [{ port: "approved", event: "case/approved" }],
        timeout: "7d",
        inbox: { title: "Yes?", assignTo: { roles: ["manager"] } },
      },
    },
    yes: { type: "end", params: { output: "approved" } },
    late: { type: "end", params: { output: "late" } },
  },
  edges: edges("start>wait", "wait.approved>yes", "wait.timeout>late"),
};

const SECOND = 1_000;

let holdfast: HostFixture;
let manager: Caller;

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
  await holdfast.publish(FLOW);
  manager = await newManager();
});
afterAll(() => holdfast[Symbol.asyncDispose]());

async function newManager(): Promise<Caller> {
  const [id, email] = [uuid7(), "m@example.com"];
  await holdfast.host.database.query(
    "insert into holdfast.people (id, workspace, email, name, roles, created_by) values ($1, 1, $2, 'M', '{manager}', 'system:test')",
    [id, email],
  );
  const person = { id, email, name: "M", roles: ["manager"], groups: [] };
  return { workspace: 1, actor: { kind: "person", id }, person, door: "api" };
}

/** A run whose task was decided ten seconds before its deadline, with a minute of grace; the deadline has passed. */
async function decidedAtTheLastMoment(): Promise<{ run: string; task: string }> {
  const { host, services } = holdfast;
  const run = await holdfast.begin("approval");
  await holdfast.settled(run, "waiting");
  const found = await host.database.query<{ id: string }>("select id from holdfast.tasks where run = $1", [run]);
  const task = found.rows[0]?.id ?? "";
  await holdfast.advance(7 * DAY - 10 * SECOND);
  await services.decideTask(manager, { task, outcome: "approved", graceSeconds: 60 });
  await holdfast.advance(30 * SECOND);
  await holdfast.until(async () => {
    const timers = await host.database.query("select from holdfast.timers where run = $1 and name = ''", [run]);
    return timers.rowCount === 0 ? true : undefined;
  }, "the deadline to be looked at");
  await holdfast.settled(run, "waiting");
  return { run, task };
}

test("a decision that was made in time takes effect after the deadline", async () => {
  const { run } = await decidedAtTheLastMoment();
  await holdfast.advance(60 * SECOND);
  expect(await holdfast.ended(run)).toMatchObject({ output: "approved" });
});

test("one that is taken back after the deadline lets it strike", async () => {
  const { run, task } = await decidedAtTheLastMoment();
  await holdfast.services.takeBackDecision(manager, task);
  expect(await holdfast.ended(run)).toMatchObject({ output: "late" });
});
