import type { Effect, Outcome } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { NodeFailure } from "../failure.ts";
import { output } from "../outcome.ts";
import { MemoryCalls } from "./memory-calls.ts";
import { Passage } from "./passage.ts";
import { Suspension } from "./suspension.ts";

const NOON = Date.UTC(2026, 10, 22, 12);

/** A step whose passages share what is kept. */
function step(effect: Effect = "keyed", call = "main") {
  const store = new MemoryCalls();
  const abort = new AbortController();
  const enter = (execute: (passage: Passage) => Promise<unknown>): Promise<Outcome> => {
    const passage = new Passage({
      keyOf: (name) => `run:node:0:${name}`,
      call,
      effect,
      store,
      signal: abort.signal,
      now: () => NOON,
    });
    return passage.run(async () => {
      const value = await execute(passage);
      return output(value === undefined ? null : JSON.parse(JSON.stringify(value)));
    });
  };
  return { store, abort, enter };
}

const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no failure",
    (error: unknown) => (error instanceof NodeFailure ? error.error.code : error),
  );

describe("a sub-step", () => {
  it("gives what it gave before, without running", async () => {
    const { enter } = step();
    let ran = 0;
    const execute = (passage: Passage) => passage.step("charge", () => ({ charged: ++ran }));
    expect(await enter(execute)).toEqual(output({ charged: 1 }));
    expect(await enter(execute)).toEqual(output({ charged: 1 }));
    expect(ran).toBe(1);
  });

  it("may give nothing", async () => {
    const { enter, store } = step();
    const execute = (passage: Passage) => passage.step("tell", () => undefined);
    await enter(execute);
    expect(store.records.get("tell")).toEqual({ status: "completed", value: undefined });
    expect(await enter(execute)).toEqual(output(null));
  });

  it("has a key of its own", async () => {
    const { enter } = step();
    expect(await enter((passage) => passage.step("charge", ({ key }) => key))).toEqual(output("run:node:0:charge"));
  });

  it("has calls apart in a compensation", async () => {
    const { enter, store } = step("keyed", "undo");
    expect(await enter((passage) => passage.step("charge", ({ key }) => key))).toEqual(
      output("run:node:0:undo~charge"),
    );
    expect([...store.records.keys()]).toEqual(["undo~charge"]);
  });

  it("uses its name up", async () => {
    const { enter } = step();
    const twice = enter(async (passage) => {
      await passage.step("charge", () => 1);
      await passage.step("charge", () => 2);
    });
    expect(await code(twice)).toBe("duplicate_step");
  });

  it.each(["", "main", "undo", "a:b", "main~2", " a", "x".repeat(101)])("can't be called %j", async (name) => {
    expect(await code(step().enter((passage) => passage.step(name, () => 1)))).toBe("step_name_invalid");
  });

  it("gives plain JSON only", async () => {
    const { enter, store } = step();
    expect(await code(enter((passage) => passage.step("when", () => Number.NaN)))).toBe("step_not_json");
    expect(store.records.get("when")).toMatchObject({ status: "failed" });
  });

  it("says where it gives something else, also what leads back to itself", async () => {
    const circle: { [name: string]: unknown } = {};
    circle["inner"] = [circle];
    for (const [value, why] of [
      [{ at: [new Date()] }, "/at/0 is a Date: give its text"],
      [circle, "/inner/0 leads back to what it stands in"],
    ] as const) {
      const error = await step()
        .enter((passage) => passage.step("when", () => JSON.parse("0", () => value)))
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ error: { code: "step_not_json", message: expect.stringContaining(why) } });
    }
  });

  it("fails the node also when nobody waits for it", async () => {
    const busy = { kind: "error", code: "busy", message: "Busy." } as const;
    const forgotten = step().enter(async (passage) => {
      void passage.step("tell", () => Promise.reject(new NodeFailure(busy)));
      return "done";
    });
    expect(await forgotten).toEqual({ type: "fail", error: busy });
  });

  it("fails with its own error, and is tried again by the next attempt alone", async () => {
    const { enter, store } = step();
    let tries = 0;
    const execute = async (passage: Passage) => {
      await passage.step("first", () => "kept");
      return passage.step("second", () => {
        tries += 1;
        if (tries === 1) throw new NodeFailure({ kind: "error", code: "busy", message: "Busy.", retryAfter: 5 });
        return tries;
      });
    };
    expect(await code(enter(execute))).toBe("busy");
    expect(await code(enter(execute))).toBe("busy");
    expect(tries).toBe(1);
    store.nextAttempt();
    expect(await enter(execute)).toEqual(output(2));
  });

  it("is taken for the worst when it throws anything else", async () => {
    const broken = (effect: Effect) =>
      step(effect).enter((passage) => passage.step("send", () => Promise.reject(new Error("boom"))));
    await expect(broken("once")).rejects.toMatchObject({ error: { kind: "unknown", code: "step_threw" } });
    await expect(broken("keyed")).rejects.toMatchObject({ error: { kind: "error", code: "step_threw" } });
  });

  it("does not begin once the attempt is aborted", async () => {
    const { enter, abort } = step();
    abort.abort(new DOMException("canceled", "AbortError"));
    await expect(enter((passage) => passage.step("late", () => 1))).rejects.toMatchObject({ name: "AbortError" });
  });

  it("is waited for, also when another one has failed", async () => {
    const { enter, store } = step();
    const slow = Promise.withResolvers<number>();
    const over = enter((passage) =>
      Promise.all([
        passage.step("slow", () => slow.promise),
        passage.step("quick", () => Promise.reject(new Error("boom"))),
      ]),
    );
    slow.resolve(1);
    await expect(over).rejects.toBeInstanceOf(NodeFailure);
    expect(store.records.get("slow")).toEqual({ status: "completed", value: 1 });
  });
});

