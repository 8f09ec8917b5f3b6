/** A morning's work in the demo: refunds that wait, were paid, were refused, and one that nobody can tell was paid. */
import { decide, REFUND, requestRefund, runIs, taskOf } from "../../e2e/support/refunds.ts";
import type { Runtime } from "../../e2e/support/runtime.ts";

export interface Sample {
  readonly flow: string;
  readonly waiting: string;
  readonly completed: string;
  readonly event: string;
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
  await taskOf(runtime, third.run);
  await runIs(runtime, second.run, "completed");
  await runtime.api("POST", "/dev/clock", { advance: "52h" });
  return { flow: REFUND, waiting: third.run, completed: second.run, event: first.event };
}
