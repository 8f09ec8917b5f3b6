/** People who decide, and flows that ask them. */
import type { JsonObject } from "@holdfast/dsl";
import { findTask } from "../../src/read/tasks.ts";
import type { TaskView } from "../../src/read/task-view.ts";
import type { Decide, Delegate } from "../../src/tasks/task-services.ts";
import { SCOPES } from "../../src/access/rights.ts";
import { uuid7 } from "../../src/ids/uuid7.ts";
import { createKey } from "../../src/keys/key-store.ts";
import type { SignedIn } from "../../src/session/signed-in.ts";
import { edges, type HostFixture, SYSTEM_CALLER } from "./host-fixture.ts";

/** A person as their session has it. */
export async function newPerson(
  { host }: HostFixture,
  name: string,
  roles: readonly string[] = ["manager"],
): Promise<SignedIn> {
  const id = uuid7();
  const email = `${id}@example.com`;
  await host.database.query(
    "insert into holdfast.people (id, workspace, email, name, roles, created_by) values ($1, 1, $2, $3, $4, 'system:test')",
    [id, email, name, roles],
  );
  const person = { id, email, name, roles, groups: [] };
  return { workspace: 1, actor: { kind: "person", id }, person, door: "app" };
}

/** A key of the person, as text. */
export async function newKey({ host }: HostFixture, { person }: SignedIn): Promise<string> {
  const made = await createKey(host.database, SYSTEM_CALLER, { person: person.id, name: "test", scopes: [...SCOPES] });
  return made.text;
}

/** A question to managers, answered by `approved` or `rejected`, in the inbox or by an event. */
export function question(id: string, inbox: JsonObject = {}): JsonObject {
  const outcome = (port: string): JsonObject => ({
    port,
    event: `${id}/${port}`,
    match: { order: "{{ input.order }}" },
  });
  return {
    type: "wait.event",
    params: {
      outcomes: [outcome("approved"), outcome("rejected")],
      timeout: "30d",
      inbox: {
        title: "Order {{ input.order }}",
        context: { order: "{{ input.order }}" },
        assignTo: { roles: ["manager"] },
        form: {
          type: "object",
          properties: { amount: { type: "number", minimum: 0, default: 10 } },
          required: ["amount"],
          additionalProperties: false,
        },
        notRequester: true,
        ...inbox,
      },
    },
  };
}

/** A flow of one question. Its answer is the run's output. */
export function asking(id: string, inbox: JsonObject = {}): JsonObject & { id: string } {
  return {
    id,
    input: {
      type: "object",
      properties: { order: { type: "string" }, by: { type: "string" } },
      required: ["order"],
    },
    settings: { requester: "{{ input.?by.orValue('') }}" },
    nodes: {
      ask: question(id, inbox),
      done: { type: "end", params: { output: "{{ nodes.ask }}" } },
      late: { type: "end", params: { output: "late" } },
    },
    edges: edges("start>ask", "ask.approved>done", "ask.rejected>done", "ask.timeout>late"),
  };
}

let orders = 0;

export interface Asked {
  readonly run: string;
  readonly task: string;
  readonly order: string;
}

/** Starts a run, and gives its task. */
export async function ask(holdfast: HostFixture, flow: string, input: JsonObject = {}): Promise<Asked> {
  const order = `ORD-${++orders}`;
  const run = await holdfast.begin(flow, { order, by: "customer@example.com", ...input });
  await holdfast.settled(run, "waiting");
  const found = await holdfast.host.database.query<{ id: string }>(
    "select id from holdfast.tasks where run = $1 order by id desc limit 1",
    [run],
  );
  return { run, order, task: found.rows[0]?.id ?? "" };
}

/** What tests do with tasks, on the host that `of` gives. */
export function desk(of: () => HostFixture) {
  const view = async ({ task }: Asked): Promise<TaskView> => {
    const found = await findTask(of().host.database, 1, task);
    if (found === undefined) throw new Error("the task is gone");
    return found;
  };
  return {
    view,
    decide: (who: SignedIn, { task }: Asked, more: Partial<Decide> = {}) =>
      of().services.decideTask(who, { task, outcome: "approved", ...more }),
    give: (from: SignedIn, to: SignedIn, { task }: Asked, more: Partial<Delegate> = {}) =>
      of().services.delegateTask(from, { task, to: to.person.id, kind: "delegate", ...more }),
    /** The last thing that was noted of a task. */
    noted: async ({ task }: Asked): Promise<{ action: string; before: JsonObject; after: JsonObject }> => {
      const { rows } = await of().host.database.query<{ action: string; before: JsonObject; after: JsonObject }>(
        "select action, before, after from holdfast.operations where target = $1 order by seq desc limit 1",
        [`task:${task}`],
      );
      if (rows[0] === undefined) throw new Error("nothing was noted");
      return rows[0];
    },
    /** Why an event was refused. */
    refusal: (event: string | undefined): Promise<JsonObject> =>
      of().until(async () => {
        const { rows } = await of().host.database.query<{ refusals: JsonObject[] | null }>(
          "select refusals from holdfast.events where id = $1",
          [event],
        );
        return rows[0]?.refusals?.[0];
      }, "the refusal"),
  };
}

/** As the outputs of decisions and the views of tasks tell a person. */
export const by = ({ person: { id, name } }: SignedIn): JsonObject => ({ kind: "person", id, name });
