/** What runs ask of a real provider on this machine, and what the books make of it. */
import type { JsonObject } from "@holdfast/dsl";
import { FAKE_KEY, startOpenAi, type FakeOpenAi, type Reply } from "@holdfast/testkit/openai/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parsePrices } from "../src/models/prices.ts";
import { DAY, edges, SYSTEM_CALLER } from "./support/host-fixture.ts";
import { RpcFixture } from "./support/rpc-fixture.ts";

let provider: FakeOpenAi;
let holdfast: RpcFixture;
/** Where nothing is scripted. */
let reply = (): Reply => ({ kind: "error", status: 500, message: "No reply is scripted." });

/** A dollar for a million tokens read, half of it for cached ones, two for those written. */
const PRICES = '{"m": {"input": 1, "cachedInput": 0.5, "output": 2}, "n": {"input": 10, "output": 10}}';

beforeAll(async () => {
  provider = await startOpenAi(() => reply());
  const parsed = parsePrices(PRICES);
  if (!("prices" in parsed)) throw new Error("the prices are wrong");
  holdfast = await RpcFixture.create({
    nodeTypes: [],
    ai: { apiKey: FAKE_KEY, baseUrl: provider.url, model: "m" },
    prices: parsed.prices,
  });
});
afterAll(async () => {
  await holdfast[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const text = (words: string, input: number, output: number, cached = 0): Reply => ({
  kind: "text",
  text: words,
  usage: { input, cached, output },
});

/** Nodes that ask one after the other. */
const asking = (id: string, nodes: { readonly [node: string]: JsonObject }, settings: JsonObject = {}) =>
  holdfast.hosts.publish({
    id,
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([node, params]) => [
        node,
        {
          type: "ai.text",
          params: { prompt: `${id} ${node}: {{ input.about }}`, ...params },
          retry: { maxAttempts: 3, initialInterval: "1ms", jitter: "none" },
        },
      ]),
    ),
    edges: edges(...["start", ...Object.keys(nodes)].map((from, at) => `${from}>${Object.keys(nodes)[at] ?? "end"}`)),
    settings,
  });

async function figures(run: string) {
  const { runs } = await holdfast.as("Ana");
  return runs.get({ id: run });
}

test("tokens and cost of a run add up to the provider's figures, failed tries included", async () => {
  await asking("adds-up", { first: {}, second: { model: "n" } });
  provider.script(
    { kind: "breakdown", message: "Overloaded.", usage: { input: 100, output: 3 } },
    text("One.", 1_000, 50, 400),
    text("Two.", 10, 2),
  );
  const { id, status } = await holdfast.hosts.run("adds-up", { about: "a" });
  expect(status).toBe("completed");
  const { run, models } = await figures(id);
  expect(run.models).toMatchObject({
    calls: 3,
    failed: 1,
    inputTokens: 1_110,
    cachedInputTokens: 400,
    outputTokens: 55,
    tokens: 1_165,
    unpriced: 0,
    lost: 0,
  });
  // 100 and 600 fresh ones, 400 cached, 53 written; then 12 of the dearer model.
  expect(run.models?.costUsd).toBeCloseTo((700 + 200 + 106 + 120) / 1e6, 9);
  expect(models["first"]).toMatchObject({ calls: 2, failed: 1, tokens: 1_153, models: ["m"] });
  expect(models["second"]).toMatchObject({ calls: 1, tokens: 12, costUsd: 0.00012, models: ["n"] });
});

test("a budget of one call makes the second a task, and the run goes on after more was allowed", async () => {
  await asking("one-call", {
    first: { maxOutputTokens: 50 },
    second: { maxOutputTokens: 50, budget: { run: { tokens: 120 } } },
  });
  provider.script(text("One.", 60, 20), text("Two.", 30, 10));
  const asked = provider.requests.length;
  const id = await holdfast.hosts.begin("one-call", { about: "b" });
  await holdfast.hosts.settled(id, "waiting");
  expect(provider.requests).toHaveLength(asked + 1);
  const ana = await holdfast.as("Ana");
  const [task] = (await ana.runs.get({ id })).tasks;
  expect(task).toMatchObject({
    status: "open",
    node: "second",
    context: { budget: expect.stringMatching(/^120 tokens /), used: "80 tokens" },
  });
  await ana.tasks.decide({ task: task?.id ?? "", outcome: "allow", data: { amount: 100 } });
  expect(await holdfast.hosts.ended(id)).toMatchObject({ status: "completed" });
  expect(provider.requests).toHaveLength(asked + 2);
  const { run } = await ana.runs.get({ id });
  expect(run.models).toMatchObject({ calls: 2, tokens: 120 });
  const use = await ana.insights.models({ flow: "one-call" });
  expect(use.topUps).toEqual([
    expect.objectContaining({ scope: "run", unit: "tokens", amount: 100, by: "Ana", runId: id }),
  ]);
});

describe("fifty runs at once, and a day's budget of ten calls", () => {
  const budget = { day: { tokens: 10_500 } };

  /** Starts them; the provider answers none before each of the others has heard that there is no room. */
  async function fifty(id: string, taken: number): Promise<readonly string[]> {
    await asking(id, { ask: { maxOutputTokens: 1_000, budget } });
    const all = Promise.withResolvers<void>();
    reply = () => ({ kind: "slow", until: all.promise, reply: text("Yes.", 20, taken) });
    const runs = await Promise.all(
      Array.from({ length: 50 }, (_, at) => holdfast.hosts.begin(id, { about: `${id} ${at}` })),
    );
    const { database } = holdfast.hosts.host;
    await holdfast.hosts.until(async () => {
      const { rows } = await database.query("select distinct run from holdfast.waits where run = any($1::uuid[])", [
        runs,
      ]);
      return rows.length === 40 ? true : undefined;
    }, "forty to wait for room");
    const { rows } = await database.query<{ reserved: number }>(
      `select b.reserved_tokens::int as reserved from holdfast.model_budgets b join holdfast.flows f on f.ref = b.flow
        where f.id = $1 and b.scope = 'day'`,
      [id],
    );
    expect(rows[0]?.reserved).toBeGreaterThan(10_000);
    expect(rows[0]?.reserved).toBeLessThanOrEqual(10_500);
    all.resolve();
    return runs;
  }

  const statusesOf = async (runs: readonly string[]): Promise<readonly string[]> =>
    Promise.all(runs.map(async (run) => (await holdfast.hosts.view(run)).status));

  test("those that find room only once others are done ask nobody for it", async () => {
    const asked = provider.requests.length;
    const runs = await fifty("fifty-small", 5);
    await Promise.all(runs.map((run) => holdfast.hosts.ended(run)));
    expect(await statusesOf(runs)).toEqual(Array.from({ length: 50 }, () => "completed"));
    expect(provider.requests).toHaveLength(asked + 50);
    const ana = await holdfast.as("Ana");
    expect((await ana.insights.models({ flow: "fifty-small" })).budgets).toMatchObject([{ spent: 1_250, reserved: 0 }]);
    expect((await Promise.all(runs.map((id) => ana.runs.get({ id })))).flatMap(({ tasks }) => tasks)).toEqual([]);
  });

  test("what is spent is never more, and the others are a task each, which are allowed together", async () => {
    const asked = provider.requests.length;
    const runs = await fifty("fifty-large", 1_000);
    const ana = await holdfast.as("Ana");
    const tasks = await holdfast.hosts.until(async () => {
      const found = (await Promise.all(runs.map((id) => ana.runs.get({ id })))).flatMap((run) => run.tasks);
      return found.length === 40 ? found : undefined;
    }, "forty tasks");
    expect(provider.requests).toHaveLength(asked + 10);
    expect((await ana.insights.models({ flow: "fifty-large" })).budgets).toMatchObject([
      { spent: 10_200, reserved: 0 },
    ]);
    const many = tasks.map(({ id }) => ({ id, data: { amount: 1_100 } }));
    await ana.tasks.decideMany({ outcome: "allow", tasks: many });
    await Promise.all(runs.map((run) => holdfast.hosts.ended(run)));
    expect(await statusesOf(runs)).toEqual(Array.from({ length: 50 }, () => "completed"));
    expect((await ana.insights.models({ flow: "fifty-large" })).budgets).toMatchObject([
      { spent: 51_000, added: 44_000 },
    ]);
  });
});

test("a budget of a day makes a task, too, which the next day takes away", async () => {
  const budget = { day: { tokens: 150 } };
  await asking("one-day", { first: { maxOutputTokens: 50 }, second: { maxOutputTokens: 50, budget } });
  provider.script(text("One.", 90, 30), text("Two.", 30, 10));
  const id = await holdfast.hosts.begin("one-day", { about: "b" });
  await holdfast.hosts.settled(id, "waiting");
  const ana = await holdfast.as("Ana");
  const [task] = (await ana.runs.get({ id })).tasks;
  expect(task).toMatchObject({
    status: "open",
    context: { budget: expect.stringMatching(/^150 tokens /), used: "120 tokens" },
  });
  expect(task?.expiresAt).toMatch(/T00:00:00.000Z$/);
  await holdfast.hosts.advance(DAY);
  expect(await holdfast.hosts.ended(id)).toMatchObject({ status: "completed" });
  expect((await ana.runs.get({ id })).tasks).toMatchObject([{ status: "expired" }]);
  expect((await ana.insights.models({ flow: "one-day" })).topUps).toEqual([]);
});

test("the same question twice is one call, and the second run says where its answer is from", async () => {
  await asking("cached", { ask: { cache: { for: "1h" } } });
  provider.script(text("Kept.", 100, 20));
  const asked = provider.requests.length;
  const first = await holdfast.hosts.run("cached", { about: "c" });
  const second = await holdfast.hosts.run("cached", { about: "c" });
  expect(second).toMatchObject({ status: "completed", output: first.output });
  expect(provider.requests).toHaveLength(asked + 1);
  const { run, models } = await figures(second.id);
  expect(run.models).toMatchObject({ calls: 0, tokens: 0, costUsd: 0, looked: 1, cached: 1, savedUsd: 0.00014 });
  expect(models["ask"]?.cache).toEqual([expect.objectContaining({ hit: true, given: 1, asked: 1 })]);
  expect((await figures(first.id)).models["ask"]).toMatchObject({ calls: 1, looked: 1, cached: 0 });
  const use = await (await holdfast.as("Ana")).insights.models({ flow: "cached" });
  expect(use.total).toMatchObject({ calls: 1, looked: 2, cached: 1, savedUsd: 0.00014 });
});

test("a flow tells what it took by node, model and day, and what its budgets have left", async () => {
  const budget = { day: { money: 0.01 }, flow: { tokens: 5_000 } };
  await asking(
    "by-node",
    {
      first: { maxOutputTokens: 50, budget },
      second: { model: "n", maxOutputTokens: 50, budget: { day: { money: 0.5 } } },
    },
    { timeZone: "Europe/Kyiv" },
  );
  provider.script(text("One.", 100, 10), text("Two.", 100, 10));
  await holdfast.hosts.run("by-node", { about: "d" });
  const ana = await holdfast.as("Ana");
  const use = await ana.insights.models({ flow: "by-node", timeZone: "Europe/Kyiv" });
  expect(use.total).toMatchObject({ calls: 2, tokens: 220, costUsd: 0.00122 });
  expect(use.byNode.map(({ node, tokens, flow }) => ({ node, tokens, flow }))).toEqual([
    { node: "second", tokens: 110, flow: "by-node" },
    { node: "first", tokens: 110, flow: "by-node" },
  ]);
  expect(use.byModel.map(({ model, costUsd }) => ({ model, costUsd }))).toEqual([
    { model: "n", costUsd: 0.0011 },
    { model: "m", costUsd: 0.00012 },
  ]);
  expect(use.trend).toEqual([expect.objectContaining({ calls: 2, tokens: 220, costUsd: 0.00122 })]);
  expect(use.budgets).toEqual([
    {
      scope: "flow",
      unit: "tokens",
      cap: 5_000,
      node: "first",
      name: "Write text with AI",
      spent: 220,
      reserved: 0,
      added: 0,
    },
    {
      scope: "day",
      unit: "money",
      cap: 0.01,
      node: "first",
      name: "Write text with AI",
      spent: 0.00122,
      reserved: 0,
      added: 0,
    },
  ]);
  const all = await ana.insights.models({});
  expect(all.byFlow.find(({ flow }) => flow === "by-node")).toMatchObject({ tokens: 220 });
  expect(all.budgets).toEqual([]);
  await expect(ana.insights.models({ flow: "nowhere" })).rejects.toMatchObject({
    message: expect.stringContaining("nowhere"),
  });
});

test("a run that is canceled in mid-answer counts what it was asking for as the most, at once", async () => {
  await asking("canceled", { ask: { maxOutputTokens: 50, budget: { day: { tokens: 10_000 } } } });
  const asked = provider.requests.length;
  provider.script({ kind: "stall", until: new Promise(() => undefined) });
  const id = await holdfast.hosts.begin("canceled", { about: "x" });
  await holdfast.hosts.until(() => Promise.resolve(provider.requests[asked]), "the model to be asked");
  await holdfast.hosts.services.cancelRun(SYSTEM_CALLER, id, "cancel");
  expect(await holdfast.hosts.ended(id)).toMatchObject({ status: "canceled" });
  await holdfast.hosts.until(async () => {
    const { run, models } = await figures(id);
    return models["ask"]?.underWay === 0 ? run : undefined;
  }, "the call to be settled");
  const { run } = await figures(id);
  expect(run.models).toMatchObject({ calls: 1, lost: 1, outputTokens: 50 });
});

test("a model without a price is not asked where money is counted", async () => {
  await asking("unpriced", { ask: { model: "unheard-of", budget: { run: { money: 1 } } } });
  const asked = provider.requests.length;
  const { status, error } = await holdfast.hosts.run("unpriced", { about: "e" });
  expect({ status, error }).toMatchObject({ status: "failed", error: { code: "ai_price_unknown" } });
  expect(provider.requests).toHaveLength(asked);
});

test("and costs nobody knows what where it is not", async () => {
  await asking("unknown-cost", { ask: { model: "unheard-of" } });
  provider.script(text("Yes.", 10, 5));
  const { id } = await holdfast.hosts.run("unknown-cost", { about: "f" });
  expect((await figures(id)).run.models).toMatchObject({ calls: 1, tokens: 15, costUsd: null, unpriced: 1 });
});

test("a run that asks no model has no figures", async () => {
  await holdfast.hosts.publish({ id: "no-model", nodes: {}, edges: edges("start>end") });
  const { id } = await holdfast.hosts.run("no-model");
  expect((await figures(id)).run.models).toBeNull();
});

test("what the iterations of a loop asked counts as their run's, and as its budget's", async () => {
  const ask = {
    type: "ai.text",
    params: { prompt: "{{ item }}", maxOutputTokens: 10, budget: { run: { tokens: 1_000 } } },
  };
  const body = { nodes: { ask }, edges: edges("start>ask", "ask>end") };
  await holdfast.hosts.publish({
    id: "loop",
    nodes: { each: { type: "forEach", params: { items: "{{ input.list }}", body } } },
    edges: edges("start>each", "each>end"),
  });
  provider.script(text("One.", 20, 5), text("Two.", 20, 5), text("Three.", 20, 5));
  const { id, status } = await holdfast.hosts.run("loop", { list: ["a", "b", "c"] });
  expect(status).toBe("completed");
  const { run, models } = await figures(id);
  expect(run.models).toMatchObject({ calls: 3, tokens: 75 });
  expect(models).toMatchObject({ ask: { calls: 3, tokens: 75 } });
  const { runs } = await holdfast.as("Ana");
  const { items } = await runs.children({ run: id, node: "each" });
  expect(items).toHaveLength(3);
  expect((await figures(items[0]?.id ?? "")).run.models).toMatchObject({ calls: 1, tokens: 25 });
  const { rows } = await holdfast.hosts.host.database.query(
    "select spent_tokens from holdfast.model_budgets where scope = 'run' and subject = $1",
    [id],
  );
  expect(rows).toEqual([{ spent_tokens: 75 }]);
});
