/** How models are asked: in turn, within budgets, once a question, and never twice after a crash. */
import type { JsonObject, Outcome } from "@holdfast/dsl";
import { FAKE_KEY, startOpenAi, type FakeOpenAi, type Reply } from "@holdfast/testkit/openai/server";
import { describe, expect, it, vi } from "vitest";
import { actionContext, execute } from "../../test/action-context.ts";
import { recordingModels, type RecordingModels } from "../../test/recording-models.ts";
import { aiObject } from "../ai-object/execute.ts";
import { aiText } from "../ai-text/execute.ts";
import { MemoryCalls } from "../passage/memory-calls.ts";

import type { Reservation, ReserveRequest } from "./models.ts";

const FIRST = "house-a";
const SECOND = "house-b";

function modelsAt(
  provider: FakeOpenAi,
  refuse?: (request: ReserveRequest, toppedUp: number) => Reservation | undefined,
): RecordingModels {
  return recordingModels({ apiKey: FAKE_KEY, baseUrl: provider.url, model: FIRST }, refuse);
}

interface Passage {
  readonly models: RecordingModels;
  readonly params?: JsonObject;
  readonly calls?: MemoryCalls;
  readonly attempt?: number;
}

const write = ({ models, params = {}, calls, attempt = 1 }: Passage): Promise<Outcome> =>
  execute(aiText, actionContext({ prompt: "Say hello.", ...params }, { ai: models, attempt }), calls);

const SCHEMA = { type: "object", properties: { n: { type: "integer" } }, required: ["n"], additionalProperties: false };

const fill = ({ models, params = {}, calls, attempt = 1 }: Passage): Promise<Outcome> =>
  execute(aiObject, actionContext({ prompt: "?", schema: SCHEMA, ...params }, { ai: models, attempt }), calls);

/** What a host loses when it is killed: failures that nothing followed. */
function crash(calls: MemoryCalls): void {
  const entries = [...calls.records];
  const durable = entries.findLastIndex(([, { status }]) => status === "completed");
  for (const [call] of entries.slice(durable + 1)) calls.records.delete(call);
}

const asked = (provider: FakeOpenAi): readonly string[] => provider.requests.map(({ model }) => model);
const busy = (seconds: number): Reply => ({ kind: "error", status: 429, headers: { "retry-after": String(seconds) } });

describe("a list of models", () => {
  const params = { fallbacks: [SECOND] };

  it("is asked in its order, and at once", async () => {
    await using provider = await startOpenAi();
    provider.script(busy(60), { kind: "text", text: "Hello." });
    const models = modelsAt(provider);
    expect(await write({ models, params })).toMatchObject({
      value: { text: "Hello." },
      meta: {
        model: SECOND,
        tries: 2,
        failed: [{ model: FIRST, code: "ai_rate_limited" }],
        usage: { totalTokens: 120 },
        costUsd: 0.00012,
      },
    });
    expect(asked(provider)).toEqual([FIRST, SECOND]);
  });

  it("fails as whoever may answer soonest, and tells of all", async () => {
    await using provider = await startOpenAi();
    provider.script(busy(60), { kind: "error", status: 401 });
    expect(await write({ models: modelsAt(provider), params })).toMatchObject({
      error: {
        kind: "error",
        code: "ai_rate_limited",
        retryAfter: 60_000,
        message: expect.stringMatching(/asks to wait.*Also asked: house-b.*refused the key/),
        details: {
          tries: [
            { model: FIRST, code: "ai_rate_limited" },
            { model: SECOND, code: "ai_unauthorized" },
          ],
        },
      },
    });
  });

  it("waits for the one that asks for less", async () => {
    await using provider = await startOpenAi();
    provider.script(busy(60), busy(7));
    expect(await write({ models: modelsAt(provider), params })).toMatchObject({ error: { retryAfter: 7_000 } });
  });

  it("is asked anew in the next attempt", async () => {
    await using provider = await startOpenAi();
    provider.script(busy(1), busy(1), { kind: "text", text: "Hello." });
    const [models, calls] = [modelsAt(provider), new MemoryCalls()];
    await write({ models, params, calls });
    calls.nextAttempt();
    expect(await write({ models, params, calls, attempt: 2 })).toMatchObject({ meta: { model: FIRST, tries: 1 } });
    expect(asked(provider)).toEqual([FIRST, SECOND, FIRST]);
  });

  it("ends with a person when each has answered what does not fit", async () => {
    await using provider = await startOpenAi(() => ({ kind: "json", value: {} }));
    const outcome = await fill({ models: modelsAt(provider), params });
    expect(outcome).toMatchObject({ error: { code: "ai_object_invalid", exhausted: true } });
    expect(outcome).toMatchObject({ error: { details: { usage: { totalTokens: 480 }, costUsd: 0.00048 } } });
    expect(asked(provider)).toEqual([FIRST, FIRST, SECOND, SECOND]);
  });
});

