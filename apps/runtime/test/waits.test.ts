import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../src/services/services.ts";
import { uuid7 } from "../src/ids/uuid7.ts";
import { DAY, edges, failure, HostFixture, SYSTEM_CALLER, value } from "./support/host-fixture.ts";

let holdfast: HostFixture;

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
  for (const id of ["approval", "plain"]) await holdfast.publish(waiting(id, id === "approval"));
});
afterAll(() => holdfast[Symbol.asyncDispose]());
afterEach(() => {
  holdfast.calls.length = 0;
  holdfast.behaviors.clear();
});

function waiting(id: string, inbox: boolean) {
  const outcome = (port: string) => ({ port, event: `case/${port}`, match: { order: "{{ input.order }}" } });
  return {
    id,
    triggers: [{ type: "call" }, { type: "event", event: `case/${id}.opened` }],
    input: {
      type: "object",
      properties: { order: { type: "string" }, by: { type: "string" } },
      required: ["order"],
    },
    settings: { requester: "{{ input.?by.orValue('') }}" },
    nodes: {
      wait: {
        type: "wait.event",
        params: {
          outcomes: [outcome("approved"), outcome("rejected")],
          timeout: "7d",
          ...(inbox && {
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
              columns: ["order", "amount"],
              reminders: ["2d"],
              notRequester: true,
            },
          }),
        },
      },
      yes: { type: "end", params: { output: { how: "approved", got: "{{ nodes.wait }}" } } },
      no: { type: "end", params: { output: { how: "rejected" } } },
      late: { type: "end", params: { output: { how: "late" } } },
    },
    edges: edges("start>wait", "wait.approved>yes", "wait.rejected>no", "wait.timeout>late"),
  };
}

let orders = 0;
const newOrder = (): string => `O-${++orders}`;

async function person(roles: readonly string[]): Promise<Caller> {
  const id = uuid7();
  const email = `${id}@example.com`;
  await holdfast.host.database.query(
    "insert into holdfast.people (id, workspace, email, name, roles, created_by) values ($1, 1, $2, 'Pat', $3, 'system:test')",
    [id, email, roles],
  );
  return {
    workspace: 1,
    actor: { kind: "person", id },
    person: { id, email, name: "Pat", roles, groups: [] },
    door: "api",
  };
}

async function taskOf(run: string): Promise<string> {
  return holdfast.until(async () => {
    const { rows } = await holdfast.host.database.query<{ id: string }>(
      "select id from holdfast.tasks where run = $1",
      [run],
    );
    return rows[0]?.id;
  }, "the task");
}

