import { describe, expect, test } from "vitest";
import { startLedger } from "./ledger.ts";

const post = (url: string, key?: string, body: unknown = {}): Promise<Response> =>
  fetch(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers: key === undefined ? {} : { "idempotency-key": key },
  });

describe("the ledger", () => {
  test("applies a key once and answers alike", async () => {
    await using ledger = await startLedger();
    const first = await post(`${ledger.url}/a`, "k", { n: 1 });
    const again = await post(`${ledger.url}/a`, "k", { n: 1 });
    expect(await again.json()).toEqual(await first.json());
    expect(ledger.sends.map((send) => send.applied)).toEqual([true, false]);
    expect(new Set(ledger.sends.map((send) => send.bodyHash)).size).toBe(1);
  });

  test("applies everything that has no key", async () => {
    await using ledger = await startLedger();
    await post(`${ledger.url}/a`);
    await post(`${ledger.url}/a`);
    expect(ledger.applied("/a")).toHaveLength(2);
  });

  test("does not apply what it refuses, and then applies the same key", async () => {
    await using ledger = await startLedger();
    let refusals = 0;
    ledger.judge("/a", () => (refusals++ === 0 ? { refuse: 503 } : "answer"));
    expect((await post(`${ledger.url}/a`, "k")).status).toBe(503);
    expect((await post(`${ledger.url}/a`, "k")).status).toBe(201);
    expect(ledger.sends.map((send) => send.applied)).toEqual([false, true]);
  });

  test("has a request in its book before it answers", async () => {
    await using ledger = await startLedger();
    const gate = Promise.withResolvers<"answer">();
    ledger.judge("/a", () => gate.promise);
    const response = post(`${ledger.url}/a`, "k");
    await ledger.arrived("/a");
    expect(ledger.applied("/a")).toHaveLength(1);
    gate.resolve("answer");
    expect((await response).status).toBe(201);
  });
});
