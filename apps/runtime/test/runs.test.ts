import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DAY, edges, failure, HostFixture, type ProbeBehavior, value } from "./support/host-fixture.ts";

let holdfast: HostFixture;

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
});
afterAll(() => holdfast[Symbol.asyncDispose]());
afterEach(() => {
  holdfast.calls.length = 0;
  holdfast.behaviors.clear();
});

const probe = (params = {}, more = {}) => ({ type: "probe.repeatable", params, ...more });
const QUICK = { maxAttempts: 3, initialInterval: "10ms", maxInterval: "20ms" };

describe("a run", () => {
  test("goes from step to step with what was said before, and ends with its output", async () => {
    await holdfast.publish({
      id: "sequence",
      input: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
      nodes: {
        first: probe({ text: "Hello {{ input.name }}" }),
        second: probe({ copy: "{{ nodes.first }}" }),
        done: { type: "end", params: { output: { said: "{{ nodes.second.copy.text }}" } } },
      },
      edges: edges("start>first", "first>second", "second>done"),
    });
    const run = await holdfast.run("sequence", { name: "Ada" });
    expect(run).toMatchObject({ status: "completed", output: { said: "Hello Ada" } });
    expect((await holdfast.steps(run.id)).map(({ node, seq, status }) => [node, seq, status])).toEqual([
      ["first", 1, "completed"],
      ["second", 2, "completed"],
      ["done", 3, "completed"],
    ]);
  });

  test("takes a branch and merges what was not taken", async () => {
    await holdfast.publish({
      id: "branches",
      input: { type: "object", properties: { n: { type: "number" } }, required: ["n"] },
      nodes: {
        size: { type: "branch", params: { cases: [{ port: "big", when: "input.n > 10.0" }] } },
        big: probe({ is: "big" }),
        small: probe({ is: "small" }),
        after: probe({ big: "{{ has(nodes.big) }}" }),
        done: { type: "end", params: { output: "{{ nodes.after.big }}" } },
      },
      edges: edges("start>size", "size.big>big", "size.otherwise>small", "big>after", "small>after", "after>done"),
    });
    expect(await holdfast.run("branches", { n: 11 })).toMatchObject({ status: "completed", output: true });
    expect(await holdfast.run("branches", { n: 1 })).toMatchObject({ status: "completed", output: false });
  });

  test("tries again, with the same key, and leaves by its error port when that does not help", async () => {
    await holdfast.publish({
      id: "retries",
      nodes: {
        shaky: { type: "probe.keyed", params: {}, retry: QUICK },
        hopeless: { type: "probe.keyed", params: {}, retry: QUICK },
        sorry: probe({ code: "{{ errors.hopeless.code }}", attempts: "{{ errors.hopeless.attempts }}" }),
        done: { type: "end", params: { output: "{{ nodes.sorry }}" } },
        never: { type: "end", params: {} },
      },
      edges: edges("start>shaky", "shaky>hopeless", "hopeless>never", "hopeless.error>sorry", "sorry>done"),
    });
    const keys: string[] = [];
    holdfast.behaviors.set("shaky", ({ key }, call) => {
      keys.push(key);
      return call < 3 ? failure("busy") : value(call);
    });
    holdfast.behaviors.set("hopeless", () => failure("down"));
    const run = await holdfast.run("retries");
    expect(run).toMatchObject({ status: "completed", output: { code: "down", attempts: 3 } });
    expect(keys).toEqual(Array.from({ length: 3 }, () => `${run.id}:shaky:0:main`));
  });

  test("fails for good when nobody catches it, and is taken up again at the failed node", async () => {
    await holdfast.publish({
      id: "fails",
      nodes: { before: probe(), breaks: probe(), done: { type: "end", params: { output: "ok" } } },
      edges: edges("start>before", "before>breaks", "breaks>done"),
    });
    holdfast.behaviors.set("breaks", () => failure("wrong", "fatal"));
    const run = await holdfast.run("fails");
    expect(run).toMatchObject({ status: "failed", error: { code: "wrong" } });
    holdfast.behaviors.set("breaks", () => value(1));
    await holdfast.services.retryRun({ workspace: 1, actor: { kind: "system", id: "t" }, door: "api" }, run.id);
    expect(await holdfast.ended(run.id)).toMatchObject({ status: "completed", output: "ok", error: null });
    expect(holdfast.calls).toEqual(["before#1", "breaks#1", "breaks#2"]);
  });

  test("runs branches side by side and joins them", async () => {
    await holdfast.publish({
      id: "parallel",
      nodes: {
        a: probe({ x: 1 }),
        b: probe({ x: 2 }),
        sum: { type: "data.set", params: { values: { s: "{{ nodes.a.x + nodes.b.x }}" } } },
        done: { type: "end", params: { output: "{{ nodes.sum.s }}" } },
      },
      edges: edges("start>a", "start>b", "a>sum", "b>sum", "sum>done"),
    });
    const both = Promise.withResolvers<void>();
    let waiting = 0;
    const meet: ProbeBehavior = async ({ params }) => {
      if (++waiting === 2) both.resolve();
      await both.promise;
      return value(JSON.parse(JSON.stringify(params)));
    };
    for (const node of ["a", "b"]) {
      holdfast.behaviors.set(node, meet);
    }
    expect(await holdfast.run("parallel")).toMatchObject({ status: "completed", output: 3 });
  });

  test("sleeps for a week in a moment", async () => {
    await holdfast.publish({
      id: "sleeps",
      nodes: { nap: { type: "sleep", params: { for: "7d" } }, done: { type: "end", params: { output: "rested" } } },
      edges: edges("start>nap", "nap>done"),
    });
    const id = await holdfast.begin("sleeps");
    await holdfast.settled(id, "waiting");
    await holdfast.advance(6 * DAY);
    expect(await holdfast.settled(id, "waiting")).toMatchObject({ status: "waiting" });
    await holdfast.advance(DAY);
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: "rested" });
  });

  test("a time that passes just while it is looked at is not lost", async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `nap${i}`);
    await holdfast.publish({
      id: "short-naps",
      nodes: Object.fromEntries(ids.map((id) => [id, { type: "sleep", params: { for: "1ms" } }])),
      edges: edges(`start>${ids[0]}`, ...ids.slice(1).map((id, i) => `${ids[i]}>${id}`), `${ids.at(-1)}>end`),
    });
    const runs = await Promise.all(Array.from({ length: 5 }, () => holdfast.run("short-naps")));
    expect(runs.map((run) => run.status)).toEqual(Array.from({ length: 5 }, () => "completed"));
  });

  test("the same idempotency key is the same run", async () => {
    const start = { flow: "sequence", input: { name: "Ada" }, idempotencyKey: "k-1" };
    const caller = { workspace: 1, actor: { kind: "system", id: "t" }, door: "api" } as const;
    const answers = await Promise.all(Array.from({ length: 10 }, () => holdfast.services.startRun(caller, start)));
    expect(new Set(answers.map((answer) => answer.runId)).size).toBe(1);
    expect(answers.filter((answer) => answer.created)).toHaveLength(1);
  });

  test("an input that does not fit is refused and starts nothing", async () => {
    await expect(holdfast.begin("sequence", { name: 5 })).rejects.toMatchObject({
      code: "invalid_input",
      issues: [{ pointer: "/input/name" }],
    });
    await expect(holdfast.begin("sequence", { name: "a\u0000b" })).rejects.toMatchObject({ code: "invalid_text" });
    await expect(holdfast.begin("nothing", {})).rejects.toMatchObject({ code: "flow_not_found", status: 404 });
  });
});

