/** Events at every time they can come: each resolves what it should, once. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunningHost } from "../../src/host/start-host.ts";
import { CLIENT, type Door, doorOf } from "./support/door.ts";
import { edges, keyed } from "./support/flows.ts";
import { historyOf } from "./support/history.ts";
import { expectSound } from "./support/invariants.ts";
import { until, untilTrue } from "./support/until.ts";
import { World } from "./support/world.ts";

let world: World;
let host: RunningHost;
let door: Door;

beforeEach(async () => {
  world = await World.create();
  host = await world.host();
  door = doorOf(host);
});

afterEach(() => world[Symbol.asyncDispose]());

const wait = (more: object = {}) => ({
  type: "wait.event",
  params: {
    outcomes: [{ port: "paid", event: "bank/paid", match: { order: "{{ input.order }}" } }],
    ...more,
  },
});

/** `waits` waits for the same, one after the other, after an effect that the test can hold up. */
async function publish(waits: number, more: object = {}): Promise<void> {
  const names = Array.from({ length: waits }, (_, index) => `wait${index}`);
  await world.publish({
    id: "patient",
    input: { type: "object", properties: { order: { type: "integer" } }, required: ["order"] },
    nodes: { before: keyed(world, "/before"), ...Object.fromEntries(names.map((name) => [name, wait(more)])) },
    edges: edges(
      "start>before",
      "before>wait0",
      ...names.map((name, index) => `${name}.paid>${names[index + 1] ?? "end"}`),
      ...("timeout" in more ? names.map((name) => `${name}.timeout>end`) : []),
    ),
  });
}

interface WaitView {
  readonly run: string;
  readonly node: string;
  readonly status: string;
  readonly event: string | null;
  readonly outcome: string | null;
}

const waits = () =>
  world.rows<WaitView>(
    `select w.run, w.node, w.status, e.external_id as event, w.result -> 'output' ->> 'outcome' as outcome
     from holdfast.waits w left join holdfast.events e on e.id = w.event order by w.run, w.node`,
  );

async function completed(runs: number): Promise<void> {
  await untilTrue(`${runs} runs to be completed`, async () => {
    const history = await historyOf(world);
    return [...history.values()].filter((run) => run.status === "completed" && !run.held).length === runs;
  });
}

/** Resolves when so many waits are open and have looked back. */
async function waiting(open: number): Promise<void> {
  await untilTrue(`${open} open waits`, async () => {
    const [row] = await world.rows<{ count: number }>(
      `select count(*) from holdfast.waits w join holdfast.runs r on r.id = w.run
       where w.status = 'open' and r.status = 'waiting' and r.lease_owner is null`,
    );
    return row?.count === open;
  });
}

describe("an event", () => {
  test("that comes before its wait is found by it", async () => {
    await publish(1);
    const gate = Promise.withResolvers<"answer">();
    world.ledger.judge("/before", () => gate.promise);
    await door.start("patient", { order: 1 }, "start");
    await world.ledger.arrived("/before");
    await door.send("bank/paid", { order: 1 }, "e1");
    gate.resolve("answer");
    await completed(1);
    expect(await waits()).toMatchObject([{ status: "resolved", event: "e1" }]);
    await expectSound(world, []);
  });

  test("that came before the run was started is none of its business", async () => {
    await publish(1, { timeout: "1h" });
    await door.send("bank/paid", { order: 1 }, "e1");
    await door.start("patient", { order: 1 }, "start");
    await waiting(1);
    await door.send("bank/paid", { order: 1 }, "e2");
    await completed(1);
    expect(await waits()).toMatchObject([{ status: "resolved", event: "e2" }]);
  });

  test("that comes twice is one event, and resolves one wait of a run", async () => {
    await publish(2);
    await door.start("patient", { order: 1 }, "start");
    await waiting(1);
    await Promise.all([1, 2, 3].map(() => door.send("bank/paid", { order: 1 }, "e1")));
    await until("the second wait", async () => ((await waits()).length === 2 ? true : undefined));
    await waiting(1);
    await door.send("bank/paid", { order: 1 }, "e1");
    expect(await world.rows("select from holdfast.events")).toHaveLength(1);
    expect(await waits()).toMatchObject([
      { node: "wait0", status: "resolved", event: "e1" },
      { node: "wait1", status: "open", event: null },
    ]);
    await door.send("bank/paid", { order: 1 }, "e2");
    await completed(1);
    expect((await waits()).map(({ event }) => event)).toEqual(["e1", "e2"]);
    await expectSound(world, []);
  });

  test("that comes with another in the same millisecond leaves the other to the next wait", async () => {
    await publish(2);
    await door.start("patient", { order: 1 }, "start");
    await waiting(1);
    await host.services.acceptEvents(CLIENT, [
      { name: "bank/paid", data: { order: 1 }, id: "e1" },
      { name: "bank/paid", data: { order: 1 }, id: "e2" },
    ]);
    const [moments] = await world.rows<{ count: number }>("select count(distinct accepted_at) from holdfast.events");
    expect(moments?.count).toBe(1);
    await completed(1);
    expect((await waits()).map(({ event }) => event)).toEqual(["e1", "e2"]);
    await expectSound(world, []);
  });

  test("that comes after the time-out is kept, and resolves nothing", async () => {
    await publish(1, { timeout: "300ms" });
    await door.start("patient", { order: 1 }, "start");
    await completed(1);
    await door.send("bank/paid", { order: 1 }, "late");
    expect(await world.rows("select from holdfast.events")).toHaveLength(1);
    expect(await waits()).toMatchObject([{ status: "expired", event: null, outcome: "timeout" }]);
    await expectSound(world, []);
  });

  test("resolves a hundred waits for one key, each once", { timeout: 120_000 }, async () => {
    await publish(1);
    const orders = Array.from({ length: 100 }, (_, index) => `start-${index}`);
    await Promise.all(orders.map((key) => door.start("patient", { order: 1 }, key)));
    await door.start("patient", { order: 2 }, "another");
    await waiting(101);
    await Promise.all([door.send("bank/paid", { order: 1 }, "e1"), door.send("bank/paid", { order: 1 }, "e2")]);
    await completed(100);
    const all = await waits();
    expect(all.filter((one) => one.status === "resolved" && one.event !== null)).toHaveLength(100);
    expect(all.filter((one) => one.status === "open")).toHaveLength(1);
    const steps = await world.rows("select from holdfast.steps where node = 'wait0'");
    expect(steps).toHaveLength(100);
    await door.send("bank/paid", { order: 2 }, "e3");
    await completed(101);
    await expectSound(world, []);
  });
});
