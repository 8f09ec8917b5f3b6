import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { failure, edges, HostFixture, SYSTEM_CALLER, value } from "./support/host-fixture.ts";

let holdfast: HostFixture;

beforeEach(async () => {
  holdfast = await HostFixture.create();
});
afterEach(() => holdfast[Symbol.asyncDispose]());

const one = (id: string, type = "probe.repeatable") => ({
  id,
  nodes: { work: { type, params: {} }, done: { type: "end", params: { output: "{{ nodes.work }}" } } },
  edges: edges("start>work", "work>done"),
});

async function openIncident(run: string): Promise<{ id: string; kind: string }> {
  return holdfast.until(async () => {
    const { rows } = await holdfast.host.database.query<{ id: string; kind: string }>(
      "select id, kind from holdfast.incidents where run = $1 and status = 'open'",
      [run],
    );
    return rows[0];
  }, "the incident");
}

/** Nobody holds the run, which looks again in a while. */
async function leftToOthers(run: string): Promise<void> {
  await holdfast.until(async () => {
    const { rows } = await holdfast.host.database.query(
      "select from holdfast.timers t join holdfast.runs r on r.id = t.run where r.id = $1 and r.lease_owner is null and t.due_at > holdfast.now()",
      [run],
    );
    return rows.length > 0 ? true : undefined;
  }, "the run to be left to others");
}

describe("values", () => {
  test("a large output goes to the side table and is read back whole", async () => {
    await holdfast.start();
    await holdfast.publish({
      id: "large",
      nodes: {
        work: { type: "probe.repeatable", params: {} },
        nap: { type: "sleep", params: { for: "1h" } },
        done: {
          type: "end",
          params: { output: { length: "{{ size(nodes.work.text) }}", text: "{{ nodes.work.text }}" } },
        },
      },
      edges: edges("start>work", "work>nap", "nap>done"),
    });
    const text = "x".repeat(100_000);
    holdfast.behaviors.set("work", () => value({ text }));
    const id = await holdfast.begin("large");
    await holdfast.settled(id, "waiting");
    await holdfast.advance(3_600_000);
    await holdfast.ended(id);
    const { rows } = await holdfast.host.database.query<{ inline: number; value: { length: number; text: string } }>(
      `select pg_column_size(r.output) as inline, p.value from holdfast.runs r
       join holdfast.payloads p on p.id = (r.output ->> '$payload')::uuid where r.id = $1`,
      [id],
    );
    expect(rows[0]?.inline).toBeLessThan(200);
    expect(rows[0]?.value).toEqual({ length: 100_000, text });
  });

  test.for([
    ["invalid_text", "a\u0000b"],
    ["invalid_text", "\uD800"],
    ["value_too_large", "x".repeat(8 * 1024 * 1024)],
  ] as const)("an output that can't be stored fails its own step: %s", async ([code, text]) => {
    await holdfast.start();
    await holdfast.publish(one("bad"));
    await holdfast.publish(one("good"));
    holdfast.behaviors.set("work", ({ run }) => value(run.flow === "bad" ? text : "fine"));
    const [bad, good] = await Promise.all([holdfast.run("bad"), holdfast.run("good")]);
    expect(bad).toMatchObject({ status: "failed", error: { code } });
    expect(good).toMatchObject({ status: "completed", output: "fine" });
  });
});

