/** Every door leads to the one decision function: whoever comes by whichever, one decides, and nobody for themselves. */
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createApi } from "../src/api/create-api.ts";
import { newDecisionLink } from "../src/decision-links/new-link.ts";
import { createMetrics } from "../src/metrics/metrics.ts";
import { Problem } from "../src/problem/problem.ts";
import { problemOf } from "../src/rpc/error.ts";
import { findTask } from "../src/read/tasks.ts";
import type { SignedIn } from "../src/session/signed-in.ts";
import { type Asked, ask, asking, newKey } from "./support/deciding.ts";
import { RpcFixture } from "./support/rpc-fixture.ts";

let rpc: RpcFixture;
let app: ReturnType<typeof createApi>;

beforeAll(async () => {
  rpc = await RpcFixture.create();
  const { database, manifests, services } = rpc.hosts.host;
  app = createApi({
    services,
    database,
    nodeTypes: manifests,
    logger: pino({ level: "silent" }),
    metrics: createMetrics(),
    version: "0.0.0-test",
    jobsFetched: async () => true,
  });
  for (const id of ["asked", "decides"]) {
    await rpc.hosts.publish(asking(id, id === "decides" ? { link: "decides" } : {}));
  }
});
afterAll(() => rpc[Symbol.asyncDispose]());

/** Decides through a door. @returns The code of the refusal; undefined: it was decided, or nobody answers at this door. */
type Door = (who: SignedIn, asked: Asked, outcome: string) => Promise<string | undefined>;

const DOORS: Readonly<Record<string, Door>> = {
  inbox: async (who, { task }, outcome) => {
    const caller = await rpc.as(who.person.name, ["manager"]);
    return refusalOf(() => caller.tasks.decide({ task, outcome, graceSeconds: 10 }));
  },
  bulk: async (who, { task }, outcome) => {
    const caller = await rpc.as(who.person.name, ["manager"]);
    const [one] = await caller.tasks.decideMany({ tasks: [{ id: task }], outcome });
    return one?.done === false ? one.problem.code : undefined;
  },
  api: async (who, { task }, outcome) => {
    const key = await newKey(rpc.hosts, who);
    const response = await app.request(`http://localhost/api/v1/tasks/${task}/decision`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ outcome }),
    });
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null && "code" in body ? String(body.code) : undefined;
  },
  event: async (who, { run, order, task }, outcome) => {
    const flow = (await findTask(rpc.hosts.host.database, 1, task))?.flow ?? "";
    const { ids } = await rpc.hosts.send(`${flow}/${outcome}`, { order }, who);
    // Its look has ended when it has answered, was refused, or the wait is over.
    return rpc.hosts.until(async () => {
      const { rows } = await rpc.hosts.host.database.query<{ code: string | null; over: boolean }>(
        `select e.refusals -> 0 ->> 'code' as code,
                exists (select from holdfast.tasks t where t.run = $2 and t.status <> 'open') as over
         from holdfast.events e where e.id = $1`,
        [ids[0], run],
      );
      const [row] = rows;
      if (row === undefined || (row.code === null && !row.over)) return undefined;
      return row.code ?? "nobody answers";
    }, "the event to be looked at");
  },
  link: async (who, { task }, outcome) => {
    const token = await newDecisionLink(rpc.hosts.host.database, { workspace: 1, person: who.person.id, task });
    const caller = await rpc.as(who.person.name, ["manager"]);
    return refusalOf(() => caller.links.decide({ token, outcome }));
  },
};

const refuse: Door = () => Promise.resolve("no door");

async function refusalOf(decide: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await decide();
    return undefined;
  } catch (error) {
    const problem = error instanceof Problem ? error : problemOf(error);
    return problem.code;
  }
}

