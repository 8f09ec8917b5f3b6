/** What the story sees of Holdfast and of the shop: their HTTP interfaces, and nothing else. */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { ApiClient, at } from "../../src/cli/client.ts";
import { CliError } from "../../src/cli/cli-error.ts";
import { eventView } from "../../src/read/event-view.ts";
import { runView, stepView, type RunView, type StepView } from "../../src/read/run-view.ts";
import { taskView, type TaskView } from "../../src/read/task-view.ts";
import { pageView } from "../../src/read/view.ts";
import type { HoldfastProcess } from "./holdfast-process.ts";
import { must, StoryError } from "./story-error.ts";

/** How long anything that has to happen may take, milliseconds. */
const PATIENCE_MS = 20_000;

const refund = z.object({
  refundId: z.string(),
  key: z.string(),
  orderId: z.string(),
  amount: z.number(),
  currency: z.string(),
  status: z.enum(["accepted", "settled"]),
});
export type Refund = z.infer<typeof refund>;

const mail = z.object({ to: z.array(z.string()), subject: z.string(), text: z.string(), deliveries: z.int() });
export type Mail = z.infer<typeof mail>;

export class World {
  readonly #api: ApiClient;
  readonly #shop: string;

  constructor({ url, demo }: HoldfastProcess) {
    this.#api = new ApiClient({ url, key: demo.apiKey });
    this.#shop = demo.shop.url;
  }

  /** Moves time forward. Resolves with what time it is then, milliseconds. */
  async advance(duration: string): Promise<number> {
    const call = { method: "POST", body: { advance: duration } } as const;
    const { now } = await this.#api.call(z.object({ now: z.iso.datetime() }), "/dev/clock", call);
    return Date.parse(now);
  }

  /** Sends an event that starts a run. Resolves with the run. */
  async request(name: string, data: object): Promise<{ readonly runId: string; readonly acceptedAt: number }> {
    const call = { method: "POST", body: { name, data } } as const;
    const { ids } = await this.#api.call(z.object({ ids: z.array(z.string()).min(1) }), "/events", call);
    const event = await eventually(
      `the event ${name} starts a run`,
      () => this.#api.call(eventView, at`/events/${ids[0] ?? ""}`),
      ({ started }) => started.length > 0,
    );
    must(event.started.length === 1, `The event started ${event.started.length} runs instead of one.`);
    return { runId: event.started[0]?.runId ?? "", acceptedAt: Date.parse(event.acceptedAt) };
  }

  run(id: string): Promise<RunView> {
    return this.#api.call(runView, at`/runs/${id}`);
  }

  async steps(id: string): Promise<readonly StepView[]> {
    return (await this.#api.call(pageView(stepView), at`/runs/${id}/steps`)).items;
  }

  /** Resolves when the run waits at the node. @throws StoryError with how it ended instead. */
  async waitsAt(id: string, node: string): Promise<RunView> {
    const waits = (run: RunView): boolean => run.waits.some((wait) => wait.node === node);
    const run = await eventually(
      `the run waits at “${node}”`,
      () => this.run(id),
      (now) => waits(now) || now.finishedAt !== null,
    );
    must(waits(run), `The run is ${run.status} and does not wait at “${node}”: ${JSON.stringify(run.error)}`);
    return run;
  }

  async ended(id: string): Promise<RunView> {
    const run = await this.#api.call(runView, at`/runs/${id}`, { query: { wait: `${PATIENCE_MS / 1_000}s` } });
    must(run.finishedAt !== null, `The run is ${run.status}; it should have ended.`);
    return run;
  }

  async openTask(run: string): Promise<TaskView> {
    const { items } = await this.#api.call(pageView(taskView), "/tasks", { query: { run, status: "open" } });
    const [task] = items;
    must(task !== undefined && items.length === 1, `The run has ${items.length} open tasks instead of one.`);
    return task;
  }

  task(id: string): Promise<TaskView> {
    return this.#api.call(taskView, at`/tasks/${id}`);
  }

  /** Decides a task. Resolves with the code of the problem, if it is refused. */
  async decide(
    task: string,
    decision: { readonly outcome: string; readonly comment: string },
  ): Promise<string | undefined> {
    try {
      await this.#api.call(z.looseObject({}), at`/tasks/${task}/decision`, { method: "POST", body: decision });
      return undefined;
    } catch (error) {
      if (error instanceof CliError) return error.code;
      throw error;
    }
  }

  /** What the payment service has in its ledger, and how many requests it got. */
  async ledger(): Promise<{ readonly items: readonly Refund[]; readonly requests: number }> {
    const schema = z.object({ items: z.array(refund), deliveries: z.array(z.unknown()) });
    const { items, deliveries } = await this.#ask("/refunds", schema);
    return { items, requests: deliveries.length };
  }

  async mails(): Promise<readonly Mail[]> {
    return (await this.#ask("/mails.json", z.object({ items: z.array(mail) }))).items;
  }

  /** Tells the bank that the money has arrived. */
  async settle(refundId: string): Promise<void> {
    await this.#ask("/bank/settle", refund, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ refundId }),
    });
  }

  /** Whether anything answers where the runtime was. */
  async answers(): Promise<boolean> {
    try {
      await this.#api.call(z.looseObject({}), "/me");
      return true;
    } catch {
      return false;
    }
  }

  async #ask<T>(path: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> {
    const response = await fetch(new URL(path, this.#shop), { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await response.text();
    must(response.ok, `The shop answered ${path} with ${response.status}: ${text}`);
    return schema.parse(JSON.parse(text));
  }
}

/** Looks until it fits. @throws StoryError when it takes too long. */
export async function eventually<T>(what: string, look: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = await look();
    if (fits(value)) return value;
    if (performance.now() > until) throw new StoryError(`Not within ${PATIENCE_MS / 1_000} s: ${what}.`);
    await pause(50);
  }
}
