/** What was decided is written down for good: in the audit, in the record of its run, and in the figures. */
import { readFile } from "node:fs/promises";
import { expectAccessible } from "./support/axe.ts";
import { requestRefund, taskOf } from "./support/refunds.ts";
import { expect, test } from "./support/test.ts";

test("a decision is in the audit, in the record of its run, and in the figures", async ({
  page,
  browser,
  runtime,
  signIn,
}) => {
  const { run } = await requestRefund(runtime, "ORD-1001");
  const task = await taskOf(runtime, run);
  const waiting = await requestRefund(runtime, "ORD-1003");
  await taskOf(runtime, waiting.run);

  // A manager approves another amount than the AI proposed.
  const theirs = await browser.newContext({ baseURL: runtime.url });
  const inbox = await theirs.newPage();
  const milo = await signIn("Milo", inbox);
  await inbox.goto(`/inbox?task=${task}`);
  await inbox.getByLabel("Amount to refund").fill("12.5");
  await inbox.getByRole("button", { name: "Approve" }).click();
  await expect(inbox.getByRole("button", { name: /^Take it back/ })).toBeVisible();
  await runtime.api("POST", "/dev/clock", { advance: "11s" });
  await inbox.goto("/audit");
  await expect(inbox.getByText("Reading the audit needs the administrator role.")).toBeVisible();
  await theirs.close();

  // The administrator reads it in the audit: who, what changed, what was seen.
  await signIn("Ines");
  await page.goto("/inbox");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit" }).click();
  await expect(page.getByText(/^Signed up to entry \d+/)).toBeVisible();
  await page.getByRole("combobox", { name: "What" }).click();
  await page.getByRole("option", { name: "Decisions and tasks" }).click();
  await expect(page).toHaveURL(/action=task/);
  // The newest is on top.
  const row = page.getByRole("table", { name: "Audit" }).getByRole("row").filter({ hasText: "Decided" }).first();
  await expect(row).toContainText(milo.name);
  await expectAccessible(page);
  await row.getByRole("link", { name: "Decided" }).click();
  const entry = page.getByRole("complementary", { name: /^Entry \d+/ });
  await expect(entry).toContainText(milo.name);
  await expect(entry).toContainText("12.5");
  await expect(entry.getByRole("heading", { name: "What was seen" })).toBeVisible();
  await expect(entry).toContainText("ORD-1001");
  await expectAccessible(page);
  await page.reload();
  await expect(entry).toContainText(milo.name);

  // The record of the run stands by itself and holds who decided, and the hash that the audit shows.
  const hash = await entry.locator("code").last().innerText();
  await page.goto(`/runs/${run}`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export the record" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`process-refund-${run}.html`);
  const html = await readFile(await download.path(), "utf8");
  for (const told of [milo.name, "12.5", "ORD-1001", "Manager approval", hash.trim()]) expect(html).toContain(told);
  expect(html).not.toMatch(/<script|src=|href=/i);
  const record = await page.context().newPage();
  await record.setContent(html);
  await expect(record.getByRole("heading", { level: 1 })).toHaveText(/refund/i);
  await record.close();

  // And the figures count it.
  await page.goto("/insights");
  const share = page.getByRole("table", { name: "AI proposals overruled, by flow" });
  // Others may have agreed with the AI meanwhile.
  await expect(share.getByRole("row").filter({ hasText: "Refund processing" }).first()).toContainText(/[1-9]\d*%/);
  await expect(page.getByRole("table", { name: "Time to decide, by flow" }).getByRole("row").nth(1)).toBeVisible();
  await expect(page.getByRole("table", { name: /^Where tasks pile up, by whom/ })).toContainText("Role manager");
  await expectAccessible(page);
  await page.getByRole("button", { name: "7 days" }).click();
  await expect(page).toHaveURL(/days=7/);
});
