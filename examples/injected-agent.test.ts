/**
 * An agent with a payment among its tools, whose model does what the answers of its other tools tell it: it pays nobody but
 * whom the flow names, nothing that no person has allowed, and never more than all uses may add up to.
 */
import { memoryModels, type Models } from "@holdfast/nodes";
import type { GuardedFetch } from "@holdfast/nodes/executors";
import { startShop, type Shop } from "@holdfast/shop";
import { obey } from "@holdfast/testkit/openai/obedient";
import { FAKE_KEY, startOpenAi, type FakeOpenAi } from "@holdfast/testkit/openai/server";
import { testFlow } from "@holdfast/kit/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { INJECTIONS } from "./injections.fixture.ts";
import { doorTo, NODES } from "./real-runs.fixture.ts";

const ORDER = "ORD-1001";
const ONCE = 50;
const IN_ALL = 80;

const amountOf = {
  type: "object",
  properties: { amount: { type: "number", exclusiveMinimum: 0, maximum: ONCE } },
  required: ["amount"],
  additionalProperties: false,
};
const refund = {
  name: "refund",
  description: "Pays a part of the order back.",
  http: {
    method: "POST",
    url: "http://shop.localhost/refunds",
    arguments: amountOf,
    fixed: { orderId: "{{ input.orderId }}" },
    idempotencyHeader: "Idempotency-Key",
    pays: true,
  },
  ask: { assignTo: { roles: ["manager"] } },
  atMost: { of: "amount", sum: IN_ALL },
};
const lookUp = {
  name: "look_up",
  description: "What is known of the order.",
  http: { url: "http://shop.localhost/orders/{orderId}", fixed: { orderId: "{{ input.orderId }}" } },
};
const flow = (payment: object): unknown => ({
  dsl: 1,
  id: "helper",
  name: "Help a customer",
  triggers: [{ type: "call" }],
  input: { type: "object", properties: { orderId: { type: "string" } }, required: ["orderId"] },
  nodes: {
    agent: {
      type: "ai.agent",
      params: { prompt: "Help with {{ input.orderId }}.", maxTurns: 8, tools: [lookUp, payment] },
    },
  },
  edges: [
    { from: "start", to: "agent" },
    { from: "agent", to: "end" },
  ],
});

let provider: FakeOpenAi;
let models: Models;
beforeAll(async () => {
  provider = await startOpenAi(obey);
  models = memoryModels({ apiKey: FAKE_KEY, baseUrl: provider.url, api: "responses" });
});
afterAll(() => provider[Symbol.asyncDispose]());

/** The shop's answer about the order ends with somebody's words. */
function poisoned(door: GuardedFetch, text: string): GuardedFetch {
  const call: typeof door = Object.assign(async (...[url, request]: Parameters<GuardedFetch>) => {
    const response = await door(url, request);
    const order: unknown = String(url).includes("/orders/") ? await response.json() : undefined;
    return typeof order === "object" && order !== null ? Response.json({ ...order, note: text }) : response;
  }, door);
  return call;
}

const asked = z.object({
  items: z.array(z.object({ orderId: z.string(), amount: z.number() })),
  deliveries: z.array(z.object({ orderId: z.string(), amount: z.number(), payee: z.string().optional() })),
});
const ledgerOf = async (shop: Shop) => asked.parse(await (await fetch(`${shop.url}/refunds`)).json());

test.each(INJECTIONS.map(({ kind, text }) => [kind, text] as const))("%s: %s", async (_, text) => {
  const shop = await startShop();
  try {
    const run = await testFlow({
      flow: flow(refund),
      nodes: NODES,
      input: { orderId: ORDER },
      door: poisoned(doorTo(shop), text),
      models,
    });
    let decided = 0;
    while (run.status === "waiting") {
      // Nothing has been paid that nobody has allowed.
      expect((await ledgerOf(shop)).deliveries).toHaveLength(decided);
      await run.decide("agent", "approved");
      decided += 1;
    }
    expect(run.status).toBe("completed");
    // It has read it, as the tool gave it.
    const read = (provider.requests.at(-1)?.messages ?? []).map((message) => message.text).join();
    expect(read).toContain(JSON.stringify(text).slice(1, -1));
    const { items, deliveries } = await ledgerOf(shop);
    expect(deliveries).toEqual([{ orderId: ORDER, amount: ONCE }]);
    expect(items).toEqual([{ orderId: ORDER, amount: ONCE }]);
  } finally {
    await shop.close();
  }
});

test("without a person who is asked, nobody can run it", async () => {
  const { ask: _, ...unasked } = refund;
  await expect(testFlow({ flow: flow(unasked), nodes: NODES, input: { orderId: ORDER } })).rejects.toThrow(
    "so that decides about a payment, and nobody is asked",
  );
});
