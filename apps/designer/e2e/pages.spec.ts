/** Every page, in light and in dark: nothing that keeps somebody out. */
import type { Page } from "@playwright/test";
import { expectAccessible, expectNothingSerious } from "./support/axe.ts";
import { mailedLink } from "./support/inbox.ts";
import { purchaseFlow, requestPurchase } from "./support/purchases.ts";
import type { Runtime } from "./support/runtime.ts";
import { decide, REFUND, requestRefund, runIs, taskOf } from "./support/refunds.ts";
import { expect, test } from "./support/test.ts";

test("an event is sent from a form and tells what it started", async ({ page, runtime, signIn }) => {
  const { event } = await requestRefund(runtime, "ORD-1001");
  await signIn("Marta");
  await page.goto(`/events/${event}`);
  await expect(page.getByText(/It started [0-9A-Z]{6} of process-refund/).first()).toBeVisible();
  await page.goto("/events");
  await page.getByRole("button", { name: "Send an event…" }).click();
  const dialog = page.getByRole("dialog");
  // A part of the name: the whole of it may stand there already, and typing it again would open no list.
  await dialog.getByRole("combobox", { name: "Name" }).fill("refund.requested");
  await page.getByRole("option", { name: "support/refund.requested" }).click();
  await dialog.getByLabel("Data").fill("{ nothing");
  await expect(dialog.getByText(/This is not JSON/)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Data").fill('{ "orderId": "ORD-1002", "reason": "Broken" }');
  await dialog.getByRole("button", { name: "Send the event" }).click();
  await expect(page).toHaveURL(/\/events\/[0-9a-f-]{36}$/);
  // Other flows may start on it too.
  await page
    .getByRole("link", { name: /^[0-9A-Z]{6}$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/runs\//);
  await page.goto("/events");
  await page
    .getByRole("radio", { name: "Did nothing" })
    .or(page.getByRole("button", { name: "Did nothing" }))
    .click();
  await expect(page).toHaveURL(/did=nothing/);
});

/** What all pages have something of to show. */
async function makeSomething(runtime: Runtime): Promise<{ readonly paths: Paths; readonly mail: string }> {
  const { event, run } = await requestRefund(runtime, "ORD-1003");
  const ended = await requestRefund(runtime, "ORD-1002");
  const task = await taskOf(runtime, run);
  await decide(runtime, await taskOf(runtime, ended.run), "rejected", "Used for a year.");
  await runIs(runtime, ended.run, "completed");
  const inbox = { assignTo: { people: ["milo@demo.holdfast.local"] }, title: "Buy by link", needs: { approved: 2 } };
  await runtime.api("PUT", "/flows/linked", purchaseFlow("linked", inbox));
  await requestPurchase(runtime, "linked", "Juniper");
  const [short, over] = [run, ended.run].map((id) => id.replaceAll("-", "").slice(-6).toUpperCase());
  return {
    mail: await mailedLink(runtime, "Milo", "Buy by link"),
    paths: [
      ["/inbox", "Inbox"],
      [`/inbox?view=all&task=${task}`, "Inbox"],
      ["/flows", "Flows"],
      ["/flows?archived=true", "Archived flows"],
      ["/flows?q=zzzz", "Flows"],
      [`/flows/${REFUND}?tour=0`, "Refund processing"],
      [`/flows/${REFUND}?tour=0&node=approval`, "Refund processing"],
      [`/flows/${REFUND}?tour=0&view=code`, "Refund processing"],
      [`/flows/${REFUND}?tour=0&test=true`, "Refund processing"],
      [`/flows/${REFUND}/versions`, "Refund processing"],
      [`/flows/${REFUND}/settings`, "Refund processing"],
      ["/runs", "Runs"],
      ["/runs?q=zzzz", "Runs"],
      [`/runs/${run}?node=approval`, short ?? ""],
      [`/runs/${run}?node=approval&tab=history`, short ?? ""],
      [`/runs/${ended.run}?node=approval&tab=output`, over ?? ""],
      ["/incidents", "Incidents"],
      ["/events", "Events"],
      [`/events/${event}`, "support/refund.requested"],
      ["/insights", "Insights"],
      ["/insights?about=models", "Insights"],
      ["/health", "Health"],
      ["/people", "People"],
      ["/audit", "Audit"],
      ...SECTIONS.map((section) => [`/settings/${section}`, "Settings"] as const),
      ["/nowhere", "There is nothing at this address"],
    ],
  };
}

type Paths = readonly (readonly [path: string, heading: string])[];

const SECTIONS = ["profile", "you", "keyboard", "calendars", "connections", "keys", "about"];

/** What opens over a page, by keys and buttons. */
const OVERLAYS: readonly (readonly [path: string, open: (page: Page) => Promise<void>])[] = [
  ["/flows", (page) => page.keyboard.press("n")],
  ["/flows", (page) => page.keyboard.press("?")],
  ["/flows", (page) => page.keyboard.press("ControlOrMeta+k")],
  ["/flows", (page) => page.getByRole("button", { name: /notice/i }).click()],
  ["/runs", (page) => page.getByRole("button", { name: "Start a run…" }).click()],
  ["/people", (page) => page.getByRole("button", { name: "Invite…" }).click()],
  [`/flows/${REFUND}?tour=0`, (page) => page.getByRole("button", { name: "Publish…" }).click()],
];

for (const colorScheme of ["light", "dark"] as const) {
  test(`nobody is kept out of any page, in ${colorScheme}`, async ({ browser, runtime, signIn }) => {
    test.setTimeout(300_000);
    const { paths, mail } = await makeSomething(runtime);
    const context = await browser.newContext({ baseURL: runtime.url, colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const path of ["/sign-in", mail]) {
      await page.goto(path);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await expectNothingSerious(page);
    }
    await signIn("Ines", page);
    for (const [path, heading] of paths) {
      await page.goto(path);
      await expect(page.getByRole("heading", { name: heading, exact: true }).first()).toBeVisible();
      await expectNothingSerious(page);
    }
    for (const [path, open] of OVERLAYS) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await open(page);
      await expect(page.getByRole("dialog").first()).toBeVisible();
      await expectNothingSerious(page, open.toString());
      const focused = page.locator("[role=dialog] :focus, [role=dialog]:focus");
      await expect(focused, `the focus is in what opened: ${open.toString()}`).toHaveCount(1);
    }
    await signIn("Milo", page);
    await page.goto(mail);
    await expect(page.getByRole("heading", { name: "Buy by link" })).toBeVisible();
    await expectNothingSerious(page);
    await context.close();
  });
}
