/** The list: filters in the address, views that are kept and shared, order, search, and triage by keyboard. */
import { expectAccessible } from "./support/axe.ts";
import { answer, list, press, question, row } from "./support/inbox.ts";
import { purchaseFlow, requestPurchase } from "./support/purchases.ts";
import { expect, test } from "./support/test.ts";

const FLOW = "listed-purchases";

test.beforeAll(async ({ runtime }) => {
  await runtime.api(
    "PUT",
    `/flows/${FLOW}`,
    purchaseFlow(FLOW, { priority: "{{ input.amount > 500 ? 'urgent' : 'low' }}" }),
  );
  for (const [supplier, amount] of [
    ["Alder", 50],
    ["Birch", 900],
    ["Cedar", 120],
  ] as const) {
    await requestPurchase(runtime, FLOW, supplier, { amount });
  }
});

test("filters stand in the address; a view is kept, shared, renamed and removed", async ({
  page,
  browser,
  runtime,
  signIn,
}) => {
  await signIn("Milo");
  await page.goto(`/inbox?view=all&flow=${FLOW}`);
  await expect(row(page, /^Buy from/)).toHaveCount(3);
  await page.getByRole("button", { name: "Filter (1)" }).click();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Value" }).fill("100");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(row(page, /^Buy from/)).toHaveCount(2);
  expect(new URL(page.url()).searchParams.get("col")).toContain("amount over 100");
  await page.reload();
  await expect(row(page, /^Buy from/)).toHaveCount(2);

  await page.getByRole("button", { name: "Keep this view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Over 100");
  await page.getByRole("switch", { name: "Everybody sees it" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("tab", { name: "Over 100" })).toHaveAttribute("aria-selected", "true");

  const other = await (await browser.newContext({ baseURL: runtime.url })).newPage();
  await signIn("Marta", other);
  await other.goto("/inbox");
  await other.getByRole("tab", { name: "Over 100" }).click();
  await expect(row(other, /^Buy from/)).toHaveCount(2);
  await other.getByRole("button", { name: "This view" }).click();
  await expect(other.getByText("Milo Manager keeps this view and shares it.")).toBeVisible();
  await other.context().close();

  await page.getByRole("button", { name: "This view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Large");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("tab", { name: "Large" })).toBeVisible();
  await page.getByRole("button", { name: "This view" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByRole("tab", { name: "Large" })).toHaveCount(0);
});

test("order, search, and going through the list by keys without ever losing the focus", async ({ page, signIn }) => {
  await signIn("Milo");
  await page.goto(`/inbox?view=all&flow=${FLOW}&order=priority`);
  await expect(list(page).getByRole("heading", { level: 2 })).toHaveText([/^Urgent/, /^Low/]);
  await press(page, "j");
  await expect(question(page, "Buy from Birch")).toBeFocused();
  await press(page, "j");
  await expect(question(page, "Buy from Alder")).toBeFocused();
  await press(page, "k");
  await expect(question(page, "Buy from Birch")).toBeFocused();
  // The key brings the focus there; nothing is decided by it.
  await press(page, "a");
  await expect(answer(page, "Approve")).toBeFocused();
  await expect(page.getByText("Press Enter to answer “Approve”.").first()).toBeVisible();
  await press(page, "e");
  await expect(page.getByLabel("Amount", { exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await press(page, "c");
  await expect(page.getByRole("textbox", { name: "Write to the others" })).toBeFocused();
  await press(page, "d");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await press(page, "?");
  await expect(page.getByRole("dialog").getByText("Decide: Approve")).toBeVisible();
  await page.keyboard.press("Escape");
  await press(page, "/");
  await page.getByRole("textbox", { name: "Find a task" }).fill("cedar");
  await expect(row(page, /^Buy from/)).toHaveCount(1);
  await page.getByRole("textbox", { name: "Find a task" }).fill("no such thing");
  await expect(page.getByText("No tasks match.")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(row(page, /^Buy from/).first()).toBeVisible();
});
