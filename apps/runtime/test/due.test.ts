/** When tasks are due, brought to mind and escalated, and who hears of it. */
import type { JsonObject } from "@holdfast/dsl";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type NamedCalendar, listCalendars, removeCalendar, saveCalendar } from "../src/calendars/calendar-store.ts";
import { escalate } from "../src/escalation/escalate.ts";
import { putPerson } from "../src/people/person-store.ts";
import { findTask } from "../src/read/tasks.ts";
import type { Caller } from "../src/services/services.ts";
import { DAY, edges, HostFixture, SYSTEM_CALLER } from "./support/host-fixture.ts";

let holdfast: HostFixture;
const people = new Map<string, Caller>();

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
  await person("Marta", ["manager"]);
  await person("Milo", ["manager"]);
  await person("Dora", ["viewer"], ["directors"]);
  await person("Rita", ["analyst"]);
});
afterAll(() => holdfast[Symbol.asyncDispose]());

async function person(name: string, roles: readonly ("manager" | "viewer" | "analyst")[], groups: string[] = []) {
  const email = `${name.toLowerCase()}@example.com`;
  const id = await putPerson(holdfast.host.database, SYSTEM_CALLER, { email, name, roles, groups });
  people.set(name, {
    workspace: 1,
    actor: { kind: "person", id },
    person: { id, email, name, roles, groups },
    door: "app",
  });
}

function as(name: string): Caller {
  const caller = people.get(name);
  if (caller === undefined) throw new Error(`nobody is called ${name}`);
  return caller;
}

let flows = 0;

/** Publishes a flow that asks, and starts a run of it. */
async function ask(inbox: JsonObject, { by = "rita@example.com", timeout = "30d", zone = "Europe/Kyiv" } = {}) {
  const id = `ask-${++flows}`;
  await holdfast.publish(flow(id, inbox, timeout, zone));
  return begin(id, by);
}

async function begin(id: string, by = "rita@example.com") {
  const run = await holdfast.begin(id, { by });
  await holdfast.settled(run, "waiting");
  const { rows } = await holdfast.host.database.query<{ id: string }>("select id from holdfast.tasks where run = $1", [
    run,
  ]);
  return { run, task: rows[0]?.id ?? "" };
}

const flow = (id: string, inbox: JsonObject, timeout: string, zone: string): JsonObject & { id: string } => ({
  id,
  settings: { requester: "{{ input.by }}", timeZone: zone },
  input: { type: "object", properties: { by: { type: "string" } }, required: ["by"] },
  nodes: {
    wait: {
      type: "wait.event",
      params: {
        outcomes: [
          { port: "approved", event: `${id}/approved` },
          { port: "rejected", event: `${id}/rejected` },
        ],
        timeout,
        inbox: { title: "Pay?", assignTo: { roles: ["manager"] }, notRequester: true, ...inbox },
      },
    },
    yes: { type: "end", params: { output: "{{ nodes.wait.outcome }}" } },
    late: { type: "end", params: { output: "late" } },
  },
  edges: edges("start>wait", "wait.approved>yes", "wait.rejected>yes", "wait.timeout>late"),
});

const view = (task: string) => findTask(holdfast.host.database, 1, task);

/** Who has been told what, in order. */
async function told(task: string): Promise<string[]> {
  const { rows } = await holdfast.host.database.query<{ said: string }>(
    `select p.name || ' ' || n.kind as said from holdfast.notifications n join holdfast.people p on p.id = n.person
     where n.task = $1 order by n.id, p.name`,
    [task],
  );
  return rows.map(({ said }) => said).toSorted();
}

/** The clock of the database. */
async function now(): Promise<number> {
  const { rows } = await holdfast.host.database.query<{ now: number }>("select holdfast.ms(holdfast.now()) as now");
  return Number(rows[0]?.now);
}

/** Moves time to a moment in Kyiv (winter). */
async function until(text: string): Promise<void> {
  await holdfast.advance(Date.parse(`${text}+02:00`) - (await now()));
}

const WEEK: NamedCalendar["hours"] = [...Array.from({ length: 5 }, () => [{ from: "09:00", to: "17:00" }]), [], []];

