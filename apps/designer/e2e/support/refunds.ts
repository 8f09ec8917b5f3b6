/** Refunds of the demo, through the API: what a spec needs before it looks at the page. */
import type { Runtime } from "./runtime.ts";

export const REFUND = "process-refund";

export const object = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};

export const items = (value: unknown): readonly Readonly<Record<string, unknown>>[] => {
  const { items: found } = object(value);
  return Array.isArray(found) ? found.map(object) : [];
};

/** Looks until there is something; the test's own time is the limit. */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Sends an event. @returns its id. */
export async function send(runtime: Runtime, name: string, data: unknown): Promise<string> {
  const { ids } = object(await runtime.api("POST", "/events", { name, data }));
  return Array.isArray(ids) ? String(ids[0]) : "";
}

/** The run that an event has started. */
export function startedBy(runtime: Runtime, event: string): Promise<string> {
  return until(async () => {
    const { started } = object(await runtime.api("GET", `/events/${event}`));
    const { runId } = object(Array.isArray(started) ? started[0] : undefined);
    return typeof runId === "string" ? runId : undefined;
  });
}

/** Asks for a refund, as a person of the demo. */
export async function requestRefund(
  runtime: Runtime,
  orderId: string,
  { reason = "It arrived broken.", by = "analyst" }: { readonly reason?: string; readonly by?: string } = {},
): Promise<{ readonly event: string; readonly run: string }> {
  const requestedBy = runtime.person(by).email;
  const event = await send(runtime, "support/refund.requested", { orderId, reason, requestedBy });
  return { event, run: await startedBy(runtime, event) };
}

/** The task that a run waits for. */
export const taskOf = (runtime: Runtime, run: string): Promise<string> =>
  until(async () => {
    const [task] = items(await runtime.api("GET", `/tasks?run=${run}&status=open`));
    return task === undefined ? undefined : String(task["id"]);
  });

export async function decide(
  runtime: Runtime,
  task: string,
  outcome: "approved" | "rejected",
  comment: string,
): Promise<void> {
  await runtime.api("POST", `/tasks/${task}/decision`, { outcome, comment });
}

/** Waits until a run has this status. @returns the run. */
export const runIs = (runtime: Runtime, run: string, status: string): Promise<Readonly<Record<string, unknown>>> =>
  until(async () => {
    const found = object(await runtime.api("GET", `/runs/${run}`));
    return found["status"] === status ? found : undefined;
  });