describe("after a crash", () => {
  it("what was answered is not asked again", async () => {
    await using provider = await startOpenAi();
    provider.script({ kind: "text", text: "Hello." });
    const [models, calls] = [modelsAt(provider), new MemoryCalls()];
    const before = await write({ models, calls });
    crash(calls);
    expect(await write({ models, calls })).toEqual(before);
    expect(provider.requests).toHaveLength(1);
  });

  it("what failed before the next was asked is not asked again", async () => {
    await using provider = await startOpenAi();
    provider.script(busy(1), { kind: "error", status: 500 }, { kind: "text", text: "Hello." });
    const [models, calls] = [modelsAt(provider), new MemoryCalls()];
    // The second failure is lost with the process.
    await write({ models, calls, params: { fallbacks: [SECOND] } });
    crash(calls);
    expect(await write({ models, calls, params: { fallbacks: [SECOND] } })).toMatchObject({
      meta: { model: SECOND, failed: [{ model: FIRST }] },
    });
    expect(asked(provider)).toEqual([FIRST, SECOND, SECOND]);
  });

  it("an unfit answer is mended, not asked for again", async () => {
    await using provider = await startOpenAi();
    provider.script({ kind: "text", text: "Well" }, { kind: "reset", at: "start" }, { kind: "json", value: { n: 1 } });
    const [models, calls] = [modelsAt(provider), new MemoryCalls()];
    await fill({ models, calls });
    crash(calls);
    expect(await fill({ models, calls })).toMatchObject({ value: { n: 1 }, meta: { repaired: true } });
    expect(provider.requests.map(({ messages }) => messages.length)).toEqual([1, 3, 3]);
    expect(provider.requests[2]?.messages[1]?.text).toBe("Well");
  });
});