describe("waiting for events", () => {
  test("an event resolves the run that it matches, and no other", async () => {
    const [a, b] = [newOrder(), newOrder()];
    const first = await holdfast.begin("plain", { order: a });
    const second = await holdfast.begin("plain", { order: b });
    await holdfast.settled(first, "waiting");
    await holdfast.settled(second, "waiting");
    await holdfast.send("case/approved", { order: a, amount: 3 });
    expect(await holdfast.ended(first)).toMatchObject({
      output: { how: "approved", got: { outcome: "approved", event: "case/approved", data: { order: a, amount: 3 } } },
    });
    expect(await holdfast.view(second)).toMatchObject({ status: "waiting" });
  });

  test("an event that came after the run began and before its wait is found by looking back", async () => {
    const order = newOrder();
    await holdfast.publish({
      ...waiting("slow", false),
      nodes: { ...waiting("slow", false).nodes, before: { type: "probe.repeatable", params: {} } },
      edges: edges("start>before", "before>wait", "wait.approved>yes", "wait.rejected>no", "wait.timeout>late"),
    });
    const gate = Promise.withResolvers<void>();
    holdfast.behaviors.set("before", async () => {
      await gate.promise;
      return value(null);
    });
    const id = await holdfast.begin("slow", { order });
    await holdfast.send("case/rejected", { order });
    gate.resolve();
    expect(await holdfast.ended(id)).toMatchObject({ output: { how: "rejected" } });
  });

  test("an event from before the run is not its own", async () => {
    const order = newOrder();
    await holdfast.send("case/approved", { order });
    const id = await holdfast.begin("plain", { order });
    await holdfast.settled(id, "waiting");
    await holdfast.advance(8 * DAY);
    expect(await holdfast.ended(id)).toMatchObject({ output: { how: "late" } });
  });

  test("an event of the greatest size is taken whole", async () => {
    const order = newOrder();
    const id = await holdfast.begin("plain", { order });
    await holdfast.settled(id, "waiting");
    const text = "x".repeat(8 * 1024 * 1024 - 100);
    await holdfast.send("case/rejected", { order, text });
    expect(await holdfast.ended(id)).toMatchObject({ output: { how: "rejected" } });
  });

  test("types count: the text 42 is not the number", async () => {
    const id = await holdfast.begin("plain", { order: "42" });
    await holdfast.settled(id, "waiting");
    await holdfast.send("case/approved", { order: 42 });
    await holdfast.send("case/rejected", { order: "42" });
    expect(await holdfast.ended(id)).toMatchObject({ output: { how: "rejected" } });
  });

  test("a trigger starts a run once, and says why where it does not", async () => {
    const order = newOrder();
    const { ids } = await holdfast.services.acceptEvents(SYSTEM_CALLER, [
      { name: "case/plain.opened", data: { order }, id: `evt-${order}` },
    ]);
    const again = await holdfast.services.acceptEvents(SYSTEM_CALLER, [
      { name: "case/plain.opened", data: { order }, id: `evt-${order}` },
    ]);
    expect(again.ids).toEqual(ids);
    const { rows } = await holdfast.until(async () => {
      const found = await holdfast.host.database.query("select id from holdfast.runs where trigger_event = $1", [
        ids[0],
      ]);
      return found.rows.length > 0 ? found : undefined;
    }, "the run");
    expect(rows).toHaveLength(1);

    const bad = await holdfast.send("case/plain.opened", { order: 5 });
    const refusals = await holdfast.until(async () => {
      const found = await holdfast.host.database.query<{ refusals: unknown }>(
        "select refusals from holdfast.events where id = $1",
        [bad.ids[0]],
      );
      return found.rows[0]?.refusals ?? undefined;
    }, "the refusal");
    expect(refusals).toMatchObject([{ flow: "plain", code: "invalid_input", pointer: "/data/order" }]);
  });

  test("a wait can be ended by hand, by a port it has", async () => {
    const id = await holdfast.begin("plain", { order: newOrder() });
    await holdfast.settled(id, "waiting");
    const { rows } = await holdfast.host.database.query<{ id: string }>(
      "select id from holdfast.waits where run = $1",
      [id],
    );
    const wait = rows[0]?.id ?? "";
    await expect(holdfast.services.skipWait(SYSTEM_CALLER, id, wait, "sideways")).rejects.toMatchObject({
      code: "unknown_port",
    });
    await holdfast.services.skipWait(SYSTEM_CALLER, id, wait, "rejected");
    expect(await holdfast.ended(id)).toMatchObject({ output: { how: "rejected" } });
    await expect(holdfast.services.skipWait(SYSTEM_CALLER, id, wait, "rejected")).rejects.toMatchObject({
      status: 409,
    });
  });
});

