/** The AI nodes against a provider that speaks the protocol, in both of its forms, and fails in every way we know. */
import { inspect } from "node:util";
import { isJsonObject, type JsonObject, type Outcome } from "@holdfast/dsl";
import { FAKE_KEY, startOpenAi, type FakeOpenAi, type Protocol, type Reply } from "@holdfast/testkit/openai/server";
import { describe, expect, it } from "vitest";
import { actionContext, execute, type ContextOptions } from "../../test/action-context.ts";
import { aiObject } from "../ai-object/execute.ts";
import { aiText } from "../ai-text/execute.ts";
import { memoryModels } from "./memory-models.ts";

const SCHEMA = {
  type: "object",
  properties: { isEligible: { type: "boolean" }, verdict: { enum: ["pay", "refuse"], "x-label": "Verdict" } },
  required: ["isEligible", "verdict"],
  additionalProperties: false,
};
const GOOD = { isEligible: true, verdict: "pay" };
const USAGE = { inputTokens: 100, cachedInputTokens: 0, outputTokens: 20, totalTokens: 120 };
const ONCE = { finishReason: "stop", usage: USAGE, costUsd: null, tries: 1 };

const PROTOCOLS = ["responses", "chat"] as const;

function settings(provider: FakeOpenAi, api: Protocol): ContextOptions {
  return { ai: memoryModels({ apiKey: FAKE_KEY, baseUrl: provider.url, model: "house-model", api }) };
}

const decide = (
  provider: FakeOpenAi,
  api: Protocol,
  options: ContextOptions = {},
  params: JsonObject = {},
): Promise<Outcome> =>
  execute(
    aiObject,
    actionContext({ prompt: "Is it eligible?", schema: SCHEMA, ...params }, { ...settings(provider, api), ...options }),
  );

const write = (
  provider: FakeOpenAi,
  api: Protocol,
  options: ContextOptions = {},
  params: JsonObject = {},
): Promise<Outcome> =>
  execute(aiText, actionContext({ prompt: "Say hello.", ...params }, { ...settings(provider, api), ...options }));