describe("a budget", () => {
  const budget = { run: { tokens: 200 } };
  const refuse = ({ most }: ReserveRequest, more: number): Reservation | undefined => {
    const wanted = most.inputTokens + most.outputTokens;
    const over = wanted > 200 + more;
    const figures = { cap: 200 + more, used: 0, wanted, underWay: 0 };
    return over ? { kind: "overrun", scope: "run", unit: "tokens", ...figures } : undefined;
  };

  it("is asked for before the call, with the longest answer that there can be", async () => {
    await using provider = await startOpenAi(() => ({ kind: "text", text: "Hello." }));
    const models = modelsAt(provider);
    await write({ models, params: { budget, maxOutputTokens: 50 } });
    await write({ models, params: { budget } });
    await write({ models });
    expect(models.reserved.map(({ most }) => most.outputTokens)).toEqual([50, 8_192, 8_192]);
    expect(provider.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([50, 8_192, undefined]);
    expect(models.reserved[0]).toMatchObject({ call: "ask", model: FIRST, budget });
  });

  it("that is used up is a task, and the call is made when more is allowed", async () => {
    await using provider = await startOpenAi(() => ({ kind: "text", text: "Hello." }));
    const [models, calls] = [modelsAt(provider, refuse), new MemoryCalls()];
    const params = { budget, maxOutputTokens: 500 };
    const waiting = await write({ models, calls, params });
    expect(waiting).toMatchObject({
      type: "wait",
      resumes: "ask.budget",
      wait: { kind: "event", outcomes: [{ port: "allow" }, { port: "stop" }], inbox: { prefill: {} } },
    });
    expect(provider.requests).toHaveLength(0);
    const by = { kind: "person", id: "7" };
    const value = { outcome: "allow", data: { amount: 400 }, by, at: "2026-01-01T00:00:00Z" };
    await calls.keep("ask.budget", { status: "completed", value });
    expect(await write({ models, calls, params })).toMatchObject({ value: { text: "Hello." } });
    expect(models.toppedUp).toEqual([{ call: "ask", scope: "run", unit: "tokens", amount: 400, by: "person:7" }]);
    // Entered again it neither asks nor tops up again.
    await write({ models, calls, params });
    expect([models.toppedUp.length, provider.requests.length]).toEqual([1, 1]);
  });

  it("asks again where what was allowed is not enough", async () => {
    await using provider = await startOpenAi();
    const [models, calls] = [modelsAt(provider, refuse), new MemoryCalls()];
    const params = { budget, maxOutputTokens: 500 };
    await write({ models, calls, params });
    await calls.keep("ask.budget", { status: "completed", value: { outcome: "allow", data: { amount: 1 }, at: "" } });
    expect(await write({ models, calls, params })).toMatchObject({ type: "wait", resumes: "ask.r2.budget" });
  });

  it("that nobody raises fails the step, until somebody has it tried again", async () => {
    await using provider = await startOpenAi();
    const [models, calls] = [modelsAt(provider, refuse), new MemoryCalls()];
    const params = { budget, maxOutputTokens: 500, fallbacks: [SECOND] };
    await write({ models, calls, params });
    await calls.keep("ask.budget", { status: "completed", value: { outcome: "stop", at: "" } });
    expect(await write({ models, calls, params })).toMatchObject({
      error: { kind: "fatal", code: "ai_budget_refused", details: { scope: "run", cap: 200 } },
    });
    calls.nextAttempt();
    expect(await write({ models, calls, params, attempt: 2 })).toMatchObject({ resumes: "ask.r2.budget" });
    expect(provider.requests).toHaveLength(0);
  });

  it("waits for calls under way, which seldom take what was set aside for them, before it asks a person", async () => {
    await using provider = await startOpenAi(() => ({ kind: "text", text: "Hello." }));
    let [spent, underWay] = [40, 150];
    const held = recordingModels({ apiKey: FAKE_KEY, baseUrl: provider.url, model: FIRST }, () =>
      underWay === 0
        ? undefined
        : { kind: "overrun", scope: "day", unit: "tokens", cap: 200, used: spent + underWay, wanted: 60, underWay },
    );
    const calls = new MemoryCalls();
    for (const [round, ms] of [1_000, 2_000, 4_000].entries()) {
      const name = round === 0 ? "ask.room" : `ask.r${round + 1}.room`;
      const outcome = await write({ models: held, calls });
      expect(outcome).toMatchObject({ type: "wait", resumes: name, wait: { kind: "time" } });
      expect(outcome.type === "wait" && outcome.wait.kind === "time" && outcome.wait.until).toBe(
        actionContext({}).now() + ms,
      );
      await calls.keep(name, { status: "completed", value: { at: "" } });
    }
    // What is spent alone leaves no room: nobody gives that back.
    [spent, underWay] = [150, 40];
    expect(await write({ models: held, calls })).toMatchObject({ resumes: "ask.r4.budget" });
    await calls.keep("ask.r4.budget", { status: "completed", value: { outcome: "timeout", at: "" } });
    underWay = 0;
    expect(await write({ models: held, calls })).toMatchObject({ value: { text: "Hello." } });
    expect(provider.requests).toHaveLength(1);
  });

  it("that was raised for a day that is over does not raise the next one", async () => {
    await using provider = await startOpenAi();
    const day = (endsAt: number) =>
      modelsAt(provider, () => ({
        kind: "overrun",
        scope: "day",
        unit: "tokens",
        cap: 9,
        used: 9,
        wanted: 60,
        underWay: 0,
        endsAt,
      }));
    const value = { outcome: "allow", data: { amount: 60 }, at: "" };
    for (const [ahead, raised] of [
      [1, 1],
      [0, 0],
    ] as const) {
      const [models, calls] = [day(actionContext({}).now() + ahead), new MemoryCalls()];
      await write({ models, calls });
      await calls.keep("ask.budget", { status: "completed", value });
      await write({ models, calls });
      expect(models.toppedUp).toHaveLength(raised);
    }
  });

  it("in money needs a price, and another model may have one", async () => {
    await using provider = await startOpenAi(() => ({ kind: "text", text: "Hello." }));
    const models = modelsAt(provider, ({ model }) =>
      model === FIRST ? { kind: "unpriced", model, scope: "day" } : undefined,
    );
    const params = { budget: { day: { money: 1 } } };
    expect(await write({ models, params })).toMatchObject({ error: { kind: "fatal", code: "ai_price_unknown" } });
    expect(await write({ models, params: { ...params, fallbacks: [SECOND] } })).toMatchObject({
      meta: { model: SECOND, failed: [{ code: "ai_price_unknown" }] },
    });
    expect(asked(provider)).toEqual([SECOND]);
  });
});

describe("what it took", () => {
  const params = { maxOutputTokens: 50 };
  const MOST = { inputTokens: expect.any(Number) as unknown, outputTokens: 50 };
  const never = new Promise<never>(() => undefined);

  it.each<[string, Reply, JsonObject?]>([
    ["breaks before the first byte", { kind: "reset", at: "start" }],
    ["breaks in its middle", { kind: "reset", at: "middle" }],
    ["ends without an end", { kind: "cut" }],
    ["is no answer", { kind: "raw", body: "" }],
    ["stops in its middle", { kind: "stall", until: never }, { limits: { between: "200ms" } }],
    ["never begins", { kind: "slow", until: never, reply: { kind: "cut" } }, { limits: { first: "200ms" } }],
  ])("is not known of a call that %s: it counts as the most", async (_, reply, more) => {
    await using provider = await startOpenAi();
    provider.script(reply);
    const models = modelsAt(provider);
    const outcome = await write({ models, params: { ...params, ...more } });
    expect(models.charges).toMatchObject([{ outcome: "unknown", ...MOST }]);
    expect(outcome).toMatchObject({ error: { details: { usage: MOST } } });
  });

  it.each<[string, Reply]>([
    ["refused", { kind: "error", status: 401 }],
    ["put off", busy(1)],
    ["failed", { kind: "error", status: 500 }],
  ])("is nothing of a call that was %s", async (_, reply) => {
    await using provider = await startOpenAi();
    provider.script(reply);
    const models = modelsAt(provider);
    await write({ models, params });
    expect(models.charges).toMatchObject([{ outcome: "failed", inputTokens: 0, outputTokens: 0 }]);
  });

  it("is nothing of a call that reached nobody", async () => {
    const provider = await startOpenAi();
    await provider[Symbol.asyncDispose]();
    const models = modelsAt(provider);
    expect(await write({ models, params })).toMatchObject({ error: { code: "ai_unreachable" } });
    expect(models.charges).toMatchObject([{ outcome: "failed", inputTokens: 0 }]);
  });

  it("is guessed where the provider tells nothing of tokens, so that a budget holds there, too", async () => {
    await using provider = await startOpenAi(() => ({ kind: "text", text: "x".repeat(300), usage: null }));
    const models = modelsAt(provider);
    const outcome = await write({ models, params });
    expect(models.charges).toMatchObject([{ outcome: "answered", inputTokens: expect.any(Number), outputTokens: 100 }]);
    expect(models.charges[0]?.inputTokens).toBeGreaterThan(0);
    expect(outcome).toMatchObject({ meta: { usage: { outputTokens: 100 } } });
  });
});

describe("a cache", () => {
  const params = { cache: { for: "1d" } };

  it("answers the same question without a call", async () => {
    await using provider = await startOpenAi(() => ({ kind: "json", value: { n: 4 } }));
    const models = modelsAt(provider);
    const first = await fill({ models, params });
    expect(first).not.toHaveProperty("meta.cached");
    expect(await fill({ models, params })).toMatchObject({
      value: { n: 4 },
      meta: {
        model: FIRST,
        tries: 0,
        costUsd: 0,
        usage: { totalTokens: 0 },
        cached: { key: expect.stringMatching(/^[0-9a-f]{64}$/), hits: 1 },
      },
    });
    expect(provider.requests).toHaveLength(1);
    expect(models.reserved).toHaveLength(1);
  });

  it.each([
    ["another prompt", { prompt: "!" }],
    ["other instructions", { instructions: "Be brief." }],
    ["another model", { model: SECOND }],
    ["another list", { fallbacks: [SECOND] }],
    ["another temperature", { temperature: 0 }],
    ["another length", { maxOutputTokens: 9 }],
    ["another shape", { schema: { ...SCHEMA, title: "N" } }],
  ])("knows %s for another question", async (_, other) => {
    await using provider = await startOpenAi(() => ({ kind: "json", value: { n: 4 } }));
    const models = modelsAt(provider);
    await fill({ models, params });
    await fill({ models, params: { ...params, ...other } });
    expect(provider.requests).toHaveLength(2);
  });

  it("knows the same name at another server for another model", async () => {
    await using provider = await startOpenAi(() => ({ kind: "json", value: { n: 4 } }));
    await using other = await startOpenAi(() => ({ kind: "json", value: { n: 5 } }));
    const models = modelsAt(provider);
    await fill({ models, params });
    const moved = { ...models, settings: { ...models.settings, baseUrl: other.url } };
    expect(await fill({ models: moved, params })).toMatchObject({ value: { n: 5 } });
  });

  it("is not there unless it was asked for, and keeps no failure", async () => {
    await using provider = await startOpenAi();
    provider.script({ kind: "json", value: {} }, { kind: "json", value: {} }, { kind: "json", value: { n: 1 } });
    const models = modelsAt(provider);
    await fill({ models, params });
    expect(await fill({ models, params })).toMatchObject({ value: { n: 1 } });
    provider.script({ kind: "json", value: { n: 2 } });
    expect(await fill({ models })).toMatchObject({ value: { n: 2 } });
  });
});

describe("the way to the provider", () => {
  it("lets people read along", async () => {
    await using provider = await startOpenAi(() => ({ kind: "text", text: "Hello, dear customer." }));
    const models = modelsAt(provider);
    await write({ models });
    expect(models.pieces.get("ask")).toEqual(["Hello, dear ", "customer.", "<answered>"]);
  });

  it("voids what was read of an answer that does not count", async () => {
    await using provider = await startOpenAi(() => ({ kind: "cut" }));
    const models = modelsAt(provider);
    await write({ models });
    expect(models.pieces.get("ask")).toEqual(["This answer ", "<failed>"]);
  });

  it.each(["ignores", "refuses"] as const)(
    "takes whole answers of a server that %s the wish for a stream",
    async (streams) => {
      await using provider = await startOpenAi(() => ({ kind: "text", text: "Hello." }), { streams });
      const models = modelsAt(provider);
      expect(await write({ models })).toMatchObject({
        value: { text: "Hello." },
        meta: { usage: { totalTokens: 120 } },
      });
      expect(await write({ models })).toMatchObject({ value: { text: "Hello." } });
      expect(models.pieces.get("ask")).toEqual(["Hello.", "<answered>", "Hello.", "<answered>"]);
      // Refused once, it is not asked for again; ignored, the answer is the answer.
      expect(provider.requests).toHaveLength(streams === "refuses" ? 3 : 2);
      expect(models.charges).toHaveLength(2);
    },
  );

  it("gives up a model that takes too long, and asks the next one", async () => {
    await using provider = await startOpenAi();
    const never = new Promise<never>(() => undefined);
    provider.script({ kind: "stall", until: never }, { kind: "text", text: "Hello." });
    const params = { limits: { total: "500ms" }, fallbacks: [SECOND] };
    expect(await write({ models: modelsAt(provider), params })).toMatchObject({
      value: { text: "Hello." },
      meta: { failed: [{ model: FIRST, code: "ai_too_slow", message: expect.stringContaining("within 500ms") }] },
    });
  });

  it("gives up one that is silent for a minute where there is another to ask", async () => {
    await using provider = await startOpenAi();
    const never = new Promise<never>(() => undefined);
    const slow: Reply = { kind: "slow", until: never, reply: { kind: "text", text: "late" } };
    provider.script(slow, { kind: "text", text: "Hello." });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const outcome = write({ models: modelsAt(provider), params: { fallbacks: [SECOND] } });
      while (provider.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(60_000);
      expect(await outcome).toMatchObject({ meta: { model: SECOND, failed: [{ code: "ai_too_slow" }] } });
    } finally {
      vi.useRealTimers();
    }
  });

  it("has patience for the first word where the whole answer is the first word", async () => {
    const whole = Promise.withResolvers<void>();
    const reply: Reply = { kind: "slow", until: whole.promise, reply: { kind: "text", text: "Hello." } };
    await using provider = await startOpenAi(() => reply, { streams: "refuses" });
    setTimeout(() => whole.resolve(), 700);
    const params = { limits: { first: "500ms" } };
    expect(await write({ models: modelsAt(provider), params })).toMatchObject({ value: { text: "Hello." } });
  });

  it("asks nobody else when the attempt is over", async () => {
    await using provider = await startOpenAi();
    const controller = new AbortController();
    const never = new Promise<never>(() => undefined);
    provider.script({
      kind: "slow",
      get until() {
        controller.abort();
        return never;
      },
      reply: { kind: "text", text: "late" },
    });
    const params = { prompt: "Say hello.", fallbacks: [SECOND] };
    const context = actionContext(params, { ai: modelsAt(provider), signal: controller.signal });
    expect(await execute(aiText, context)).toMatchObject({ error: { kind: "timeout", code: "timeout" } });
    expect(provider.requests).toHaveLength(1);
  });
});