describe("tasks", () => {
  test("a manager decides, with the prefill where nothing is said", async () => {
    const id = await holdfast.begin("approval", { order: newOrder() }, await person(["viewer"]));
    const task = await taskOf(id);
    const manager = await person(["manager"]);
    await expect(
      holdfast.services.decideTask(manager, { task, outcome: "approved", data: { amount: -1, more: true } }),
    ).rejects.toMatchObject({
      code: "invalid_decision",
      issues: expect.arrayContaining([expect.objectContaining({ pointer: "/data/amount" })]),
    });
    await holdfast.services.decideTask(manager, { task, outcome: "approved", comment: "Fine." });
    const run = await holdfast.ended(id);
    expect(run.output).toMatchObject({
      got: {
        outcome: "approved",
        data: { amount: 10 },
        comment: "Fine.",
        via: "api",
        by: { kind: "person", name: "Pat" },
      },
    });
    await expect(holdfast.services.decideTask(manager, { task, outcome: "rejected" })).rejects.toMatchObject({
      code: "already_decided",
    });
  });

  test("an event that names no requester starts a run that has none", async () => {
    const { ids } = await holdfast.send("case/approval.opened", { order: newOrder() });
    const id = await holdfast.until(async () => {
      const found = await holdfast.host.database.query<{ id: string }>(
        "select id from holdfast.runs where trigger_event = $1",
        [ids[0]],
      );
      return found.rows[0]?.id;
    }, "the run");
    expect(await holdfast.view(id)).toMatchObject({ requester: null });
    await holdfast.services.decideTask(await person(["manager"]), { task: await taskOf(id), outcome: "rejected" });
    expect(await holdfast.ended(id)).toMatchObject({ output: { how: "rejected" } });
  });

  test("nobody else may, at any door", async () => {
    const order = newOrder();
    const asker = await person(["manager"]);
    const id = await holdfast.begin("approval", { order, by: asker.person?.email ?? "" });
    const task = await taskOf(id);
    const decide = { task, outcome: "approved" };
    await expect(holdfast.services.decideTask(asker, decide)).rejects.toMatchObject({
      code: "requester_may_not_decide",
    });
    await expect(holdfast.services.decideTask(await person(["administrator"]), decide)).rejects.toMatchObject({
      code: "not_assigned",
    });
    await expect(holdfast.services.decideTask(SYSTEM_CALLER, decide)).rejects.toMatchObject({ code: "not_a_person" });
    const { ids } = await holdfast.send("case/approved", { order }, asker);
    await holdfast.until(async () => {
      const { rows } = await holdfast.host.database.query(
        "select from holdfast.events where id = $1 and refusals is not null",
        [ids[0]],
      );
      return rows.length > 0 ? true : undefined;
    }, "the refusal");
    expect(await holdfast.view(id)).toMatchObject({ status: "waiting" });
    await holdfast.send("case/approved", { order, amount: 7 }, await person(["manager"]));
    expect(await holdfast.ended(id)).toMatchObject({ output: { got: { data: { amount: 7 }, via: "event" } } });
  });

  test("twenty at once make one decision", async () => {
    const id = await holdfast.begin("approval", { order: newOrder(), by: "someone@example.com" });
    const task = await taskOf(id);
    const manager = await person(["manager"]);
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        holdfast.services.decideTask(manager, { task, outcome: i % 2 === 0 ? "approved" : "rejected" }),
      ),
    );
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    await holdfast.ended(id);
  });

  test("within its grace a decision can be taken back, and no deadline fires meanwhile", async () => {
    const id = await holdfast.begin("approval", { order: newOrder(), by: "someone@example.com" });
    const task = await taskOf(id);
    const manager = await person(["manager"]);
    await holdfast.services.decideTask(manager, { task, outcome: "approved", graceSeconds: 60 });
    await expect(holdfast.services.takeBackDecision(await person(["manager"]), task)).rejects.toMatchObject({
      code: "not_your_decision",
    });
    await holdfast.services.takeBackDecision(manager, task);
    await holdfast.services.decideTask(manager, { task, outcome: "rejected", graceSeconds: 600 });
    await holdfast.settled(id, "waiting");
    await holdfast.advance(599_000);
    expect(await holdfast.view(id)).toMatchObject({ status: "waiting" });
    await holdfast.advance(2_000);
    expect(await holdfast.ended(id)).toMatchObject({ output: { how: "rejected" } });
  });

  test("is reminded of, and closes with its run", async () => {
    const id = await holdfast.begin("approval", { order: newOrder(), by: "someone@example.com" });
    const task = await taskOf(id);
    await holdfast.settled(id, "waiting");
    await holdfast.advance(3 * DAY);
    await holdfast.until(async () => {
      const { rows } = await holdfast.host.database.query(
        "select from holdfast.tasks where id = $1 and cardinality(reminded_at) = 1",
        [task],
      );
      return rows.length > 0 ? true : undefined;
    }, "the reminder");
    await holdfast.services.cancelRun(SYSTEM_CALLER, id, "cancel");
    expect(await holdfast.ended(id)).toMatchObject({ status: "canceled" });
    const { rows } = await holdfast.host.database.query("select status from holdfast.tasks where id = $1", [task]);
    expect(rows).toEqual([{ status: "canceled" }]);
    await expect(
      holdfast.services.decideTask(await person(["manager"]), { task, outcome: "approved" }),
    ).rejects.toMatchObject({ code: "task_closed" });
  });
});