describe("an effect that can't be repeated", () => {
  it("is announced before it is sent", async () => {
    const { enter, store } = step("once");
    await enter((passage) => passage.step("send", () => store.announced.has("send"))).then((outcome) =>
      expect(outcome).toEqual(output(true)),
    );
    expect(store.announced.size).toBe(0);
  });

  it("is in doubt after a crash, and sent again only by another attempt", async () => {
    const { enter, store } = step("once");
    let sent = 0;
    const send = (passage: Passage) => passage.step("send", () => ++sent);
    await store.announce("send");
    store.crashed();
    await expect(enter(send)).rejects.toMatchObject({ error: { kind: "unknown", code: "interrupted" } });
    expect(sent).toBe(0);
    store.nextAttempt();
    expect(await enter(send)).toEqual(output(1));
  });

  it("may stand beside sub-steps of another effect", async () => {
    const { enter, store } = step("once");
    await enter((passage) => passage.step("look", () => store.announced.size, { effect: "repeatable" })).then(
      (outcome) => expect(outcome).toEqual(output(0)),
    );
  });
});

describe("a wait", () => {
  const pause = { for: "2h" } as const;

  it("ends the passage, and gives its result in the next one", async () => {
    const { enter, store } = step();
    const execute = (passage: Passage) => passage.wait(pause);
    expect(await enter(execute)).toEqual({
      type: "wait",
      wait: { kind: "time", until: NOON + 7_200_000, port: "out" },
      resumes: "wait",
    });
    await store.keep("wait", { status: "completed", value: { at: "2026-11-22T14:00:00.000Z" } });
    expect(await enter(execute)).toEqual(output({ at: "2026-11-22T14:00:00.000Z" }));
  });

  it("is asked for by what may end it", async () => {
    const asked = async (request: Parameters<Passage["wait"]>[0]) => {
      const outcome = await step().enter((passage) => passage.wait(request));
      return outcome.type === "wait" ? outcome.wait : outcome;
    };
    expect(await asked({ until: "2026-12-24T18:00:00Z" })).toMatchObject({ until: Date.UTC(2026, 11, 24, 18) });
    expect(await asked({ event: "paid", match: { order: 1 }, timeout: 500 })).toEqual({
      kind: "event",
      outcomes: [{ port: "event", event: "paid", match: { order: 1 } }],
      deadline: { at: NOON + 500, port: "timeout" },
    });
    expect(await asked({ outcomes: [{ outcome: "no", event: "refused", where: "event.data.sure" }] })).toEqual({
      kind: "event",
      outcomes: [{ port: "no", event: "refused", match: {}, where: "event.data.sure" }],
    });
  });

  it("is asked for as a task for people, whom no event stands in for", async () => {
    const { enter, store } = step();
    const execute = (passage: Passage) =>
      passage.wait({
        inbox: {
          title: "Pay it?",
          assignTo: { roles: ["manager"] },
          form: { type: "object", properties: { amount: { default: 1 }, note: { default: "" } } },
          prefill: { amount: 40 },
          due: "1d",
          needs: { yes: 2 },
        },
        outcomes: [{ outcome: "yes", title: "Pay" }, { outcome: "no" }],
        timeout: "2d",
      });
    const outcome = await enter(execute);
    expect(outcome).toMatchObject({ type: "wait", resumes: "wait" });
    expect(outcome.type === "wait" ? outcome.wait : outcome).toMatchObject({
      kind: "event",
      outcomes: [
        { port: "yes", event: "~yes", match: {} },
        { port: "no", event: "~no", match: {} },
      ],
      deadline: { at: NOON + 2 * 86_400_000, port: "timeout" },
      inbox: {
        title: "Pay it?",
        assignTo: { people: [], roles: ["manager"], groups: [] },
        prefill: { amount: 40, note: "" },
        due: 86_400_000,
        needs: { yes: 2 },
        titles: { yes: "Pay" },
      },
    });
    const by = { kind: "person", id: "ada" };
    await store.keep("wait", {
      status: "completed",
      value: { outcome: "yes", data: { amount: 3 }, comment: "Three.", by, via: "app", at: "2026-11-22T14:00:00.000Z" },
    });
    expect(await enter(execute)).toEqual(
      output({ outcome: "yes", data: { amount: 3 }, comment: "Three.", by, at: "2026-11-22T14:00:00.000Z" }),
    );
  });

  it.each([
    [{ inbox: { title: "" }, outcomes: [{ outcome: "yes" }] }, "inbox/title"],
    [{ inbox: { title: "Yes?" }, outcomes: [] }, "outcomes"],
    [{ inbox: { title: "Yes?" }, outcomes: [{ outcome: "timeout" }] }, "outcomes/0/outcome"],
    [{ inbox: { title: "Yes?" }, outcomes: [{ outcome: "yes" }, { outcome: "yes" }] }, "“yes” is there twice"],
    [{ inbox: { title: "Yes?", needs: { no: 2 } }, outcomes: [{ outcome: "yes" }] }, "“no” is none of its outcomes"],
    [{ inbox: { title: "Yes?", reasonFor: ["no"] }, outcomes: [{ outcome: "yes" }] }, "“no” is none"],
    [{ inbox: { title: "Yes?", form: { type: 7 } }, outcomes: [{ outcome: "yes" }] }, "inbox/form"],
  ])("is no task: %j", async (request, why) => {
    const error = await step()
      .enter((passage) => passage.wait(request))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      error: { kind: "fatal", code: "wait_invalid", message: expect.stringContaining(why) },
    });
  });

  it.each([
    { for: "soon" },
    { for: 1e300 },
    { for: "36501d" },
    { until: "soon" },
    { until: 1e300 },
    { event: "a", timeout: 1e300 },
    { event: "" },
    { event: "~yes" },
    { event: "a", where: "(((" },
    { outcomes: [{ outcome: "a", event: "a", where: "event.data. > 1" }] },
    {},
    { outcomes: [] },
    { event: "a", outcomes: [] },
  ])("has to be one: %j", async (request) => {
    expect(await code(step().enter((passage) => passage.wait(request)))).toBe("wait_invalid");
  });

  it("can't be caught by accident", async () => {
    const { enter, store } = step();
    let refusal: unknown;
    const outcome = await enter(async (passage) => {
      await passage.wait(pause).catch(() => undefined);
      await passage.step("meanwhile", () => 1).catch((error: unknown) => (refusal = error));
      return "as if nothing had happened";
    });
    expect(refusal).toBeInstanceOf(Suspension);
    expect(outcome).toMatchObject({ type: "wait", resumes: "wait" });
    expect(store.records.size).toBe(0);
  });

  it("lets the node clean up", async () => {
    let closed = false;
    await step().enter(async (passage) => {
      try {
        await passage.wait(pause);
      } finally {
        closed = true;
      }
    });
    expect(closed).toBe(true);
  });

  it("needs a name from the second on", async () => {
    const { enter, store } = step();
    const execute = async (passage: Passage) => {
      await passage.wait(pause);
      return passage.wait({ name: "again", ...pause });
    };
    await enter(execute);
    await store.keep("wait", { status: "completed", value: { at: "" } });
    expect(await enter(execute)).toMatchObject({ resumes: "again" });
    expect(
      await code(
        enter(async (passage) => {
          await passage.wait(pause);
          await passage.wait(pause);
        }),
      ),
    ).toBe("duplicate_step");
  });

  it("stands in no sub-step, and in no compensation", async () => {
    const within = step().enter((passage) => passage.step("outer", async () => void (await passage.wait(pause))));
    expect(await code(within)).toBe("wait_in_step");
    expect(await code(step("keyed", "undo").enter((passage) => passage.wait(pause)))).toBe("wait_in_undo");
  });
});