describe("a due date", () => {
  test("in clock time is soft: the deadline stays the wait's", async () => {
    const { task, run } = await ask({ due: "2d", priority: "high" });
    const found = await view(task);
    const opened = Date.parse(found?.openedAt ?? "");
    expect(found).toMatchObject({
      dueAt: new Date(opened + 2 * DAY).toISOString(),
      priority: "high",
    });
    expect(Math.round((Date.parse(found?.expiresAt ?? "") - opened) / DAY)).toBe(30);
    await holdfast.advance(3 * DAY);
    await holdfast.services.decideTask(as("Marta"), { task, outcome: "approved" });
    expect(await holdfast.ended(run)).toMatchObject({ output: "approved" });
  });

  test("without one is the deadline", async () => {
    const { task } = await ask({});
    const found = await view(task);
    expect(found).toMatchObject({ priority: "normal", escalation: [], escalatedAt: [], missingCalendars: [] });
    expect(found?.dueAt).toBe(found?.expiresAt);
  });

  test("in working time goes over a weekend and a holiday, and so do reminders and rungs", async () => {
    await saveCalendar(holdfast.host.database, SYSTEM_CALLER, {
      name: "office",
      calendar: {
        timeZone: "Europe/Kyiv",
        hours: WEEK,
        holidays: [
          { date: "2020-12-25", name: "Christmas", yearly: true },
          { date: "2040-12-28", name: "Stocktaking", yearly: false },
        ],
      },
    });
    // Christmas Eve 2040 is a Monday.
    await until("2040-12-24T15:59:00");
    const { task } = await ask(
      {
        due: { in: "2h", calendar: "office" },
        reminders: [{ in: "1h", calendar: "office" }],
        escalation: [{ after: { in: "2d", calendar: "office" }, assignTo: { groups: ["directors"] } }],
      },
      { zone: "America/New_York" },
    );
    const found = await view(task);
    // Tuesday is Christmas: a good hour on Monday, the rest on Wednesday.
    expect(found?.dueAt).toMatch(/^2040-12-26T07:59:0\d/);
    expect(found?.escalation[0]?.at).toMatch(/^2040-12-27T13:59:0\d/);
    await until("2040-12-24T16:59:10");
    expect(await told(task)).toEqual(["Marta assigned", "Marta reminder", "Milo assigned", "Milo reminder"]);
  });

  test("the default calendar has the flow's time zone, until somebody changes it", async () => {
    await until("2041-01-07T10:00:00");
    const first = await ask({ due: { in: "1h" } }, { zone: "America/New_York" });
    // Ten in Kyiv is three in New York.
    expect((await view(first.task))?.dueAt).toMatch(/^2041-01-07T15:00:0\d/);
    const shifts = WEEK.map(() => [{ from: "00:00", to: "24:00" }]);
    const calendar = { timeZone: null, hours: shifts, holidays: [] };
    await saveCalendar(holdfast.host.database, SYSTEM_CALLER, { name: "default", calendar });
    const second = await ask({ due: { in: "1h" } }, { zone: "America/New_York" });
    expect((await view(second.task))?.dueAt).toMatch(/^2041-01-07T09:00:\d\d/);
    await removeCalendar(holdfast.host.database, SYSTEM_CALLER, "default");
    const [standing] = await listCalendars(holdfast.host.database, 1);
    expect(standing).toMatchObject({ name: "default", changedAt: null, timeZone: null });
  });

  test("a calendar that is gone is replaced by the default one, and the task says so", async () => {
    const calendar = { timeZone: "Europe/Kyiv", hours: WEEK, holidays: [] };
    await saveCalendar(holdfast.host.database, SYSTEM_CALLER, { name: "passing", calendar });
    const { task } = await ask({ due: { in: "1h", calendar: "passing" } }, { zone: "UTC" });
    expect(await view(task)).toMatchObject({ missingCalendars: [] });
    const listed = (await listCalendars(holdfast.host.database, 1)).find(({ name }) => name === "passing");
    expect(listed?.usedBy).toEqual([`ask-${flows}`]);
    await removeCalendar(holdfast.host.database, SYSTEM_CALLER, "passing");
    await until("2041-01-14T10:00:00");
    const later = await begin(`ask-${flows}`);
    expect(await view(later.task)).toMatchObject({
      missingCalendars: ["passing"],
      dueAt: expect.stringMatching(/^2041-01-14T10:00:0\d/),
    });
  });

  test("in a calendar that does not exist can't be published", async () => {
    await expect(ask({ due: { in: "2d", calendar: "moon" } })).rejects.toMatchObject({
      code: "invalid_flow",
      issues: [{ code: "unknown_calendar", pointer: "/nodes/wait/params/inbox/due/calendar" }],
    });
  });
});

