/** Whatever was committed is shown, whatever the page was doing at that moment. */
import { createServer } from "node:http";
import { once } from "node:events";
import type { Page } from "@playwright/test";
import { openDesigner, nodeName, publishOrderFlow, saved } from "./support/flows.ts";
import { object, runIs, until } from "./support/refunds.ts";
import type { Runtime } from "./support/runtime.ts";
import { expect, test } from "./support/test.ts";

/** A run that waits for a manager. */
async function asking(runtime: Runtime, flow: string): Promise<string> {
  const { runId } = object(await runtime.api("POST", `/flows/${flow}/runs`, { input: { amount: 500 } }));
  const run = String(runId);
  await runIs(runtime, run, "waiting");
  return run;
}

async function approve(runtime: Runtime, flow: string, run: string): Promise<void> {
  await runtime.api("POST", "/events", { name: `orders/${flow}.approved`, data: {} });
  await runIs(runtime, run, "completed");
}

/** What a browser does when another tab comes before this one, or this one comes back. */
async function see(page: Page, state: "visible" | "hidden"): Promise<void> {
  await page.evaluate((to) => {
    Object.defineProperty(document, "visibilityState", { value: to, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

const ends = (page: Page): Promise<void> =>
  expect(page.getByRole("complementary", { name: "Timeline" }).getByText("Taken").first()).toBeVisible();

test("a change that comes while the run is being read is shown", async ({ page, runtime, signIn }) => {
  await publishOrderFlow(runtime, "late");
  const run = await asking(runtime, "late");
  await signIn("Marta");
  const held = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  await page.route(/\/rpc\/[^?]*runs\.get/, async (route) => {
    // Every answer of before is given after the change.
    const response = await route.fetch();
    asked.resolve();
    await held.promise;
    await route.fulfill({ response });
  });
  await page.goto(`/runs/${run}`);
  await asked.promise;
  await approve(runtime, "late", run);
  held.resolve();
  await ends(page);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("a tab that nobody looks at holds no connection, and shows what happened when it is looked at", async ({
  page,
  context,
  runtime,
  signIn,
}) => {
  await publishOrderFlow(runtime, "tabs");
  const run = await asking(runtime, "tabs");
  await signIn("Marta");
  await page.goto(`/runs/${run}`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await see(page, "hidden");
  // A browser has six connections to a server for all tabs together; each of these would keep one.
  for (let tab = 0; tab < 7; tab++) {
    const other = await context.newPage();
    await other.goto(`/runs/${run}`);
    await expect(other.getByText("Live", { exact: true })).toBeVisible();
    await see(other, "hidden");
  }
  await approve(runtime, "tabs", run);
  await see(page, "visible");
  await ends(page);
});

test("after a server that refused while it started, others' changes of a draft arrive again", async ({
  page,
  browser,
  runtime,
  signIn,
}) => {
  await publishOrderFlow(runtime, "again");
  await signIn("Marta");
  const theirs = await browser.newContext({ baseURL: runtime.url, viewport: { width: 1440, height: 900 } });
  const other = await theirs.newPage();
  await signIn("Ada", other);
  await openDesigner(page, "again");
  await openDesigner(other, "again", "?node=left");
  await runtime.kill();
  const refused = new Set<string>();
  const starting = createServer((request, response) => {
    refused.add(/drafts\.watch|runs\.watch/.exec(request.url ?? "")?.[0] ?? "");
    response.writeHead(503).end();
  });
  await once(starting.listen(Number(new URL(runtime.url).port), "127.0.0.1"), "listening");
  await until(() => Promise.resolve(refused.has("drafts.watch") && refused.has("runs.watch") ? true : undefined));
  for (const each of [page, other]) await expect(each.getByText(/^No connection\./)).toBeVisible();
  starting.closeAllConnections();
  await new Promise((resolve) => starting.close(resolve));
  await runtime.restart();
  for (const each of [page, other]) await expect(each.getByText(/^No connection\./)).toBeHidden();
  await nodeName(other).fill("After all");
  await saved(other);
  await expect(page.locator('[data-node="left"]')).toContainText("After all");
  await theirs.close();
});