test.each(["asked", "decides"])("twenty at once make one decision, through every mix of doors: %s", async (flow) => {
  const asked = await ask(rpc.hosts, flow);
  const doors = Object.values(DOORS);
  const doorOf = (index: number): Door => doors[index % doors.length] ?? refuse;
  const people = await Promise.all(
    Array.from({ length: 20 }, (_, index) => rpc.person(`Manager ${flow} ${index}`, ["manager"])),
  );
  const answers = await Promise.all(
    people.map((who, index) =>
      doorOf(index)(who, asked, Math.floor(index / doors.length) % 2 === 0 ? "approved" : "rejected"),
    ),
  );
  await rpc.hosts.advance(11_000);
  const { output } = await rpc.hosts.ended(asked.run);
  const { database } = rpc.hosts.host;
  const { rows } = await database.query<{ outcome: string; actor: string }>(
    "select outcome, actor from holdfast.task_decisions where task = $1",
    [asked.task],
  );
  expect(rows).toHaveLength(1);
  expect(output).toMatchObject({ outcome: rows[0]?.outcome, by: { id: rows[0]?.actor.slice("person:".length) } });
  const noted = await database.query("select from holdfast.operations where target = $1 and action = 'task.decide'", [
    `task:${asked.task}`,
  ]);
  expect(noted.rowCount).toBe(1);
  // An event is answered by nobody; whoever came by another door knows.
  const direct = answers.filter((answer) => answer !== "nobody answers");
  expect(direct.filter((answer) => answer === undefined).length).toBeLessThanOrEqual(1);
  for (const answer of direct) expect([undefined, "already_decided", "task_closed"]).toContain(answer);
});

describe.each(Object.entries(DOORS))("%s", (name, door) => {
  test("lets nobody decide what they asked for themselves", async () => {
    const who = await rpc.person(`Requester ${name}`, ["manager"]);
    for (const flow of ["asked", "decides"]) {
      const asked = await ask(rpc.hosts, flow, { by: who.person.email });
      expect(await door(who, asked, "approved")).toBe("requester_may_not_decide");
      expect(await rpc.hosts.view(asked.run)).toMatchObject({ status: "waiting" });
    }
  });

  test("lets nobody decide who is not asked", async () => {
    const who = await rpc.person(`Viewer ${name}`, ["viewer"]);
    expect(await door(who, await ask(rpc.hosts, "asked"), "approved")).toBe("not_assigned");
  });

  test("lets nobody decide what somebody else works on", async () => {
    const asked = await ask(rpc.hosts, "asked");
    await rpc.hosts.services.claimTask(await rpc.person("Holder", ["manager"]), asked.task);
    expect(await door(await rpc.person(`Other ${name}`, ["manager"]), asked, "approved")).toBe("claimed");
  });
});

test("an event from a key that may not decide stays stored and says why, and the wait stays open", async () => {
  const headers = {
    authorization: `Bearer ${await newKey(rpc.hosts, await rpc.person("Key of an analyst", ["analyst"]))}`,
    "content-type": "application/json",
  };
  const asked = await ask(rpc.hosts, "asked");
  const sent = await app.request("http://localhost/api/v1/events", {
    method: "POST",
    headers,
    body: JSON.stringify({ name: "asked/approved", data: { order: asked.order, amount: 1 } }),
  });
  expect(sent.status).toBe(202);
  const { ids } = z.object({ ids: z.array(z.string()) }).parse(await sent.json());
  const shown = await rpc.hosts.until(async () => {
    const response = await app.request(`http://localhost/api/v1/events/${ids[0]}`, { headers });
    const event = z.looseObject({ refused: z.array(z.unknown()) }).parse(await response.json());
    return event.refused.length > 0 ? event : undefined;
  }, "the refusal");
  expect(shown).toMatchObject({ refused: [{ code: "not_assigned", message: "This task is assigned to others." }] });
  expect(await rpc.hosts.view(asked.run)).toMatchObject({ status: "waiting" });
  // Somebody who may is not kept out by that.
  await rpc.hosts.send("asked/approved", { order: asked.order }, await rpc.person("Asked", ["manager"]));
  expect((await rpc.hosts.ended(asked.run)).output).toMatchObject({ outcome: "approved", data: { amount: 10 } });
});