describe.each(PROTOCOLS)("over the %s protocol", (api) => {
  it("asks for an object and gives it with what it cost", async () => {
    await using provider = await startOpenAi();
    provider.script({ kind: "json", value: GOOD, model: "house-model-2026-11-01" });
    const outcome = await decide(provider, api, {}, { instructions: "Be strict.", maxOutputTokens: 500 });
    expect(outcome).toEqual({
      type: "output",
      port: "out",
      value: GOOD,
      meta: { model: "house-model-2026-11-01", ...ONCE },
    });
    const { "x-label": _, ...verdict } = SCHEMA.properties.verdict;
    expect(provider.requests).toMatchObject([
      {
        protocol: api,
        authorization: `Bearer ${FAKE_KEY}`,
        model: "house-model",
        schema: { ...SCHEMA, properties: { ...SCHEMA.properties, verdict } },
        strict: true,
        maxOutputTokens: 500,
      },
    ]);
    expect(provider.requests[0]?.messages.map(({ text }) => text)).toEqual(["Be strict.", "Is it eligible?"]);
  });

  it("asks loosely for a shape that can't be promised, and checks it all the same", async () => {
    await using provider = await startOpenAi();
    provider.script({ kind: "json", value: {} });
    const schema = { type: "object", properties: { a: { type: "string" } } };
    expect(await decide(provider, api, {}, { schema })).toMatchObject({ type: "output", value: {} });
    expect(provider.requests[0]?.strict).toBe(false);
  });

  it("asks for a text, of the model that the node names", async () => {
    await using provider = await startOpenAi();
    provider.script({ kind: "text", text: "Hello, Olena." });
    const outcome = await write(provider, api, {}, { model: "better-model", temperature: 0.2 });
    expect(outcome).toEqual({
      type: "output",
      port: "out",
      value: { text: "Hello, Olena." },
      meta: { model: "better-model", ...ONCE },
    });
    expect(provider.requests).toMatchObject([{ model: "better-model", temperature: 0.2 }]);
  });

  it("says which settings the model does not have", async () => {
    await using provider = await startOpenAi(() => ({ kind: "text", text: "Hello." }));
    const outcome = await write(provider, api, {}, { model: "gpt-5-mini", temperature: 0.2 });
    expect(outcome).toMatchObject({ meta: { warnings: [expect.stringContaining("temperature")] } });
    expect(provider.requests[0]).not.toHaveProperty("temperature");
  });

  const BAD: readonly [string, Reply][] = [
    ["no JSON", { kind: "text", text: "Sure! It is eligible." }],
    ["cut JSON", { kind: "text", text: '{"isEligible": true, "verd' }],
    ["a wrong choice", { kind: "json", value: { isEligible: true, verdict: "maybe" } }],
    ["a field too many", { kind: "json", value: { ...GOOD, amount: 1_000_000 } }],
    ["a field too few", { kind: "json", value: { isEligible: true } }],
    ["a list", { kind: "json", value: [GOOD] }],
    ["nothing", { kind: "text", text: "" }],
  ];

  it.each(BAD)("shows the model once what is wrong: %s", async (_, bad) => {
    await using provider = await startOpenAi();
    provider.script(bad, { kind: "json", value: GOOD });
    expect(await decide(provider, api)).toMatchObject({
      type: "output",
      value: GOOD,
      meta: { repaired: true, usage: { inputTokens: 200, outputTokens: 40, totalTokens: 240 } },
    });
    const [, repair] = provider.requests;
    expect(repair?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(repair?.messages[2]?.text).toContain("can't be used");
  });

  it.each(BAD)("does not go on asking: %s", async (_, bad) => {
    await using provider = await startOpenAi();
    provider.script(bad, bad);
    const outcome = await decide(provider, api);
    expect(outcome).toMatchObject({ type: "fail", error: { kind: "error", details: { usage: { totalTokens: 240 } } } });
    expect(provider.requests).toHaveLength(2);
  });

  it("counts the first answer when the second does not come", async () => {
    await using provider = await startOpenAi();
    provider.script({ kind: "text", text: "no JSON" }, { kind: "error", status: 429, headers: { "retry-after": "5" } });
    expect(await decide(provider, api)).toMatchObject({
      type: "fail",
      error: { kind: "error", code: "ai_rate_limited", retryAfter: 5_000, details: { usage: { totalTokens: 120 } } },
    });
  });

  it("unwraps an answer in a code block", async () => {
    await using provider = await startOpenAi();
    provider.script({ kind: "text", text: `\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\`` });
    expect(await decide(provider, api)).toMatchObject({ type: "output", value: GOOD });
  });

  const FAILURES: readonly [string, Reply, JsonObject][] = [
    [
      "a rate limit for 5 seconds",
      { kind: "error", status: 429, headers: { "retry-after": "5" } },
      { kind: "error", code: "ai_rate_limited", retryAfter: 5_000 },
    ],
    [
      "a rate limit for 120 seconds",
      { kind: "error", status: 429, headers: { "retry-after": "120" } },
      { kind: "error", code: "ai_rate_limited", retryAfter: 120_000 },
    ],
    [
      "a rate limit in milliseconds",
      { kind: "error", status: 429, headers: { "retry-after-ms": "250", "retry-after": "1" } },
      { kind: "error", retryAfter: 250 },
    ],
    ["a rate limit without a time", { kind: "error", status: 429 }, { kind: "error", code: "ai_rate_limited" }],
    ["an internal error", { kind: "error", status: 500 }, { kind: "error", code: "ai_unavailable" }],
    [
      "an overload",
      { kind: "error", status: 503, headers: { "retry-after": "3" } },
      { kind: "error", retryAfter: 3_000 },
    ],
    ["an overload of its own kind", { kind: "error", status: 529 }, { kind: "error", code: "ai_unavailable" }],
    [
      "a proxy's page",
      { kind: "raw", status: 502, body: "<html>", contentType: "text/html" },
      { kind: "error", code: "ai_unavailable" },
    ],
    ["a missing right", { kind: "error", status: 403 }, { kind: "fatal", code: "ai_unauthorized" }],
    [
      "a bad request",
      { kind: "error", status: 400, message: "Unsupported parameter" },
      { kind: "fatal", code: "ai_http_400" },
    ],
    [
      "an unknown model",
      { kind: "error", status: 404, code: "model_not_found" },
      { kind: "fatal", code: "ai_http_404" },
    ],
    ["a reset before the answer", { kind: "reset", at: "start" }, { kind: "error", code: "ai_unreachable" }],
    ["a reset in the middle", { kind: "reset", at: "middle" }, { kind: "error", code: "ai_unreachable" }],
    ["an empty body", { kind: "raw", body: "" }, { kind: "error", code: "ai_answer_broken" }],
    ["a truncated body", { kind: "raw", body: '{"id": "x", "choi' }, { kind: "error", code: "ai_answer_broken" }],
    ["a body of another kind", { kind: "raw", body: '{"hello": 1}' }, { kind: "error" }],
    ["a refusal", { kind: "refusal", text: "I can't help with that." }, { kind: "fatal", code: "ai_refused" }],
    [
      "an answer cut at its limit",
      { kind: "text", text: '{"isEl', finish: "length" },
      { kind: "error", code: "ai_answer_cut" },
    ],
  ];

  it.each(FAILURES)("%s, one request and no more", async (_, reply, error) => {
    await using provider = await startOpenAi();
    provider.script(reply, reply);
    expect(await decide(provider, api)).toMatchObject({ type: "fail", error });
    expect(await write(provider, api)).toMatchObject({ type: "fail", error });
    expect(provider.requests).toHaveLength(2);
  });

  it("takes a very long answer for what it is", async () => {
    await using provider = await startOpenAi();
    const text = "x".repeat(1024 * 1024);
    provider.script({ kind: "text", text });
    const outcome = await write(provider, api);
    expect(outcome.type === "output" && isJsonObject(outcome.value) && outcome.value["text"] === text).toBe(true);
  });

  it("refuses to read without end", async () => {
    await using provider = await startOpenAi();
    provider.script({ kind: "text", text: "x".repeat(9 * 1024 * 1024) });
    expect(await write(provider, api)).toMatchObject({
      type: "fail",
      error: { kind: "error", code: "ai_answer_too_large", exhausted: true },
    });
  });

  it("does not wait longer than the attempt may take", async () => {
    await using provider = await startOpenAi();
    const controller = new AbortController();
    const never = Promise.withResolvers<void>();
    provider.script({
      kind: "slow",
      get until() {
        controller.abort();
        return never.promise;
      },
      reply: { kind: "text", text: "late" },
    });
    expect(await write(provider, api, { signal: controller.signal })).toMatchObject({
      error: { kind: "timeout", code: "timeout" },
    });
    never.resolve();
  });

  it("waits for a slow first byte", async () => {
    await using provider = await startOpenAi();
    const ready = Promise.withResolvers<void>();
    provider.script({ kind: "slow", until: ready.promise, reply: { kind: "text", text: "at last" } });
    const outcome = write(provider, api);
    setImmediate(() => ready.resolve());
    expect(await outcome).toMatchObject({ value: { text: "at last" } });
  });

  it("leaves nothing with a provider that would keep it, and says nothing of it to others", async () => {
    await using provider = await startOpenAi(() => ({ kind: "text", text: "x" }));
    await write(provider, api);
    expect(provider.requests[0]?.body["store"]).toBe(api === "responses" ? false : undefined);
  });

  it("guesses tokens where those that are told make no sense", async () => {
    await using provider = await startOpenAi();
    provider.script({ kind: "text", text: "x", usage: { input: 0, output: 0 } });
    expect(await write(provider, api)).toMatchObject({
      meta: { usage: { inputTokens: 36, outputTokens: 1 } },
    });
  });

  it("is final with a wrong key, and does not repeat it", async () => {
    await using provider = await startOpenAi();
    const ai = memoryModels({ apiKey: "sk-canary-0987654321", baseUrl: provider.url, api });
    for (const outcome of [await write(provider, api, { ai }), await decide(provider, api, { ai })]) {
      expect(outcome).toMatchObject({ type: "fail", error: { kind: "fatal", code: "ai_unauthorized" } });
      expect(inspect(outcome, { depth: 9 })).not.toContain("canary");
    }
    expect(provider.requests).toHaveLength(2);
  });
});

it("is retryable when the provider can't be reached", async () => {
  let url: string;
  {
    await using provider = await startOpenAi();
    url = provider.url;
  }
  const outcome = await execute(
    aiText,
    actionContext({ prompt: "Hi" }, { ai: memoryModels({ apiKey: FAKE_KEY, baseUrl: url }) }),
  );
  expect(outcome).toMatchObject({ error: { kind: "error", code: "ai_unreachable" } });
});

it.each([
  [undefined, "chat"],
  ["responses", "responses"],
] as const)("speaks to another server by %s, that is %s", async (api, protocol) => {
  await using provider = await startOpenAi(() => ({ kind: "text", text: "hi" }));
  await execute(
    aiText,
    actionContext(
      { prompt: "Hi" },
      { ai: memoryModels({ apiKey: FAKE_KEY, baseUrl: provider.url, ...(api && { api }) }) },
    ),
  );
  expect(provider.requests.map((request) => request.protocol)).toEqual([protocol]);
});
