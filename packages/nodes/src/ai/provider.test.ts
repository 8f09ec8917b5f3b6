/** Models of other providers, each asked in its own protocol, with its own key and through its own door. */
import { inspect } from "node:util";
import type { JsonObject, Outcome } from "@holdfast/dsl";
import { FAKE_KEY, startOpenAi } from "@holdfast/testkit/openai/server";
import { describe, expect, it } from "vitest";
import { actionContext, execute } from "../../test/action-context.ts";
import { sendJson, startServer } from "../../test/http-server.ts";
import { recordingModels } from "../../test/recording-models.ts";
import { aiClassify } from "../ai-classify/execute.ts";
import { aiText } from "../ai-text/execute.ts";
import { memoryModels } from "./memory-models.ts";
import type { AiSettings } from "./settings.ts";

const write = (settings: AiSettings, params: JsonObject = {}): Promise<Outcome> =>
  execute(aiText, actionContext({ prompt: "Say hello.", ...params }, { ai: memoryModels(settings) }));

const KEY = "key-canary-5566778899";

describe("anthropic/…", () => {
  const model = "anthropic/claude-sonnet-5";
  const message = {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude-sonnet-5",
    content: [{ type: "text", text: "Hello." }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 9, output_tokens: 3, cache_read_input_tokens: 4, cache_creation_input_tokens: 0 },
  };

  it("is asked of Anthropic", async () => {
    await using server = await startServer((_, response) => sendJson(response, 200, message));
    const models = recordingModels({ anthropic: { apiKey: KEY, baseUrl: server.url } });
    const context = actionContext({ prompt: "Say hello.", model }, { ai: models });
    expect(await execute(aiText, context)).toMatchObject({
      value: { text: "Hello." },
      meta: { model: "claude-sonnet-5", usage: { inputTokens: 13, cachedInputTokens: 4, outputTokens: 3 } },
    });
    expect(server.requests).toMatchObject([{ path: "/messages", headers: { "x-api-key": KEY } }]);
    expect(models.charges).toMatchObject([{ inputTokens: 13, cachedInputTokens: 4, outputTokens: 3 }]);
  });

  it("keeps its key out of what it says", async () => {
    await using server = await startServer((_, response) =>
      sendJson(response, 429, { type: "error", error: { type: "rate_limit_error", message: `Not so fast, ${KEY}.` } }),
    );
    const outcome = await write({ anthropic: { apiKey: KEY, baseUrl: server.url } }, { model });
    expect(outcome).toMatchObject({ error: { code: "ai_rate_limited" } });
    expect(inspect(outcome, { depth: 9 })).not.toContain("canary");
  });

  it("needs a key", async () => {
    expect(await write({ apiKey: FAKE_KEY }, { model })).toMatchObject({
      error: { kind: "fatal", code: "ai_provider_missing", message: expect.stringContaining("ANTHROPIC_API_KEY") },
    });
  });
});

describe("google/…", () => {
  const model = "google/gemini-3-flash";

  it("is asked of Google", async () => {
    await using server = await startServer((_, response) =>
      sendJson(response, 200, {
        candidates: [{ content: { role: "model", parts: [{ text: "Hello." }] }, finishReason: "STOP" }],
        usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 3, totalTokenCount: 12 },
      }),
    );
    expect(await write({ google: { apiKey: KEY, baseUrl: server.url } }, { model })).toMatchObject({
      value: { text: "Hello." },
      meta: { usage: { inputTokens: 9, outputTokens: 3, totalTokens: 12 } },
    });
    expect(server.requests).toMatchObject([{ headers: { "x-goog-api-key": KEY } }]);
    expect(server.requests[0]?.path).toMatch(/^\/models\/gemini-3-flash:/);
  });

  it("needs a key", async () => {
    expect(await write({ apiKey: FAKE_KEY }, { model })).toMatchObject({
      error: { code: "ai_provider_missing", message: expect.stringContaining("GOOGLE_GENERATIVE_AI_API_KEY") },
    });
  });
});

describe("any other name", () => {
  it.each([
    ["meta/llama-4", "meta/llama-4"],
    ["server/anthropic/claude-sonnet-5", "anthropic/claude-sonnet-5"],
  ])("%s is asked of the installation's server, as %s", async (model, told) => {
    await using provider = await startOpenAi(() => ({ kind: "text", text: "Hello." }));
    await write({ apiKey: FAKE_KEY, baseUrl: provider.url }, { model });
    expect(provider.requests.map((request) => request.model)).toEqual([told]);
  });

  it("is answered offline where that has no key, whatever keys there are besides", async () => {
    expect(await write({ anthropic: { apiKey: KEY } })).toMatchObject({ value: { offline: true } });
    expect(await write({})).toMatchObject({ value: { offline: true } });
    expect(await write({}, { model: "anthropic/claude-sonnet-5" })).toMatchObject({ value: { offline: true } });
  });

  it("falls back to another provider", async () => {
    await using server = await startServer((_, response) => sendJson(response, 500, {}));
    await using provider = await startOpenAi(() => ({ kind: "text", text: "Hello." }));
    const settings = { apiKey: FAKE_KEY, baseUrl: provider.url, google: { apiKey: KEY, baseUrl: server.url } };
    const params = { model: "google/gemini-3-flash", fallbacks: ["house-model"] };
    expect(await write(settings, params)).toMatchObject({ meta: { model: "house-model", tries: 2 } });
  });
});

describe("ai.classify", () => {
  const labels = [
    { port: "refund", description: "Wants money back." },
    { port: "delivery", description: "Asks where a parcel is." },
    { port: "other", description: "Everything else." },
  ];
  const sort = (prompt: string, settings: AiSettings = {}): Promise<Outcome> =>
    execute(aiClassify, actionContext({ prompt, labels }, { ai: memoryModels(settings) }));

  it("leaves by the port of the label", async () => {
    const value = { label: "delivery", reason: "A parcel is missing.", confidence: 0.9 };
    await using provider = await startOpenAi(() => ({ kind: "json", value }));
    const outcome = await sort("Where is it?", { apiKey: FAKE_KEY, baseUrl: provider.url });
    expect(outcome).toMatchObject({ type: "output", port: "delivery", value });
    const [request] = provider.requests;
    expect(request).toMatchObject({
      strict: true,
      schema: { properties: { label: { enum: ["refund", "delivery", "other"] } } },
    });
    expect(request?.messages[0]?.text).toContain("- delivery: Asks where a parcel is.");
  });

  it("has an unknown label mended", async () => {
    await using provider = await startOpenAi();
    const unfit = { label: "returns", reason: "", confidence: 1 };
    provider.script({ kind: "json", value: unfit }, { kind: "json", value: { ...unfit, label: "refund" } });
    expect(await sort("?", { apiKey: FAKE_KEY, baseUrl: provider.url })).toMatchObject({
      port: "refund",
      meta: { repaired: true },
    });
  });

  it.each([
    ["I would like to be refunded, please.", "refund"],
    ["My money has not come back yet", "refund"],
    ["Where is my parcel? The delivery was promised for Monday.", "delivery"],
    ["Do you also sell lamps?", "other"],
    ["", "other"],
  ])("sorts offline by the words: %s", async (prompt, port) => {
    expect(await sort(`Message: ${prompt}`)).toMatchObject({ port, value: { label: port, offline: true } });
  });
});
