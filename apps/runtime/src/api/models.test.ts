/** What models took, as programs and the command line are told. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { runCommand } from "../../test/support/run-command.ts";
import { SAMPLE } from "../../test/support/sample-rows.ts";
import { listen } from "../cli/serve/listener.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { modelsOf } from "../models/models-of.ts";
import { Prices } from "../models/prices.ts";

let api: ApiFixture;

const TOKENS = { inputTokens: 100, cachedInputTokens: 40, outputTokens: 20 };

/** A step of the sample's flow, or of somebody else's. */
async function step(workspace: number, run: string) {
  const { rows } = await api.pool.query<{ ref: number }>(
    "select ref from holdfast.flows where workspace = $1 and id = 'greeting'",
    [workspace],
  );
  const prices = new Prices(new Map([["m", { input: 1, cachedInput: 0.5, output: 2 }]]));
  return modelsOf({
    books: { database: api.pool, clock: { now: () => api.now }, prices },
    settings: {},
    use: { workspace, flow: rows[0]?.ref ?? 0, run, ofRun: run, node: "hello", attempt: 1, timeZone: "UTC" },
    live: () => ({ write: () => undefined, end: () => undefined }),
  });
}

beforeAll(async () => {
  api = await ApiFixture.create();
  const ask = async (workspace: number, run: string, model: string): Promise<void> => {
    const models = await step(workspace, run);
    const said = await models.reserve({ call: uuid7(), model, most: TOKENS, budget: undefined });
    if (said.kind === "reserved") await models.settle(said.id, { outcome: "answered", model, ...TOKENS });
    await models.recall(`key-${model}`);
  };
  await ask(1, SAMPLE.completed, "m");
  await ask(1, SAMPLE.completed, "unheard-of");
  await ask(2, SAMPLE.foreign, "m");
  const models = await step(1, SAMPLE.completed);
  await models.topUp({ call: "more", scope: "flow", unit: "money", amount: 0.25, by: "system:test" });
});
afterAll(() => api[Symbol.asyncDispose]());

const told = async (path: string): Promise<unknown> => {
  const response = await api.call(path, { key: api.key("viewer") });
  expect(response.status).toBe(200);
  return response.json();
};

test("a run tells what its questions took", async () => {
  expect(await told(`/api/v1/runs/${SAMPLE.completed}`)).toMatchObject({
    models: {
      calls: 2,
      failed: 0,
      lost: 0,
      tried: 0,
      tokens: 240,
      inputTokens: 200,
      cachedInputTokens: 80,
      outputTokens: 40,
      costUsd: 0.00012,
      unpriced: 1,
      looked: 2,
      cached: 0,
      savedUsd: 0,
    },
  });
  expect(await told(`/api/v1/runs/${SAMPLE.waiting}`)).toMatchObject({ models: null });
});

describe("a flow", () => {
  test("tells it by node, model and day, without those of other workspaces", async () => {
    expect(await told("/api/v1/flows/greeting/models?days=7&timeZone=Europe/Kyiv")).toMatchObject({
      total: { calls: 2, tokens: 240 },
      byFlow: [{ flow: "greeting", calls: 2 }],
      byNode: [{ node: "hello", flow: "greeting", calls: 2, looked: 2 }],
      byModel: [
        { model: "m", costUsd: 0.00012 },
        { model: "unheard-of", costUsd: null, tokens: 120 },
      ],
      trend: [{ calls: 2, tokens: 240, costUsd: 0.00012 }],
      budgets: [],
      topUps: [{ runId: SAMPLE.completed, scope: "flow", unit: "money", amount: 0.25, by: "system:test" }],
    });
  });

  test.each([
    ["that is not there", "nothing/models", 404, "flow_not_found"],
    ["with a day that is none", "greeting/models?days=0", 400, "query_invalid"],
    ["with a zone that is none", "greeting/models?timeZone=Mars", 400, "query_invalid"],
  ])("%s is refused", async (_what, path, status, code) => {
    const response = await api.call(`/api/v1/flows/${path}`, { key: api.key("viewer") });
    expect({ status: response.status, body: await response.json() }).toMatchObject({ status, body: { code } });
  });
});

test("the record of a run has it as well", async () => {
  const record = await told(`/api/v1/runs/${SAMPLE.completed}/record`);
  const line = "calls: 2, tokens: 240, cost: $0.00012, calls of unknown price, not in the cost: 1";
  expect(record).toMatchObject({ html: expect.stringContaining(line) });
});

test("the command line tells it in a line", async () => {
  const listener = await listen("127.0.0.1", 0);
  listener.serve(api.app);
  const env = { HOLDFAST_URL: listener.url, HOLDFAST_API_KEY: api.key("viewer") };
  const { out } = await runCommand(["runs", "show", SAMPLE.completed], { env });
  expect(out).toContain("models  2 calls, 240 tokens, $0.00012, 1 of unknown price, 0 of 2 from the cache");
  await listener.close(0);
});
