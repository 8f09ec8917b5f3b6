/** Anthropic and Google, streamed in their own protocols: what is sent to them, and what is made of what they say. */
import type { JsonObject } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { actionContext, execute } from "../../test/action-context.ts";
import { startAnthropic, startGoogle, type Answer } from "../../test/other-providers.ts";
import { recordingModels } from "../../test/recording-models.ts";
import type { ActionNode } from "../action.ts";
import { aiAgent } from "../ai-agent/execute.ts";
import { aiObject } from "../ai-object/execute.ts";
import { aiText } from "../ai-text/execute.ts";

const SCHEMA = {
  type: "object",
  properties: { n: { type: "integer", minimum: 1, maximum: 9 } },
  required: ["n"],
  additionalProperties: false,
};

const LOOK = {
  name: "look",
  description: "Looks.",
  http: { url: "http://127.0.0.1:1/{id}", arguments: { type: "object", properties: { id: { type: "string" } } } },
};

interface Provider {
  readonly model: string;
  readonly key: "anthropic" | "google";
  readonly start: typeof startAnthropic;
  /** As its protocol says it. */
  readonly cut: string;
  readonly refused: string;
  readonly busy: Answer;
  readonly overloaded: Answer;
}

const PROVIDERS: readonly Provider[] = [
  {
    model: "anthropic/claude-sonnet-5",
    key: "anthropic",
    start: startAnthropic,
    cut: "max_tokens",
    refused: "refusal",
    busy: {
      status: 429,
      headers: { "retry-after": "33" },
      body: { type: "error", error: { type: "rate_limit_error", message: "Slow down." } },
    },
    overloaded: { breaks: { type: "overloaded_error", message: "Overloaded." } },
  },
  {
    model: "google/gemini-3-flash",
    key: "google",
    start: startGoogle,
    cut: "MAX_TOKENS",
    refused: "SAFETY",
    busy: {
      status: 429,
      body: {
        error: {
          code: 429,
          status: "RESOURCE_EXHAUSTED",
          message: "Slow down.",
          details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "33s" }],
        },
      },
    },
    overloaded: { breaks: { code: 503, status: "UNAVAILABLE", message: "Overloaded." } },
  },
];

describe.each(PROVIDERS)("$model", ({ model, key, start, cut, refused, busy, overloaded }) => {
  async function asked(node: ActionNode, params: JsonObject, ...answers: readonly Answer[]) {
    await using server = await start();
    server.answers.push(...answers);
    const ai = recordingModels({ [key]: { apiKey: "key-canary-5566778899", baseUrl: server.url } });
    const outcome = await execute(node, actionContext({ prompt: "Say hello.", model, ...params }, { ai }));
    return { outcome, charges: ai.charges, pieces: ai.pieces, bodies: server.bodies };
  }

  it("counts what it read from its cache, and what it thought", async () => {
    const tokens = { fresh: 10, cached: 4, thought: 7, said: 5 };
    const { outcome, charges, pieces } = await asked(aiText, {}, { text: "Hello there.", tokens });
    expect(outcome).toMatchObject({ value: { text: "Hello there." }, meta: { usage: { totalTokens: 26 } } });
    expect(charges).toMatchObject([{ outcome: "answered", inputTokens: 14, cachedInputTokens: 4, outputTokens: 12 }]);
    expect(pieces.get("ask")?.join("")).toBe("Hello there.<answered>");
  });

  it("is asked for an object of its shape, and mends one that does not fit", async () => {
    const { outcome, bodies } = await asked(aiObject, { schema: SCHEMA }, { text: '{"n": 44}' }, { text: '{"n": 4}' });
    expect(outcome).toMatchObject({ value: { n: 4 }, meta: { repaired: true } });
    expect(JSON.stringify(bodies[0])).toContain('"required":["n"]');
    expect(JSON.stringify(bodies[1])).toContain("must be at most 9");
  });

  it("works with tools, and gets back what it signed", async () => {
    const params = { tools: [LOOK], maxTurns: 3, schema: SCHEMA };
    const use = { tool: { name: "look", input: { id: "A" } } };
    const { outcome, bodies } = await asked(aiAgent, params, use, { text: '{"n": 3}' });
    expect(outcome).toMatchObject({ value: { answer: { n: 3 }, turns: 2, toolCalls: [{ tool: "look" }] } });
    expect(JSON.stringify(bodies[0])).toContain('"name":"look"');
    expect(JSON.stringify(bodies[1])).toContain("Tools are used in runs only.");
    expect(JSON.stringify(bodies[1]).includes('"thoughtSignature":"c2lnbmF0dXJl"')).toBe(key === "google");
    expect(outcome).not.toHaveProperty("meta.warnings");
  });

  it.each([
    ["waits as long as it asks for", [busy], { kind: "error", code: "ai_rate_limited", retryAfter: 33_000 }],
    ["is tried again when it breaks down", [overloaded], { kind: "error", code: "ai_unavailable" }],
    ["may be out of reach", [{ status: 500, body: {} }], { kind: "error", code: "ai_unavailable" }],
    ["may refuse the key", [{ status: 401, body: {} }], { kind: "fatal", code: "ai_unauthorized" }],
    ["may refuse to answer", [{ text: "No", stop: refused }], { kind: "fatal", code: "ai_refused" }],
    ["may come to its longest", [{ text: "And then", stop: cut }], { exhausted: true, code: "ai_answer_cut" }],
    ["may say nothing", [{ text: "" }], { kind: "error", code: "ai_answer_empty" }],
  ] satisfies readonly (readonly [string, readonly Answer[], object])[])("%s", async (_, answers, error) => {
    const { outcome, charges } = await asked(aiText, {}, ...answers);
    expect(outcome).toMatchObject({ type: "fail", error });
    expect(JSON.stringify(outcome)).not.toContain("canary");
    expect(charges).toHaveLength(1);
  });
});
