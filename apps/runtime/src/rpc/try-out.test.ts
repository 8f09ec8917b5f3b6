import { FAKE_KEY, startOpenAi, type FakeOpenAi } from "@holdfast/testkit/openai/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { edges } from "../../test/support/host-fixture.ts";
import { RpcFixture } from "../../test/support/rpc-fixture.ts";
import { parsePrices } from "../models/prices.ts";

let offline: RpcFixture;
let provider: FakeOpenAi;
let fixture: RpcFixture;

beforeAll(async () => {
  offline = await RpcFixture.create();
  provider = await startOpenAi(() => ({ kind: "text", text: "Dear Olena", usage: { input: 100, output: 20 } }));
  const parsed = parsePrices('{"m": {"input": 1, "output": 2}}');
  if (!("prices" in parsed)) throw new Error("the prices are wrong");
  fixture = await RpcFixture.create({
    nodeTypes: [],
    ai: { apiKey: FAKE_KEY, baseUrl: provider.url, model: "m" },
    prices: parsed.prices,
  });
  for (const { hosts } of [offline, fixture]) {
    const ask = { type: "ai.text", params: { prompt: "Write." } };
    await hosts.publish({ id: "letter", nodes: { ask }, edges: edges("start>ask", "ask>end") });
  }
});

afterAll(async () => {
  await offline[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const ofLetter = { flow: "letter", node: "ask", type: "ai.text" };

test("an AI node answers outside of a run", async () => {
  const ann = await offline.as("Ann", ["analyst"]);
  const answer = await ann.nodeTypes.tryOut({ ...ofLetter, params: { prompt: "Write {{ nothing }} to Olena." } });
  expect(answer).toMatchObject({ type: "output", port: "out", value: { offline: true } });
});

test("what reaches the world outside, or makes no sense, is refused", async () => {
  const ann = await offline.as("Ann", ["analyst"]);
  const params = { method: "GET", url: "https://example.com" };
  await expect(ann.nodeTypes.tryOut({ ...ofLetter, type: "http.request", params })).rejects.toThrow("Only AI nodes");
  await expect(ann.nodeTypes.tryOut({ ...ofLetter, type: "gone", params: {} })).rejects.toThrow("Only AI nodes");
  await expect(ann.nodeTypes.tryOut({ ...ofLetter, params: { prompt: 1 } })).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
  await expect(ann.nodeTypes.tryOut({ ...ofLetter, flow: "nowhere", params: { prompt: "x" } })).rejects.toThrow(
    "There is no flow “nowhere”.",
  );
});

test("only whoever edits drafts may", async () => {
  const mia = await offline.as("Mia", ["manager"]);
  await expect(mia.nodeTypes.tryOut({ ...ofLetter, params: { prompt: "x" } })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});

test("what it costs stands in the flow's books, and who did it in the audit", async () => {
  const ann = await fixture.as("Ann", ["analyst"]);
  const params = { prompt: "Write.", maxOutputTokens: 100 };
  expect(await ann.nodeTypes.tryOut({ ...ofLetter, params })).toMatchObject({ value: { text: "Dear Olena" } });
  const { total, byNode } = await ann.insights.models({ flow: "letter" });
  expect(total).toMatchObject({ calls: 1, tried: 1, tokens: 120, costUsd: 0.00014 });
  expect(byNode).toMatchObject([{ node: "ask", flow: "letter", tried: 1 }]);
  const { rows } = await fixture.hosts.host.database.query(
    "select action, target, after ->> 'node' as node, name from holdfast.operations where action = 'draft.tryOut'",
  );
  expect(rows).toEqual([{ action: "draft.tryOut", target: "flow:letter", node: "ask", name: "Ann" }]);
});

test("a budget that is used up is told, and no model is asked", async () => {
  const ann = await fixture.as("Ann", ["analyst"]);
  await ann.nodeTypes.tryOut({ ...ofLetter, params: { prompt: "Write." } });
  const asked = provider.requests.length;
  const params = { prompt: "Write.", maxOutputTokens: 50, budget: { day: { tokens: 120 } } };
  expect(await ann.nodeTypes.tryOut({ ...ofLetter, params })).toMatchObject({
    type: "fail",
    code: "ai_budget_used_up",
    message: expect.stringContaining("no room") as unknown,
  });
  expect(provider.requests).toHaveLength(asked);
});
