/** Runs: found in a list that moves by itself, read on their own version, and operated. */
import { expectAccessible } from "./support/axe.ts";
import { decide, REFUND, requestRefund, runIs, taskOf } from "./support/refunds.ts";
import { expect, test } from "./support/test.ts";

const shortId = (run: string): string => run.replaceAll("-", "").slice(-6).toUpperCase();

test("filters stand in the address; a row changes by itself; space peeks and enter opens", async ({
  page,
  runtime,
  signIn,
}) => {
  const { run } = await requestRefund(runtime, "ORD-1001");
  const task = await taskOf(runtime, run);
  await signIn("Marta");
  await page.goto("/runs");
  const row = page.getByRole("row").filter({ hasText: shortId(run) });
  await expect(row).toContainText("Manager approval");

  await page.getByRole("button", { name: /^Waiting/ }).click();
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByText("last 7 days").click();
  await page.getByLabel("Run, order, customer, event").fill(shortId(run));
  await expect(page).toHaveURL(new RegExp(`q=.*${shortId(run)}`));
  await page.reload();
  await expect(page.getByRole("button", { name: /^Waiting/ })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("button", { name: "Remove the filter Started" })).toBeVisible();
  await expect(page.getByText("1 run", { exact: true })).toBeVisible();

  await row.focus();
  await page.keyboard.press("Space");
  const peek = page.getByRole("complementary", { name: `Run ${shortId(run)}` });
  await expect(peek).toContainText("Manager approval");
  await expectAccessible(page);
  await page.goto(`/runs?flow=${REFUND}`);
  await expect(row).toContainText("Waiting");
  await decide(runtime, task, "rejected", "Used for a year.");
  await expect(row).toContainText("Completed");
  await row.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/runs/${run}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(shortId(run));
});

test("a run tells what it waits for; its event can be sent, its wait skipped", async ({ page, runtime, signIn }) => {
  const { run } = await requestRefund(runtime, "ORD-1002");
  await taskOf(runtime, run);
  await signIn("Marta");
  await page.goto(`/runs/${run}`);
  const timeline = page.getByRole("complementary", { name: "Timeline" });
  await timeline.getByRole("button", { name: /Manager approval/ }).click();
  await expect(page).toHaveURL(/node=approval/);
  const panel = page.getByRole("complementary", { name: "The step" });
  await expect(panel.getByRole("heading", { name: "Manager approval" })).toBeVisible();
  await expect(panel).toContainText(/(6 d|7 d).* left/);
  await expect(panel).toContainText("a person with the role manager");
  await expect(panel).toContainText("orderId = ORD-1002");
  await expect(panel).toContainText("the run goes on to Notify the manager");
  await expectAccessible(page);
  await panel.getByRole("tab", { name: "History" }).click();
  await expect(panel).toContainText("Task opened: Refund");
  await expect(page).toHaveURL(/tab=history/);
  await page.reload();
  await expect(panel.getByRole("tab", { name: "History" })).toHaveAttribute("aria-selected", "true");
  await panel.getByRole("tab", { name: "Input" }).click();
  await expect(panel).toContainText("ORD-1002");

  // The event is ready to be sent, with what the wait looks for.
  await panel.getByRole("tab", { name: "Wait" }).click();
  await panel.getByRole("button", { name: "Send this event…" }).click();
  await expect(page.getByRole("dialog").getByLabel("Data")).toHaveValue(/"orderId": "ORD-1002"/);
  await page.getByRole("dialog").getByRole("button", { name: "Send the event" }).click();
  await expect(page.getByText("Sent support/refund.approved.")).toBeVisible();
  await expect(timeline.getByRole("button", { name: /Wait for the bank|bank/i }).first()).toBeVisible();

  // The next wait, for the bank, is skipped by hand.
  await page.goto(`/runs/${run}?node=settlement`);
  await panel.getByRole("button", { name: "Skip the wait…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Skip the wait" }).click();
  await expect(page.getByText("Skipped the wait.")).toBeVisible();
  await runIs(runtime, run, "completed");
  await expect(timeline.getByRole("button", { name: /Send the confirmation.*Completed/ })).toBeVisible();
});

test("a run is paused, resumed and canceled; a failed one is tried again", async ({ page, runtime, signIn }) => {
  const { run } = await requestRefund(runtime, "ORD-1003");
  await taskOf(runtime, run);
  await signIn("Marta");
  await page.goto(`/runs/${run}`);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel the run" }).click();
  await runIs(runtime, run, "canceled");
  await expect(page.getByText("Canceled", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause" })).toHaveCount(0);

  // The shop knows no such order: the run fails.
  const failed = await requestRefund(runtime, "ORD-9999");
  await runIs(runtime, failed.run, "failed");
  await page.goto(`/runs/${failed.run}`);
  await expect(page.getByRole("complementary", { name: "Timeline" })).toContainText("Why it failed");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("The failed steps are tried again.")).toBeVisible();
  await expectAccessible(page);
});