describe("the ladder", () => {
  const LADDER = [
    { after: "2d", assignTo: { groups: ["directors"] } },
    { after: "3d", assignTo: { people: ["rita@example.com"] } },
  ];

  test("adds people rung by rung, tells them, is noted, and never moves the deadline", async () => {
    const { task, run } = await ask({ escalation: LADDER, due: "1d" }, { by: "rita@example.com", timeout: "7d" });
    await expect(holdfast.services.decideTask(as("Dora"), { task, outcome: "approved" })).rejects.toMatchObject({
      code: "not_assigned",
    });
    await holdfast.advance(2 * DAY + 1_000);
    expect(await view(task)).toMatchObject({
      escalatedAt: [expect.any(String)],
      assignTo: { roles: ["manager"], groups: ["directors"], people: [] },
    });
    expect((await told(task)).filter((said) => said.endsWith("escalated"))).toEqual(["Dora escalated"]);
    await holdfast.advance(DAY);
    // She asked for it herself: she is named, told nothing, and may not.
    expect(await told(task)).not.toContain("Rita escalated");
    await expect(holdfast.services.decideTask(as("Rita"), { task, outcome: "approved" })).rejects.toMatchObject({
      code: "requester_may_not_decide",
    });
    const { rows } = await holdfast.host.database.query<{ actor: string; after: JsonObject }>(
      "select actor, after from holdfast.operations where target = $1 and action = 'task.escalate' order by after ->> 'rung'",
      [`task:${task}`],
    );
    expect(rows).toMatchObject([
      { actor: "system:escalation", after: { rung: 1 } },
      { actor: "system:escalation", after: { rung: 2, assignTo: { people: ["rita@example.com"] } } },
    ]);
    await holdfast.services.decideTask(as("Dora"), { task, outcome: "rejected" });
    expect(await holdfast.ended(run)).toMatchObject({ output: "rejected" });
  });

  test("ends with the deadline: nobody decided, and the run goes on by it", async () => {
    const { task, run } = await ask({ escalation: LADDER, reminders: ["1d"] }, { timeout: "4d" });
    await holdfast.advance(5 * DAY);
    expect(await holdfast.ended(run)).toMatchObject({ output: "late" });
    expect(await view(task)).toMatchObject({ status: "expired" });
    const left = await holdfast.host.database.query("select from holdfast.timers where run = $1", [run]);
    expect(left.rowCount).toBe(0);
  });

  test("climbs a rung once, however often its timer fires", async () => {
    const { task, run } = await ask({ escalation: LADDER }, {});
    const { rows } = await holdfast.host.database.query<{ name: string }>(
      "select name from holdfast.timers where run = $1 and name like 'escalation:%:0'",
      [run],
    );
    const timer = { run, name: rows[0]?.name ?? "" };
    // As two processes would that both took it for due.
    await Promise.all([1, 2, 3].map(() => escalate(holdfast.host.database, timer)));
    expect((await view(task))?.escalatedAt).toHaveLength(1);
    expect((await told(task)).filter((said) => said.endsWith("escalated"))).toEqual(["Dora escalated"]);
    await holdfast.advance(2 * DAY + 1_000);
    expect((await view(task))?.escalatedAt).toHaveLength(1);
  });

  test("of a task for everybody keeps it for everybody", async () => {
    const { task, run } = await ask({ assignTo: {}, escalation: LADDER }, {});
    await holdfast.advance(2 * DAY + 1_000);
    expect(await view(task)).toMatchObject({ assignTo: { people: [], roles: [], groups: [] } });
    expect(await told(task)).toEqual(["Dora escalated"]);
    await holdfast.services.decideTask(as("Milo"), { task, outcome: "approved" });
    await holdfast.ended(run);
  });

  test("stops where the task was decided", async () => {
    const { task } = await ask({ escalation: LADDER, reminders: ["1d"] }, {});
    await holdfast.services.decideTask(as("Milo"), { task, outcome: "approved" });
    await holdfast.advance(4 * DAY);
    expect(await view(task)).toMatchObject({ escalatedAt: [], remindedAt: [] });
  });
});
