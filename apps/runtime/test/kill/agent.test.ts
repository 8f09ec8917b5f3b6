/** An agent whose process is killed: no turn is paid for twice, no tool is used twice, and people need not answer again. */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import type { LedgerEntry, Reply } from "@holdfast/testkit/openai/server";
import { expect, test } from "vitest";
import { uuid7 } from "../../src/ids/uuid7.ts";
import { findTask } from "../../src/read/tasks.ts";
import type { Caller } from "../../src/services/services.ts";
import { doorOf } from "./support/door.ts";
import { edges, type Flow } from "./support/flows.ts";
import { until } from "./support/until.ts";
import { World } from "./support/world.ts";

const TIMEOUT = { timeout: 120_000 };

const object = (properties: JsonObject): JsonObject => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const pay = (world: World, more: JsonObject = {}): JsonObject => ({
  name: "pay",
  description: "Pays a part back.",
  http: {
    method: "POST",
    url: `${world.ledger.url}/paid`,
    arguments: object({ part: { type: "integer", minimum: 1 } }),
    fixed: { order: "{{ input.order }}" },
    idempotencyHeader: "Idempotency-Key",
    ...more,
  },
});

const flow = (tools: readonly Json[], more: JsonObject = {}): Flow => ({
  id: "agent",
  input: { type: "object", properties: { order: { type: "string" } }, required: ["order"] },
  nodes: {
    agent: {
      type: "ai.agent",
      params: { prompt: "Pay {{ input.order }} back.", tools: [...tools], maxTurns: 12, ...more },
      retry: { maxAttempts: 2, initialInterval: "100ms", jitter: "none" },
    },
    done: { type: "end", params: { output: "{{ nodes.agent }}" } },
  },
  edges: edges("start>agent", "agent>done"),
});

/** How many answers of tools the model was told. */
const toldIn = ({ messages }: LedgerEntry): number =>
  messages.filter(({ role }) => role === "function_call_output" || role === "tool").length;

/** Uses `pay` so often, and then answers. What it was asked, by how much it had been told. */
function paying(world: World, times: number): number[] {
  const asked: number[] = [];
  world.model.reply = (request): Reply => {
    const told = toldIn(request);
    asked.push(told);
    if (told === times) return { kind: "text", text: "It is paid." };
    return { kind: "tools", calls: [{ name: "pay", arguments: { part: told + 1 } }] };
  };
  return asked;
}

/** Starts it in a process that dies, and then on a host that goes on. */
async function killedAt(world: World, failpoint: string): Promise<JsonObject> {
  const victim = await world.process({ failpoint });
  const begun = victim.start("agent", { order: "O-1" }, "once").catch(() => undefined);
  await victim.killed();
  await begun;
  const host = await world.host();
  return ended(world, await doorOf(host).start("agent", { order: "O-1" }, "once"));
}

async function ended(world: World, run: string): Promise<JsonObject> {
  return until("the run to end", async () => {
    const [row] = await world.rows<{ status: string; output: Json }>(
      "select status, output from holdfast.runs where id = $1",
      [run],
    );
    return row?.status === "completed" && isJsonObject(row.output) ? row.output : undefined;
  });
}

test("killed in its ninth turn, it asks the model for the ninth again, and for no other", TIMEOUT, async () => {
  await using world = await World.create();
  await world.publish(flow([pay(world)]));
  const asked = paying(world, 8);
  // A turn and a tool are a sub-step each: the seventeenth is the ninth turn, answered and not yet kept.
  const output = await killedAt(world, "substep.before@ai.agent#17");
  expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 8]);
  expect(output).toMatchObject({ answer: "It is paid.", turns: 9 });
  expect(world.ledger.sends.map(({ body }) => body)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((part) => ({ part, order: "O-1" })),
  );
});

test("killed when a tool has paid and that is not kept, it sends the same key, and pays once", TIMEOUT, async () => {
  await using world = await World.create();
  await world.publish(flow([pay(world)]));
  const asked = paying(world, 2);
  await killedAt(world, "substep.before@ai.agent#2");
  expect(asked).toEqual([0, 1, 2]);
  expect(world.ledger.sends).toHaveLength(3);
  expect(world.ledger.applied("/paid").map(({ key }) => key?.split(":").at(-1))).toEqual([
    "tool-1-1/pay",
    "tool-2-1/pay",
  ]);
});