describe("incidents", () => {
  const flow = (id: string, more: object) => ({
    id,
    nodes: {
      pay: { type: "probe.once", params: {}, retry: { maxAttempts: 2, initialInterval: "1ms" }, ...more },
      done: { type: "end", params: { output: "{{ nodes.pay }}" } },
    },
    edges: edges("start>pay", "pay>done"),
  });

  async function incidentOf(run: string): Promise<{ id: string; kind: string; key: string }> {
    return holdfast.until(async () => {
      const { rows } = await holdfast.host.database.query<{ id: string; kind: string; key: string }>(
        "select id, kind, key from holdfast.incidents where run = $1 and status = 'open'",
        [run],
      );
      return rows[0];
    }, "the incident");
  }

  test("an effect whose outcome nobody knows waits for a person", async () => {
    await holdfast.publish(flow("unknown", {}));
    holdfast.behaviors.set("pay", (_, call) => (call === 1 ? failure("reset", "unknown") : value({ paid: call })));
    const id = await holdfast.begin("unknown");
    const incident = await incidentOf(id);
    expect(incident).toMatchObject({ kind: "unknown_outcome", key: `${id}:pay:0:main` });
    expect(await holdfast.settled(id, "waiting")).toBeDefined();
    expect(holdfast.calls).toEqual(["pay#1"]);
    await holdfast.services.resolveIncident(SYSTEM_CALLER, { incident: incident.id, action: "retry" });
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: { paid: 2 } });
    expect(holdfast.calls).toEqual(["pay#1", "pay#2"]);
  });

  test("exhausted retries can be completed by hand", async () => {
    await holdfast.publish(flow("exhausted", {}));
    holdfast.behaviors.set("pay", () => failure("down"));
    const id = await holdfast.begin("exhausted");
    const incident = await incidentOf(id);
    expect(incident.kind).toBe("retries_exhausted");
    await expect(
      holdfast.services.resolveIncident(SYSTEM_CALLER, { incident: incident.id, action: "complete", port: "nowhere" }),
    ).rejects.toMatchObject({ code: "unknown_port" });
    await holdfast.services.resolveIncident(SYSTEM_CALLER, {
      incident: incident.id,
      action: "complete",
      output: { paid: "by hand" },
    });
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: { paid: "by hand" } });
    await expect(
      holdfast.services.resolveIncident(SYSTEM_CALLER, { incident: incident.id, action: "fail" }),
    ).rejects.toMatchObject({ code: "incident_closed" });
  });

  test("or given up", async () => {
    await holdfast.publish(flow("given-up", {}));
    holdfast.behaviors.set("pay", () => failure("down"));
    const id = await holdfast.begin("given-up");
    const incident = await incidentOf(id);
    await holdfast.services.resolveIncident(SYSTEM_CALLER, { incident: incident.id, action: "fail" });
    expect(await holdfast.ended(id)).toMatchObject({ status: "failed", error: { code: "down" } });
  });
});

