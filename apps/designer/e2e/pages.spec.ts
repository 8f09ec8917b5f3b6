/** Every page, in light and in dark: nothing that keeps somebody out. */
import { expectAccessible } from "./support/axe.ts";
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

test("nobody is kept out of any page, by day or by night", async ({ page, runtime, signIn }) => {
  const { event, run } = await requestRefund(runtime, "ORD-1003");
  const ended = await requestRefund(runtime, "ORD-1002");
  const task = await taskOf(runtime, run);
  await decide(runtime, await taskOf(runtime, ended.run), "rejected", "Used for a year.");
  await runIs(runtime, ended.run, "completed");
  await signIn("Ines");
  const pages: readonly (readonly [string, string])[] = [
    ["/inbox", "Inbox"],
    [`/inbox?view=all&task=${task}`, "Inbox"],
    ["/flows", "Flows"],
    ["/flows?archived=true", "Archived flows"],
    ["/flows?q=zzzz", "Flows"],
    ["/runs", "Runs"],
    ["/runs?q=zzzz", "Runs"],
    [`/runs/${ended.run}`, ended.run.replaceAll("-", "").slice(-6).toUpperCase()],
    [`/runs/${ended.run}?node=approval&tab=output`, ended.run.replaceAll("-", "").slice(-6).toUpperCase()],
    ["/incidents", "Incidents"],
    ["/events", "Events"],
    [`/events/${event}`, "support/refund.requested"],
    ["/health", "Health"],
    ["/people", "People"],
    ["/settings/profile", "Settings"],
    ["/settings/you", "Settings"],
    ["/settings/keyboard", "Settings"],
    ["/settings/connections", "Settings"],
    ["/settings/keys", "Settings"],
    ["/settings/about", "Settings"],
    ["/nowhere", "There is nothing at this address"],
  ];
  for (const [path, heading] of pages) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: heading, exact: true }).first()).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto(`/flows/${REFUND}?tour=0`);
  await expect(page.getByRole("heading", { level: 1, name: "Refund processing" })).toBeVisible();
  await expectAccessible(page);
});
