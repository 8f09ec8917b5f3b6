/** A morning's work in the demo: refunds that wait, were paid, were refused, and one that nobody can tell was paid. */
import type { Runtime } from "../../e2e/support/runtime.ts";

export interface Sample {
  readonly flow: string;
  readonly waiting: string;
  readonly completed: string;
  readonly event: string;
}

interface Item {
  readonly id: string;
}

const FLOW = "process-refund";

const object = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};

const items = (value: unknown): readonly Item[] => {
  const { items: found } = object(value);
  return Array.isArray(found) ? found.map((item) => ({ id: String(object(item)["id"]) })) : [];
};

async function request(runtime: Runtime, orderId: string, reason: string): Promise<{ event: string; run: string }> {
  const sent = object(
    await runtime.api("POST", "/events", {
      name: "support/refund.requested",
      data: { orderId, reason, requestedBy: runtime.person("analyst").email },
    }),
  );
  const { ids } = sent;
  const event = Array.isArray(ids) ? String(ids[0]) : "";
  return { event, run: await until(async () => startedBy(await runtime.api("GET", `/events/${event}`))) };
}

function startedBy(event: unknown): string | undefined {
  const { started } = object(event);
  const [first] = Array.isArray(started) ? started : [];
  const { runId } = object(first);
  return typeof runId === "string" ? runId : undefined;
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const taskOf = (runtime: Runtime, run: string): Promise<string> =>
  until(async () => items(await runtime.api("GET", `/tasks?run=${run}&status=open`))[0]?.id);

export async function makeSample(runtime: Runtime): Promise<Sample> {
  const orders = ["ORD-1001", "ORD-1002", "ORD-1003", "ORD-1004", "ORD-1005", "ORD-1006"];
  const made = [];
  for (const order of orders)
    made.push(await request(runtime, order, "It arrived broken and I would like my money back."));
  await request(runtime, "ORD-1010", "I changed my mind after a year.");
  const [first, second, third] = made;
  if (first === undefined || second === undefined || third === undefined) throw new Error("no refunds were requested");
  const tasks = await Promise.all(made.slice(0, 3).map(({ run }) => taskOf(runtime, run)));
  await runtime.api("POST", `/tasks/${tasks[0]}/decision`, { outcome: "approved", comment: "Fine with me." });
  await runtime.api("POST", `/tasks/${tasks[1]}/decision`, { outcome: "rejected", comment: "Used for half a year." });
  await until(async () => {
    const { status } = object(await runtime.api("GET", `/runs/${second.run}?wait=5s`));
    return status === "completed" ? true : undefined;
  });
  await runtime.api("POST", "/dev/clock", { advance: "52h" });
  return { flow: FLOW, waiting: third.run, completed: second.run, event: first.event };
}
