import { readFileSync } from "node:fs";
import { checkNode, testFlow, testNode, type CheckCase, type Target } from "@holdfast/kit/testing";
import { startShop } from "@holdfast/shop";
import { describe, expect, test } from "vitest";
import { refundPayment } from "./refund-payment.ts";

const params = { url: "http://payments.test/refunds", orderId: "ORD-1001", amount: 12.5 };

/** Pays once per key, as the real one does. */
function payments(): { readonly target: Target; readonly paid: Map<string, string> } {
  const paid = new Map<string, string>();
  const target: Target = ({ headers, body }) => {
    const key = headers["idempotency-key"] ?? `none-${paid.size}`;
    if (!paid.has(key)) paid.set(key, body);
    return { status: 201, body: { refundId: `R-${[...paid.keys()].indexOf(key) + 1}`, status: "accepted" } };
  };
  return { target, paid };
}

const cases: readonly CheckCase[] = [{ params, target: payments().target }];

test("keeps the contract of its kind", async () => {
  expect(await checkNode(refundPayment, { cases })).toEqual([]);
});

test("would not, without its key", async () => {
  const keyless = {
    ...refundPayment,
    execute: (context: Parameters<typeof refundPayment.execute>[0]) => refundPayment.execute({ ...context, key: "" }),
  };
  expect(await checkNode(keyless, { cases })).toMatchObject([{ code: "key_unused", where: "case 1" }]);
});

describe("by itself", () => {
  test("pays once, also when its process dies between sending and the answer", async () => {
    const { target, paid } = payments();
    const { output, requests, passages } = await testNode(refundPayment, {
      params,
      target,
      crashes: [{ at: "during", step: "main" }],
    });
    expect(output).toEqual({ refundId: "R-1", status: "accepted", amount: 12.5 });
    expect([passages, requests.length, paid.size]).toEqual([2, 2, 1]);
  });

  test.each([
    [429, { kind: "error", code: "payments_429", retryAfter: 7_000 }],
    [503, { kind: "error", code: "payments_503", retryAfter: 7_000 }],
    [422, { kind: "fatal", code: "not_refundable" }],
  ])("says what a %i means", async (status, error) => {
    const target: Target = () => ({
      status,
      headers: { "retry-after": "7" },
      body: { code: "not_refundable", message: "A gift card." },
    });
    expect((await testNode(refundPayment, { params, target })).error).toMatchObject(error);
  });

  test("waits until the day that the service names", async () => {
    const now = Date.UTC(2026, 10, 22, 12);
    const target: Target = () => ({ status: 429, headers: { "retry-after": "Sun, 22 Nov 2026 12:30:00 GMT" } });
    const { error } = await testNode(refundPayment, { params, target, now });
    expect(error).toMatchObject({ retryAfter: 30 * 60_000 });
  });

  test("speaks to the shop's own payment service", async () => {
    await using shop = await startShop({ paymentToken: "payments-token" });
    const credential = { type: "bearer", token: "payments-token" } as const;
    const url = `${shop.url}/refunds`;
    const paid = await testNode(refundPayment, {
      params: { ...params, url, orderId: "ORD-1001", amount: 1 },
      credential,
    });
    expect(paid.error).toBeUndefined();
    expect(paid.output).toMatchObject({ status: "accepted", amount: 1 });
  });
});

describe("in its flow", () => {
  const flow: unknown = JSON.parse(readFileSync(new URL("../payout.flow.json", import.meta.url), "utf8"));
  const input = { orderId: "ORD-1001", amount: 40 };

  test("waits for a manager, pays once over a crash, and goes on", async () => {
    const { target, paid } = payments();
    const crashes = { pay: [{ at: "during", step: "main" }] } as const;
    const run = await testFlow({ flow, nodes: [refundPayment], input, target, crashes });
    expect([...run.reached]).toEqual(["approval"]);
    await run.advance("3d");
    await run.decide("approval", "approved");
    expect(run.status).toBe("completed");
    expect(run.output).toEqual({ refundId: "R-1" });
    expect(paid.size).toBe(1);
  });

  test("tries again when the service says so, no sooner", async () => {
    const { target } = payments();
    let refusals = 0;
    const busy: Target = (request) =>
      refusals++ === 0 ? { status: 429, headers: { "retry-after": "120" } } : target(request);
    const run = await testFlow({ flow, nodes: [refundPayment], input, target: busy });
    await run.decide("approval", "approved");
    await run.advance("119s");
    expect(run.requests).toHaveLength(1);
    await run.advance("2s");
    expect(run.status).toBe("completed");
    expect(new Set(run.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  });

  test("pays nothing when nobody decides", async () => {
    const run = await testFlow({ flow, nodes: [refundPayment], input, target: payments().target });
    await run.advance("8d");
    expect([run.status, run.output, run.requests.length]).toEqual(["completed", { refundId: null }, 0]);
  });
});
