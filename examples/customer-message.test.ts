/** The second example in the real engine, with a model that answers over HTTP, and the shop that takes the mails. */
import { memoryModels, type Models } from "@holdfast/nodes";
import { startShop, type Shop } from "@holdfast/shop";
import { obey } from "@holdfast/testkit/openai/obedient";
import { FAKE_KEY, startOpenAi, type FakeOpenAi } from "@holdfast/testkit/openai/server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { INJECTIONS } from "./injections.fixture.ts";
import { runExample } from "./real-runs.fixture.ts";

let shop: Shop;
let provider: FakeOpenAi;
let models: Models;
beforeEach(async () => {
  shop = await startShop();
  provider = await startOpenAi(obey);
  models = memoryModels({ apiKey: FAKE_KEY, baseUrl: provider.url });
});
afterEach(async () => {
  await shop.close();
  await provider[Symbol.asyncDispose]();
});

const mails = async (): Promise<unknown> => (await fetch(`${shop.url}/mails.json`)).json();
const label = (name: string): void =>
  provider.script({ kind: "json", value: { label: name, reason: "It says so.", confidence: 0.9 } });
const QUESTION = { orderId: "ORD-1002", message: "Where is my parcel?" };

test("sorts, drafts, asks, and sends what the manager made of the draft", async () => {
  label("question");
  provider.script({ kind: "text", text: "Dear Marcus, it is on its way." });
  const run = await runExample("customer-message", shop, QUESTION, { models });
  expect(run.waits).toMatchObject([
    {
      node: "approval",
      inbox: {
        title: "Answer Marcus Lindqvist about order ORD-1002",
        context: { message: "Where is my parcel?", about: "question" },
        prefill: { answer: "Dear Marcus, it is on its way." },
      },
    },
  ]);
  expect(await mails()).toEqual({ items: [] });
  await run.decide("approval", "approved", { answer: "Dear Marcus, it comes tomorrow." });
  expect(run).toMatchObject({ status: "completed", output: { status: "answered" } });
  expect(await mails()).toMatchObject({
    items: [
      {
        to: ["marcus@example.com"],
        subject: "Your message about order ORD-1002",
        text: expect.stringContaining("it comes tomorrow") as unknown,
      },
    ],
  });
});

test("hands a wish for money on to the refund, and decides nothing of it", async () => {
  label("refund");
  const run = await runExample(
    "customer-message",
    shop,
    { ...QUESTION, message: "Give me my money back." },
    { models },
  );
  expect(run.output).toEqual({ status: "refund_requested" });
  expect(run.trace).toContainEqual(expect.objectContaining({ type: "event.sent" }));
  expect(provider.requests).toHaveLength(1);
});

test("what is not answered in two days, or not to be, is told to support with the reason", async () => {
  const forgotten = await runExample("customer-message", shop, QUESTION);
  await forgotten.advance("2d");
  expect(forgotten.output).toEqual({ status: "open" });
  expect(await mails()).toMatchObject({
    items: [{ to: ["support@example.com"], text: expect.stringContaining("nobody decided") as unknown }],
  });
});

test("a manager who refuses the draft says why", async () => {
  const refused = await runExample("customer-message", shop, QUESTION);
  await refused.decide("approval", "rejected", undefined, "Call him instead.");
  expect(await mails()).toMatchObject({
    items: [{ to: ["support@example.com"], text: expect.stringContaining("Call him instead.") as unknown }],
  });
});

test.each(INJECTIONS.filter(({ place }) => place === "reason").slice(0, 12))(
  "a model that obeys ($text) writes to nobody but the customer, and only what a manager has seen",
  async ({ text }) => {
    const run = await runExample("customer-message", shop, { ...QUESTION, message: text }, { models });
    expect(await mails()).toEqual({ items: [] });
    const asked = run.waits.some(({ node }) => node === "approval");
    if (asked) await run.decide("approval", "approved", { answer: "We are looking into it." });
    const sent = JSON.stringify(await mails());
    expect(sent.includes("marcus@example.com")).toBe(asked);
    expect(sent).not.toContain("evil.example");
  },
);