describe("the run of a flow", () => {
  const request = { flow: "ships", input: { order: 1 } };
  const execute = (passage: Passage) => passage.runFlow("ship", request);
  const done = { status: "completed", output: { parcel: "P-1" } } as const;

  it("ends the passage, and gives its result in the next one", async () => {
    const { enter, store } = step();
    store.runOf = () => Promise.resolve({ index: 3 });
    expect(await enter(execute)).toEqual({
      type: "children",
      children: {
        source: { flow: "ships" },
        items: [{ order: 1 }],
        firstIndex: 3,
        concurrency: 1,
        onItemError: "collect",
      },
      resumes: "ship",
    });
    expect(store.records.size).toBe(0);
    store.runOf = () => Promise.resolve({ result: done });
    expect(await enter(execute)).toEqual(output(done));
    expect(store.records.get("ship")).toEqual({ status: "completed", value: done });
    store.runOf = () => Promise.reject(new Error("asked again"));
    expect(await enter(execute)).toEqual(output(done));
  });

  it("may ask for a version", async () => {
    const outcome = await step().enter((passage) => passage.runFlow("ship", { ...request, version: 2 }));
    expect(outcome).toMatchObject({ children: { source: { flow: "ships", version: 2 } } });
  });

  it("goes one by one", async () => {
    const { enter, store } = step();
    const both = (passage: Passage) => Promise.all([passage.runFlow("one", request), passage.runFlow("two", request)]);
    expect(await enter(both)).toMatchObject({ resumes: "one" });
    await store.keep("one", { status: "completed", value: done });
    expect(await enter(both)).toMatchObject({ resumes: "two" });
  });

  it("stands in no sub-step, in no compensation, and takes plain JSON", async () => {
    const within = step().enter((passage) => passage.step("outer", async () => void (await execute(passage))));
    expect(await code(within)).toBe("run_in_step");
    expect(await code(step("keyed", "undo").enter(execute))).toBe("run_in_undo");
    const wrong = step().enter((passage) => passage.runFlow("ship", { flow: "ships", input: Number.NaN }));
    expect(await code(wrong)).toBe("run_not_json");
  });
});
