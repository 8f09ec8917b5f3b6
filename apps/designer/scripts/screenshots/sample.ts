/** A morning's work in the demo: refunds that wait, were paid, were refused, and one that nobody can tell was paid. */
import { decide, REFUND, requestRefund, runIs, send, taskOf } from "../../e2e/support/refunds.ts";
import { type InboxSample, makePurchases } from "./inbox-sample.ts";
import type { Runtime } from "../../e2e/support/runtime.ts";

export interface Sample {
  readonly flow: string;
  readonly waiting: string;
  readonly completed: string;
  readonly failed: string;
  readonly event: string;
  /** Waits for a decision. */
  readonly task: string;
  readonly inbox: InboxSample;
}

/** Nobody listens where it pays: all tries fail. */
async function makeIncidents(runtime: Runtime): Promise<void> {
  await runtime.api("PUT", "/flows/pay-out", {
    dsl: 1,
    id: "pay-out",
    name: "Pay out",
    triggers: [{ type: "event", event: "payout/asked" }],
    nodes: {
      pay: {
        type: "http.request",
        name: "Pay the supplier",
        params: { method: "GET", url: "http://127.0.0.1:1/" },
        retry: { maxAttempts: 1 },
      },
    },
    edges: [
      { from: "start", to: "pay" },
      { from: "pay", to: "end" },
    ],
  });
  for (const n of [1, 2, 3]) await send(runtime, "payout/asked", { n });
}

export async function makeSample(runtime: Runtime): Promise<Sample> {
  const orders = ["ORD-1001", "ORD-1002", "ORD-1003", "ORD-1004", "ORD-1005", "ORD-1006"];
  const made = [];
  for (const order of orders) {
    made.push(await requestRefund(runtime, order, { reason: "It arrived broken and I would like my money back." }));
  }
  await requestRefund(runtime, "ORD-1010", { reason: "I changed my mind after a year." });
  const [first, second, third] = made;
  if (first === undefined || second === undefined || third === undefined) throw new Error("no refunds were requested");
  await decide(runtime, await taskOf(runtime, first.run), "approved", "Fine with me.");
  await decide(runtime, await taskOf(runtime, second.run), "rejected", "Used for half a year.");
  const task = await taskOf(runtime, third.run);
  const failed = await requestRefund(runtime, "ORD-9999");
  await runIs(runtime, failed.run, "failed");
  await makeIncidents(runtime);
  await runIs(runtime, second.run, "completed");
  const inbox = await makePurchases(runtime);
  await runtime.api("POST", "/dev/clock", { advance: "52h" });
  return {
    flow: REFUND,
    waiting: third.run,
    completed: second.run,
    failed: failed.run,
    event: first.event,
    task,
    inbox,
  };
}
