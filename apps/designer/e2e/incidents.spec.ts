/** Incidents: each of the three answers, and one answer for several alike. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { expectAccessible } from "./support/axe.ts";
import { items, runIs, send, startedBy, until } from "./support/refunds.ts";
import type { Runtime } from "./support/runtime.ts";
import { expect, test } from "./support/test.ts";

/** Somebody who pays: answers as it is told to. */
class Bank {
  status = 503;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((_, response) => {
      response.writeHead(this.status, { "content-type": "application/json" });
      response.end(JSON.stringify({ paid: true }));
    });
  }

  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the bank has no port");
    return `http://127.0.0.1:${address.port}/pay`;
  }

  close(): void {
    this.#server.close();
  }
}

const bank = new Bank();

async function publish(runtime: Runtime, id: string, url: string, method: "GET" | "POST"): Promise<void> {
  await runtime.api("PUT", `/flows/${id}`, {
    dsl: 1,
    id,
    name: "Pay out",
    triggers: [{ type: "event", event: `e2e/${id}` }],
    nodes: {
      pay: { type: "http.request", name: "Pay", params: { method, url }, retry: { maxAttempts: 1 } },
      paid: { type: "end", params: { output: { status: "{{ nodes.pay.status }}" } } },
    },
    edges: [
      { from: "start", to: "pay" },
      { from: "pay", to: "paid" },
    ],
  });
}

/** Starts a run and waits until it needs somebody. */
async function incident(runtime: Runtime, id: string): Promise<string> {
  const run = await startedBy(runtime, await send(runtime, `e2e/${id}`, {}));
  await until(async () => {
    const open = items(await runtime.api("GET", "/incidents?status=open"));
    return open.some(({ runId }) => runId === run) ? true : undefined;
  });
  return run;
}

test.beforeAll(async ({ runtime }) => {
  const url = await bank.listen();
  await publish(runtime, "pay-once", url, "POST");
  await publish(runtime, "pay-read", url, "GET");
});
test.afterAll(() => bank.close());

test("nobody knows whether it happened: it did, it did not, it is given up", async ({ page, runtime, signIn }) => {
  await signIn("Marta");
  const happened = await incident(runtime, "pay-once");
  await page.goto("/incidents");
  const card = page.getByRole("listitem").filter({ hasText: "Did this happen?" });
  await expect(card).toContainText("It will not send it again by itself.");
  await expectAccessible(page);
  await card.getByRole("button", { name: "It happened: go on…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Output").fill('{ "status": 200, "headers": {}, "body": { "paid": true } }');
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("The run goes on.")).toBeVisible();
  await expect(page.getByText("Nothing needs a repair.")).toBeVisible();
  expect((await runIs(runtime, happened, "completed"))["output"]).toEqual({ status: 200 });

  const missed = await incident(runtime, "pay-once");
  bank.status = 200;
  await card.getByRole("button", { name: "It did not happen: send it now" }).click();
  await expect(page.getByText("It is tried again.")).toBeVisible();
  await runIs(runtime, missed, "completed");
  await expect(card).toHaveCount(0);

  bank.status = 503;
  const given = await incident(runtime, "pay-once");
  await card.getByRole("button", { name: "Stop this run…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop the run" }).click();
  await expect(page.getByText("The run is stopped.")).toBeVisible();
  await runIs(runtime, given, "failed");
  await page.goto(`/runs/${given}?node=pay&tab=history`);
  await expect(page.getByRole("complementary", { name: "The step" })).toContainText(
    "Marta Manager resolved the incident",
  );
});

test("three alike are decided at once, but for one", async ({ page, runtime, signIn }) => {
  const runs = [];
  for (let count = 0; count < 3; count += 1) runs.push(await incident(runtime, "pay-read"));
  const [left = "", ...others] = runs;
  await signIn("Marta");
  await page.goto("/incidents");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "One try failed" }) });
  await expect(card).toContainText("3 runs");
  await expectAccessible(page);
  const shortId = left.replaceAll("-", "").slice(-6).toUpperCase();
  await card.getByRole("checkbox", { name: `Decide for run ${shortId}` }).click();
  bank.status = 200;
  await card.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("2 are tried again.")).toBeVisible();
  for (const run of others) await runIs(runtime, run, "completed");
  await expect(card.getByRole("button", { name: "Try again" })).toBeVisible();
  await runtime.api("GET", `/runs/${left}`);
  await card.getByRole("button", { name: "Stop this run…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop the run" }).click();
  await runIs(runtime, left, "failed");
  bank.status = 503;
});