describe("several processes", () => {
  test("a server starts runs, a worker moves them, and hears of orders given to the server", async () => {
    const server = await holdfast.start({ role: "server" });
    await holdfast.start({ role: "worker" });
    await holdfast.publish(one("remote"));
    const begun = Promise.withResolvers<void>();
    holdfast.behaviors.set("work", ({ signal }) => {
      begun.resolve();
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(failure("stopped")));
      });
    });
    const id = await holdfast.begin("remote");
    await begun.promise;
    expect((await holdfast.view(id)).lease_owner).not.toBe(server.workerId);
    await server.services.cancelRun(SYSTEM_CALLER, id, "cancel");
    expect(await holdfast.ended(id)).toMatchObject({ status: "canceled" });
  });

  test("a worker carries as many runs as it has room for, however long their steps take, and takes the others in turn", async () => {
    const never = 3_600_000;
    await holdfast.start({ role: "server" });
    const worker = await holdfast.start({ role: "worker", capacity: 30, sweepMs: never });
    // The sweep at the start is over: from here on, the queue alone hands runs over.
    await holdfast.until(async () => ((await worker.ready()) ? true : undefined), "the worker to fetch");
    await holdfast.publish(one("many"));
    const gate = Promise.withResolvers<void>();
    const full = Promise.withResolvers<void>();
    let [atWork, most] = [0, 0];
    holdfast.behaviors.set("work", async () => {
      atWork += 1;
      most = Math.max(most, atWork);
      if (atWork === 30) full.resolve();
      await gate.promise;
      atWork -= 1;
      return value("done");
    });
    const runs = await Promise.all(Array.from({ length: 100 }, () => holdfast.begin("many")));
    await full.promise;
    expect(await worker.ready()).toBe(true);
    gate.resolve();
    for (const run of runs) expect(await holdfast.ended(run)).toMatchObject({ status: "completed" });
    expect(most).toBe(30);
  });

  test("what a process leaves at a graceful stop, the next goes on with at once", async () => {
    const first = await holdfast.start();
    await holdfast.publish({
      id: "deploy",
      nodes: { before: { type: "probe.keyed", params: {} }, work: { type: "probe.keyed", params: {} } },
      edges: edges("start>before", "before>work", "work>end"),
    });
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    holdfast.behaviors.set("work", async (_, call) => {
      begun.resolve();
      if (call === 1) await gate.promise;
      return value(call);
    });
    const id = await holdfast.begin("deploy");
    await begun.promise;
    const stopping = first.stop();
    gate.resolve();
    await stopping;
    await holdfast.restart();
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed" });
    expect(holdfast.calls.filter((call) => call.startsWith("before"))).toEqual(["before#1"]);
  });

  test("a step whose node type no worker has opens an incident, and goes on when the type is back", async () => {
    const first = await holdfast.start();
    await holdfast.publish({
      id: "lost-type",
      nodes: {
        nap: { type: "sleep", params: { for: "1h" } },
        work: { type: "probe.keyed", params: {} },
        done: { type: "end", params: { output: "{{ nodes.work }}" } },
      },
      edges: edges("start>nap", "nap>work", "work>done"),
    });
    const id = await holdfast.begin("lost-type");
    await holdfast.settled(id, "waiting");
    await first.stop();
    await holdfast.restart({ nodeTypes: [] });
    await holdfast.advance(3_600_000);
    await leftToOthers(id);
    await holdfast.advance(61_000);
    const incident = await openIncident(id);
    expect(incident.kind).toBe("node_type_missing");
    await holdfast.host.stop();
    holdfast.behaviors.set("work", () => value("back"));
    // Nothing was sent: nobody has to be asked.
    await holdfast.restart();
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: "back" });
  });

  test("so does a compensation whose node type no worker has", async () => {
    const first = await holdfast.start();
    await holdfast.publish({
      id: "lost-undo",
      nodes: {
        book: { type: "data.set", params: { values: {} }, compensate: { type: "probe.keyed", params: {} } },
        nap: { type: "sleep", params: { for: "1h" } },
        no: { type: "fail", params: { message: "No." } },
      },
      edges: edges("start>book", "book>nap", "nap>no"),
    });
    const id = await holdfast.begin("lost-undo");
    await holdfast.settled(id, "waiting");
    await first.stop();
    await holdfast.restart({ nodeTypes: [] });
    await holdfast.advance(3_600_000);
    await leftToOthers(id);
    await holdfast.advance(61_000);
    const incident = await openIncident(id);
    expect(incident.kind).toBe("node_type_missing");
    await holdfast.host.stop();
    await holdfast.restart();
    expect(await holdfast.ended(id)).toMatchObject({ status: "failed" });
    expect(holdfast.calls).toEqual(["book#2"]);
  });

  test("a run that ends its process again and again is set aside for a person", async () => {
    await holdfast.start({ leaseMs: 1_000, sweepMs: 50 });
    await holdfast.publish({
      id: "poison",
      nodes: { nap: { type: "sleep", params: { for: "30d" } }, done: { type: "end", params: { output: "ok" } } },
      edges: edges("start>nap", "nap>done"),
    });
    const id = await holdfast.begin("poison");
    await holdfast.settled(id, "waiting");
    await holdfast.host.database.query(
      `update holdfast.runs set status = 'running', crash_count = 3, crash_seq = 0, lease_owner = 0,
         lease_until = clock_timestamp() - interval '1 second' where id = $1`,
      [id],
    );
    const incident = await openIncident(id);
    expect(incident.kind).toBe("crash_loop");
    await expect(
      holdfast.services.resolveIncident(SYSTEM_CALLER, { incident: incident.id, action: "complete" }),
    ).rejects.toMatchObject({ code: "not_completable" });
    await holdfast.services.resolveIncident(SYSTEM_CALLER, { incident: incident.id, action: "retry" });
    await holdfast.settled(id, "waiting");
    await holdfast.advance(30 * 86_400_000);
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: "ok" });
  });
});

describe("taking a failed run up again", () => {
  test("children that completed are not run again, those that failed or were canceled are", async () => {
    await holdfast.start();
    await holdfast.publish({
      id: "items",
      nodes: {
        each: {
          type: "forEach",
          params: {
            items: [0, 1, 2, 3],
            concurrency: 1,
            body: {
              nodes: {
                work: { type: "probe.keyed", params: { n: "{{ item }}" } },
                out: { type: "end", params: { output: "{{ nodes.work }}" } },
              },
              edges: edges("start>work", "work>out"),
            },
          },
        },
        done: { type: "end", params: { output: "{{ nodes.each.results }}" } },
      },
      edges: edges("start>each", "each>done"),
    });
    let broken = true;
    const worked: unknown[] = [];
    holdfast.behaviors.set("work", ({ params }) => {
      const { n } = params;
      if (n === 2 && broken) return failure("broken", "fatal");
      worked.push(n);
      return value(n ?? null);
    });
    const run = await holdfast.run("items");
    expect(run).toMatchObject({ status: "failed" });
    expect(worked).toEqual([0, 1]);
    broken = false;
    await holdfast.services.retryRun(SYSTEM_CALLER, run.id);
    expect(await holdfast.ended(run.id)).toMatchObject({ status: "completed", output: [0, 1, 2, 3] });
    expect(worked).toEqual([0, 1, 2, 3]);
  });
});