describe("children", () => {
  test("a list is worked off in its order, a few at a time", async () => {
    await holdfast.publish({
      id: "lines",
      input: {
        type: "object",
        properties: { lines: { type: "array", items: { type: "number" } } },
        required: ["lines"],
      },
      nodes: {
        each: {
          type: "forEach",
          params: {
            items: "{{ input.lines }}",
            concurrency: 3,
            body: {
              nodes: {
                double: probe({ twice: "{{ item * 2.0 }}", at: "{{ index }}" }),
                out: { type: "end", params: { output: "{{ nodes.double.twice }}" } },
              },
              edges: edges("start>double", "double>out"),
            },
          },
        },
        done: { type: "end", params: { output: "{{ nodes.each.results }}" } },
      },
      edges: edges("start>each", "each>done"),
    });
    const lines = Array.from({ length: 25 }, (_, i) => i);
    expect(await holdfast.run("lines", { lines })).toMatchObject({
      status: "completed",
      output: lines.map((n) => n * 2),
    });
    expect(await holdfast.run("lines", { lines: [] })).toMatchObject({ status: "completed", output: [] });
  });

  test("an item that fails stops the others", async () => {
    holdfast.behaviors.set("double", ({ params }) =>
      params["at"] === 2 ? failure("bad_item", "fatal") : value({ twice: 0 }),
    );
    const run = await holdfast.run("lines", { lines: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(run).toMatchObject({ status: "failed" });
    expect(JSON.stringify(run.error)).toContain("bad_item");
  });

  test("repeats until its condition holds", async () => {
    await holdfast.publish({
      id: "poll",
      nodes: {
        again: {
          type: "repeat",
          params: {
            until: "last.n >= 3.0",
            maxIterations: 5,
            pause: "1h",
            body: {
              nodes: {
                ask: probe({ n: "{{ index + 1.0 }}" }),
                out: { type: "end", params: { output: "{{ nodes.ask }}" } },
              },
              edges: edges("start>ask", "ask>out"),
            },
          },
        },
        done: { type: "end", params: { output: "{{ nodes.again }}" } },
      },
      edges: edges("start>again", "again>done"),
    });
    const id = await holdfast.begin("poll");
    const asked = (times: number) =>
      holdfast.until(async () => (holdfast.calls.length >= times ? true : undefined), `round ${times}`);
    const pausing = () =>
      holdfast.until(async () => {
        const { rows } = await holdfast.host.database.query(
          "select from holdfast.timers t join holdfast.runs r on r.id = t.run where r.id = $1 and r.lease_owner is null and t.due_at > holdfast.now()",
          [id],
        );
        return rows.length > 0 ? true : undefined;
      }, "the pause");
    for (const round of [1, 2]) {
      await asked(round);
      await pausing();
      await holdfast.advance(3_600_000);
    }
    await asked(3);
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: { last: { n: 3 }, iterations: 3 } });
  });

  test("another flow is invoked with its own input, and its output comes back", async () => {
    await holdfast.publish({
      id: "callee",
      input: { type: "object", properties: { n: { type: "number" } }, required: ["n"] },
      nodes: {
        work: probe({ n: "{{ input.n + 1.0 }}" }),
        done: { type: "end", params: { output: { n: "{{ nodes.work.n }}" } } },
      },
      edges: edges("start>work", "work>done"),
    });
    await holdfast.publish({
      id: "caller",
      nodes: {
        call: { type: "invoke", params: { flow: "callee", input: { n: 41 } } },
        done: { type: "end", params: { output: "{{ nodes.call }}" } },
      },
      edges: edges("start>call", "call>done"),
    });
    expect(await holdfast.run("caller")).toMatchObject({ status: "completed", output: { n: 42 } });
  });

  test("a parent that is canceled cancels its children", async () => {
    await holdfast.publish({
      id: "patient",
      nodes: { nap: { type: "sleep", params: { for: "30d" } } },
      edges: edges("start>nap", "nap>end"),
    });
    await holdfast.publish({
      id: "impatient",
      nodes: { call: { type: "invoke", params: { flow: "patient", input: {} } } },
      edges: edges("start>call", "call>end"),
    });
    const id = await holdfast.begin("impatient");
    const child = await holdfast.until(async () => {
      const { rows } = await holdfast.host.database.query<{ id: string }>(
        "select id from holdfast.runs where parent = $1 and status = 'waiting'",
        [id],
      );
      return rows[0]?.id;
    }, "the child");
    await holdfast.services.cancelRun({ workspace: 1, actor: { kind: "system", id: "t" }, door: "api" }, id, "cancel");
    expect(await holdfast.ended(id)).toMatchObject({ status: "canceled" });
    expect(await holdfast.view(child)).toMatchObject({ status: "canceled" });
  });
});