describe("stopping", () => {
  test("compensates in reverse order, then fails", async () => {
    const undoable = (n: number) => ({
      type: "probe.keyed",
      params: { n },
      compensate: { type: "probe.keyed", params: { undo: n } },
    });
    await holdfast.publish({
      id: "saga",
      nodes: { one: undoable(1), two: undoable(2), three: { type: "probe.keyed", params: {} } },
      edges: edges("start>one", "one>two", "two>three", "three>end"),
    });
    const done: unknown[] = [];
    for (const node of ["one", "two"]) {
      holdfast.behaviors.set(node, ({ params, key }) => {
        done.push([key.split(":").slice(1).join(":"), params]);
        return value(1);
      });
    }
    holdfast.behaviors.set("three", () => failure("no", "fatal"));
    expect(await holdfast.run("saga")).toMatchObject({ status: "failed", error: { code: "no" } });
    expect(done).toEqual([
      ["one:0:main", { n: 1 }],
      ["two:0:main", { n: 2 }],
      ["two:0:undo", { undo: 2 }],
      ["one:0:undo", { undo: 1 }],
    ]);
  });

  test("a canceled attempt gets the abort signal, and its run ends canceled", async () => {
    await holdfast.publish({
      id: "long",
      nodes: { work: { type: "probe.repeatable", params: {} } },
      edges: edges("start>work", "work>end"),
    });
    const begun = Promise.withResolvers<void>();
    holdfast.behaviors.set("work", ({ signal }) => {
      begun.resolve();
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve(failure("stopped"))));
    });
    const id = await holdfast.begin("long");
    await begun.promise;
    await holdfast.services.cancelRun(SYSTEM_CALLER, id, "cancel");
    expect(await holdfast.ended(id)).toMatchObject({ status: "canceled" });
    await expect(holdfast.services.cancelRun(SYSTEM_CALLER, id, "cancel")).rejects.toMatchObject({
      code: "run_is_over",
    });
  });

  test("a paused run begins nothing new until it is resumed; its waits still resolve", async () => {
    const order = newOrder();
    const id = await holdfast.begin("plain", { order });
    await holdfast.settled(id, "waiting");
    await holdfast.services.pauseRun(SYSTEM_CALLER, id);
    await holdfast.settled(id, "paused");
    await holdfast.send("case/approved", { order });
    await holdfast.until(async () => {
      const { rows } = await holdfast.host.database.query(
        "select from holdfast.waits where run = $1 and status = 'resolved'",
        [id],
      );
      return rows.length > 0 ? true : undefined;
    }, "the wait to resolve");
    expect(await holdfast.settled(id, "paused")).toBeDefined();
    await holdfast.services.resumeRun(SYSTEM_CALLER, id);
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: { how: "approved" } });
  });

  test("a run that takes longer than its flow allows fails", async () => {
    await holdfast.publish({ ...waiting("hurried", false), settings: { timeouts: { finish: "1d" } } });
    const id = await holdfast.begin("hurried", { order: newOrder() });
    await holdfast.settled(id, "waiting");
    await holdfast.advance(DAY + 1_000);
    expect(await holdfast.ended(id)).toMatchObject({ status: "failed" });
  });
});

describe("loops that are undone", () => {
  test("every completed iteration is compensated, the last first, before what came earlier", async () => {
    const undone: unknown[] = [];
    await holdfast.publish({
      id: "saga-loop",
      nodes: {
        first: {
          type: "probe.keyed",
          params: { n: "first" },
          compensate: { type: "probe.keyed", params: { undo: "first" } },
        },
        each: {
          type: "forEach",
          params: {
            items: [1, 2, 3],
            concurrency: 1,
            body: {
              nodes: {
                book: {
                  type: "probe.keyed",
                  params: { n: "{{ item }}" },
                  compensate: { type: "probe.keyed", params: { undo: "{{ item }}" } },
                },
              },
              edges: edges("start>book", "book>end"),
            },
          },
        },
        last: { type: "probe.keyed", params: {} },
      },
      edges: edges("start>first", "first>each", "each>last", "last>end"),
    });
    const note: Parameters<typeof holdfast.behaviors.set>[1] = ({ params, key }) => {
      if (key.endsWith("undo")) undone.push(params["undo"]);
      return value(1);
    };
    holdfast.behaviors.set("first", note);
    holdfast.behaviors.set("book", note);
    holdfast.behaviors.set("last", () => failure("no", "fatal"));
    expect(await holdfast.run("saga-loop")).toMatchObject({ status: "failed", error: { code: "no" } });
    expect(undone).toEqual([3, 2, 1, "first"]);
  });
});