test("a tool that its target can't know again is not used again: a person is asked", TIMEOUT, async () => {
  await using world = await World.create();
  const { name, description, http } = pay(world);
  const { idempotencyHeader: _, ...keyless } = isJsonObject(http) ? http : {};
  await world.publish(flow([{ name: name ?? null, description: description ?? null, http: keyless }]));
  paying(world, 1);
  const victim = await world.process({ failpoint: "substep.before@ai.agent#2" });
  const begun = victim.start("agent", { order: "O-1" }, "once").catch(() => undefined);
  await victim.killed();
  await begun;
  await world.host();
  const incident = await until("an incident", async () => {
    const [row] = await world.rows<{ kind: string; error: Json }>("select kind, error from holdfast.incidents");
    return row;
  });
  expect(incident).toMatchObject({ kind: "unknown_outcome", error: { code: "interrupted" } });
  expect(world.ledger.sends).toHaveLength(1);
});

test("a tool waits for a person over a kill, and what they allow is what is done, once", TIMEOUT, async () => {
  await using world = await World.create();
  await world.publish(flow([{ ...pay(world), ask: { assignTo: { roles: ["manager"] } } }]));
  const asked = paying(world, 1);
  const victim = await world.process();
  const run = await victim.start("agent", { order: "O-1" }, "once");
  const task = await until("the task", async () => {
    const [row] = await world.rows<{ id: string }>("select id from holdfast.tasks where status = 'open'");
    return row?.id;
  });
  victim.kill("SIGKILL");
  await victim.ended();
  const host = await world.host();
  expect(await findTask(host.database, 1, task)).toMatchObject({
    context: { tool: "pay", order: "O-1" },
    prefill: { part: 1 },
    outcomes: ["approved", "rejected"],
  });
  await host.services.decideTask(await manager(world), { task, outcome: "approved", data: { part: 7 } });
  const output = await ended(world, run);
  expect(output).toMatchObject({
    toolCalls: [{ tool: "pay", arguments: { part: 7 }, status: "done", approvedBy: "Ada" }],
  });
  expect(world.ledger.sends.map(({ body }) => body)).toEqual([{ part: 7, order: "O-1" }]);
  expect(asked).toEqual([0, 1]);
});

test("a flow as a tool runs once, and its run is a child", TIMEOUT, async () => {
  await using world = await World.create();
  await world.publish({
    id: "check",
    input: { type: "object", properties: { order: { type: "string" }, part: { type: "integer" } }, required: ["part"] },
    nodes: {
      done: {
        type: "end",
        params: { output: { twice: "{{ input.part * 2 }}", order: "{{ input.?order.orValue('') }}" } },
      },
    },
    edges: edges("start>done"),
  });
  const tool = { name: "pay", description: "Checks.", flow: { flow: "check", fixed: { order: "{{ input.order }}" } } };
  await world.publish(flow([tool]));
  const asked = paying(world, 1);
  const output = await killedAt(world, "child.after@ai.agent");
  expect(output).toMatchObject({ toolCalls: [{ tool: "pay", arguments: { part: 1 }, status: "done" }] });
  expect(asked).toEqual([0, 1]);
  const children = await world.rows("select output from holdfast.runs where parent is not null");
  expect(children).toEqual([{ output: { twice: 2, order: "O-1" } }]);
});

async function manager(world: World): Promise<Caller> {
  const id = uuid7();
  await world.rows(
    "insert into holdfast.people (id, workspace, email, name, roles, created_by) values ($1, 1, $2, 'Ada', '{manager}', 'system:test')",
    [id, `${id}@example.com`],
  );
  const person = { id, email: `${id}@example.com`, name: "Ada", roles: ["manager"], groups: [] };
  return { workspace: 1, actor: { kind: "person", id }, person, door: "app" };
}
