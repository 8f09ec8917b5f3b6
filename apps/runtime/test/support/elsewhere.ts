/** A second workspace in the same database, with something of everything in it, made by its own people. */
import { createFetch } from "@holdfast/nodes/executors";
import { pino } from "pino";
import { KeyRing } from "../../src/credentials/key-ring.ts";
import { Vault } from "../../src/credentials/vault.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { blankDocument, createFlow } from "../../src/drafts/create-flow.ts";
import { saveInboxView } from "../../src/inbox-views/views.ts";
import { createKey } from "../../src/keys/key-store.ts";
import { newDecisionLink } from "../../src/decision-links/new-link.ts";
import { newPersonLink } from "../../src/people/person-links.ts";
import { putPerson } from "../../src/people/person-store.ts";
import { saveCalendar } from "../../src/calendars/calendar-store.ts";
import { beginSession } from "../../src/session/session-store.ts";
import type { SignedIn } from "../../src/session/signed-in.ts";
import { setAbsence } from "../../src/tasks/absence.ts";
import { newSealKey } from "./credential-fixture.ts";
import { edges, failure, type HostFixture } from "./host-fixture.ts";

/** Stands in every text there. Ids tell nothing of a workspace, texts do. */
export const MARK = "Elsewhere";

/** Names that belong to a workspace, so that another may have the same. */
export const NAMES = {
  flow: "elsewhere-flow",
  calendar: "elsewhere",
  credential: "elsewhere",
  group: "elsewhere",
} as const;

const FLOW = {
  dsl: 1,
  id: NAMES.flow,
  name: `${MARK} flow`,
  triggers: [{ type: "call" }, { type: "event", event: "elsewhere/asked" }],
  input: { type: "object", properties: { order: { type: "string" } }, required: ["order"] },
  nodes: {
    note: { type: "data.set", params: { values: { text: `${MARK} {{ input.order }}` } } },
    ask: {
      type: "wait.event",
      params: {
        outcomes: [{ port: "approved", event: "elsewhere/answered", match: { order: "{{ input.order }}" } }],
        timeout: "30d",
        inbox: { title: `${MARK} {{ input.order }}`, assignTo: { roles: ["manager"] }, attachments: true },
      },
    },
    broken: { type: "probe.repeatable", params: {}, retry: { maxAttempts: 1 } },
    yes: { type: "end", params: { output: `${MARK} answered` } },
  },
  edges: edges("start>note", "note>ask", "start>broken", "ask.approved>yes", "ask.timeout>yes", "broken.out>end"),
} as const;

export interface Elsewhere {
  readonly workspace: number;
  /** Every id that stands in a row of the workspace. */
  readonly ids: readonly string[];
  readonly order: string;
}

/** What is there, as its rows say. */
const IDS = `
  select id::text from holdfast.people where workspace = $1
  union select id from holdfast.api_keys where workspace = $1
  union select id::text from holdfast.sessions where workspace = $1
  union select id::text from holdfast.runs where workspace = $1
  union select id::text from holdfast.events where workspace = $1
  union select id::text from holdfast.incidents where workspace = $1
  union select id::text from holdfast.credentials where workspace = $1
  union select id::text from holdfast.inbox_views where workspace = $1
  union select id::text from holdfast.absences where workspace = $1
  union select t.id::text from holdfast.tasks t where workspace = $1
  union select f.id::text from holdfast.task_files f join holdfast.tasks t on t.id = f.task where workspace = $1
  union select c.id::text from holdfast.task_comments c join holdfast.tasks t on t.id = c.task where workspace = $1
  union select w.id::text from holdfast.waits w join holdfast.runs r on r.id = w.run where workspace = $1`;

export async function makeElsewhere(hosts: HostFixture): Promise<Elsewhere> {
  const { database, services } = hosts.host;
  const made = await inTransaction(database, async (client) => {
    // Nobody's act: the product has no way to make a second one yet.
    await client.query("set local application_name = 'holdfast test'");
    return client.query<{ id: number }>(
      `insert into holdfast.workspaces (name, set_up_at) values ('${MARK}', now()) returning id`,
    );
  });
  const workspace = made.rows[0]?.id ?? 0;
  const someone = async (name: string): Promise<SignedIn> => {
    const caller = { workspace, actor: { kind: "system", id: "test" }, door: "system" } as const;
    const roles = ["administrator", "manager", "analyst", "developer"] as const;
    const email = `${name}@elsewhere.example`;
    const groups = [NAMES.group];
    const id = await putPerson(database, caller, { email, name: `${MARK} ${name}`, roles, groups, passwordHash: "x" });
    const person = { id, email, name: `${MARK} ${name}`, roles, groups };
    return { workspace, actor: { kind: "person", id }, person, door: "app" };
  };
  const ada = await someone("ada");
  const bob = await someone("bob");
  hosts.behaviors.set("broken", () => failure(`${MARK.toLowerCase()}_broken`));

  await services.publishFlow(ada, FLOW.id, FLOW);
  await createFlow(database, ada, blankDocument(`${MARK} draft`));
  const order = `${MARK} order 7`;
  const { runId: run } = await services.startRun(ada, { flow: FLOW.id, input: { order } });
  await services.acceptEvents(ada, [{ name: "elsewhere/told", data: { text: MARK } }]);
  const task = await hosts.until(async () => {
    const { rows } = await database.query<{ id: string }>(
      "select t.id from holdfast.tasks t join holdfast.incidents i on i.run = t.run where t.run = $1",
      [run],
    );
    return rows[0]?.id;
  }, "a task and an incident elsewhere");
  await services.commentOnTask(ada, task, `${MARK} comment`);
  await services.addTaskFile(ada, { task, name: `${MARK}.txt`, content: Buffer.from(MARK) });
  await services.delegateTask(ada, { task, to: bob.person.id, kind: "delegate", reason: MARK });
  await setAbsence(database, bob, {
    person: bob.person.id,
    delegate: ada.person.id,
    from: new Date().toISOString(),
    until: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const hours = Array.from({ length: 7 }, () => [{ from: "09:00", to: "17:00" }]);
  const holidays = [{ date: "2026-12-24", name: MARK, yearly: true }];
  await saveCalendar(database, ada, { name: NAMES.calendar, calendar: { timeZone: null, hours, holidays } });
  await saveInboxView(database, ada, { name: `${MARK} view`, query: "mine=1", shared: true });
  await createKey(database, ada, { person: ada.person.id, name: `${MARK} key`, scopes: ["runs:read"] });
  await newPersonLink(database, ada, bob.person.id, "reset");
  await newDecisionLink(database, { workspace, person: ada.person.id, task });
  await beginSession(database, workspace, ada.person.id, { agent: MARK });
  const vault = new Vault({
    database,
    ring: new KeyRing(() => [newSealKey("k1")]),
    fetch: createFetch(),
    log: pino({ level: "silent" }),
    learned: () => undefined,
  });
  await vault.set(ada, NAMES.credential, {
    value: { type: "bearer", token: `${MARK} token` },
    hosts: ["elsewhere.example"],
  });
  const { rows } = await database.query<{ id: string }>(IDS, [workspace]);
  return { workspace, ids: rows.map(({ id }) => id), order };
}
