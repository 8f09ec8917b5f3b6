/** A morning's work in the demo: refunds that wait, were paid, were refused, and one that nobody can tell was paid. */
import { readFile } from "node:fs/promises";
import { mailedLink } from "../../e2e/support/inbox.ts";
import { decide, object, REFUND, requestRefund, runIs, send, startedBy, taskOf } from "../../e2e/support/refunds.ts";
import { type InboxSample, makePurchases } from "./inbox-sample.ts";
import type { Runtime } from "../../e2e/support/runtime.ts";

export interface Sample {
  readonly flow: string;
  readonly waiting: string;
  readonly completed: string;
  readonly failed: string;
  /** Waits for a repair. */
  readonly broken: string;
  /** The path of the link in a mail that asks for a decision. */
  readonly link: string;
  readonly event: string;
  /** Waits for a decision. */
  readonly task: string;
  readonly inbox: InboxSample;
}

/** Nobody listens where it pays: all tries fail. */
async function makeIncidents(runtime: Runtime): Promise<string> {
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
  for (const n of [2, 3]) await send(runtime, "payout/asked", { n });
  return startedBy(runtime, await send(runtime, "payout/asked", { n: 1 }));
}

/** A loop, and a note beside it. */
async function makeLoop(runtime: Runtime): Promise<void> {
  const file = new URL("../../../../examples/order-lines.flow.json", import.meta.url);
  const text = "Lines of one order never wait for each other.";
  const document: unknown = JSON.parse(await readFile(file, "utf8"));
  await runtime.api("PUT", "/flows/order-lines", { ...object(document), notes: { n1: { text, x: 420, y: 40 } } });
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
  const broken = await makeIncidents(runtime);
  await makeLoop(runtime);
  await runIs(runtime, second.run, "completed");
  const inbox = await makePurchases(runtime);
  const link = await mailedLink(runtime, "Milo", "Buy from Nordweave AB");
  await runtime.api("POST", "/dev/clock", { advance: "52h" });
  return {
    flow: REFUND,
    waiting: third.run,
    completed: second.run,
    failed: failed.run,
    broken,
    link,
    event: first.event,
    task,
    inbox,
  };
}
