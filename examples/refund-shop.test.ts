import { ORDERS, startShop, type Shop } from "@holdfast/shop";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runExample, TOKEN } from "./real-runs.fixture.ts";

let shop: Shop;

beforeEach(async () => {
  shop = await startShop({ paymentToken: TOKEN });
});

afterEach(() => shop.close());

async function read(path: string): Promise<unknown> {
  return (await fetch(shop.url + path)).json();
}

describe("the refund flow and its real shop", () => {
  it("pays what the manager approved, once, and mails the customer", async () => {
    const run = await runExample("refund", shop, {
      orderId: "ORD-1001",
      reason: "The lamp arrived broken",
      amount: 89.9,
    });
    expect(run.waits).toMatchObject([
      { node: "approval", inbox: { title: "Refund 89.90 EUR for order ORD-1001", prefill: { amount: 89.9 } } },
    ]);
    await run.decide("approval", "approved", { amount: 80 });
    expect(await read("/refunds")).toMatchObject({ items: [{ orderId: "ORD-1001", amount: 80, status: "accepted" }] });

    await run.send("bank/transfer.settled", { orderId: "ORD-1001" });
    expect(run).toMatchObject({ status: "completed", output: { status: "refunded", amount: 80 } });
    expect(await read("/mails.json")).toMatchObject({
      items: [
        {
          to: ["olena@example.com"],
          subject: "Your refund for order ORD-1001 has arrived",
          text: expect.stringContaining("80.00 EUR") as unknown,
        },
      ],
    });
  });

  it.each(ORDERS.filter(({ refundable }) => !refundable).map(({ id }) => id))(
    "refuses %s, says why, and pays nothing",
    async (orderId) => {
      const run = await runExample("refund", shop, { orderId, reason: "I do not like it" });
      expect(run).toMatchObject({ status: "completed", output: { status: "not_eligible", amount: 0 } });
      expect(await read("/refunds")).toMatchObject({ deliveries: [] });
      const note = ORDERS.find(({ id }) => id === orderId)?.note?.slice(0, -1);
      expect(await read("/mails.json")).toMatchObject({
        items: [{ text: expect.stringContaining(note ?? "") as unknown }],
      });
    },
  );

  it.each(ORDERS.filter(({ refundable }) => refundable).map(({ id, total }) => [id, total] as const))(
    "offers the whole of %s if nothing else is asked for: %d",
    async (orderId, total) => {
      const run = await runExample("refund", shop, { orderId, reason: "It arrived broken" });
      expect(run.waits).toMatchObject([{ node: "approval", inbox: { prefill: { amount: total } } }]);
    },
  );

  it("tells the managers when nobody decides, and finance when the bank is silent", async () => {
    const forgotten = await runExample("refund", shop, { orderId: "ORD-1002", reason: "Broken" });
    await forgotten.advance("7d");
    expect(forgotten.output).toEqual({ status: "escalated", amount: 0 });

    const unpaid = await runExample("refund", shop, { orderId: "ORD-1003", reason: "Broken" });
    await unpaid.decide("approval", "approved");
    await unpaid.advance("5d");
    await unpaid.advance("5d");
    expect(unpaid.output).toEqual({ status: "unsettled", amount: 0 });

    expect(await read("/mails.json")).toMatchObject({
      items: [{ to: ["finance@example.com"] }, { to: ["managers@example.com"] }],
    });
  });

  it("gives the manager's comment to the customer", async () => {
    const run = await runExample("refund", shop, { orderId: "ORD-1005", reason: "Broken" });
    await run.decide("approval", "rejected", undefined, "The desk was used for a year.");
    expect(run.output).toEqual({ status: "rejected", amount: 0 });
    expect(await read("/mails.json")).toMatchObject({
      items: [{ to: ["tom@example.com"], text: expect.stringContaining("used for a year") as unknown }],
    });
  });
});
