/** Deciding: with a changed amount, with a comment, taking it back, two at once, and not one's own request. */
import { expectAccessible } from "./support/axe.ts";
import { purchaseFlow, requestPurchase } from "./support/purchases.ts";
import { requestRefund, runIs, taskOf } from "./support/refunds.ts";
import { expect, test } from "./support/test.ts";

test("an amount is changed and approved; a refusal is taken back and given again with a comment", async ({
  page,
  runtime,
  signIn,
}) => {
  const one = await requestRefund(runtime, "ORD-1001");
  const two = await requestRefund(runtime, "ORD-1003");
  const task = await taskOf(runtime, one.run);
  const other = await taskOf(runtime, two.run);
  await signIn("Milo");
  await page.goto("/inbox");
  await page.locator(`[data-row="${task}"]`).click();
  await expect(page).toHaveURL(new RegExp(`task=${task}`));
  await expect(page.getByRole("heading", { level: 2, name: /^Refund .* for order ORD-1001$/ })).toBeVisible();
  await expect(page.getByText("AI wrote this and nobody has checked it")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Amount to refund").fill("12.5");
  await page.getByLabel("Comment").fill("Half of it.");
  // The key only brings the focus there.
  await page.getByLabel("Comment").press("Escape");
  await page.getByRole("button", { name: "Approve" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main").getByText("Approved.", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/inbox?task=${other}`);
  await page.getByRole("button", { name: "Reject" }).click();
  await page.getByRole("button", { name: /^Take it back/ }).click();
  await expect(page.getByText("Taken back. It is open again.")).toBeVisible();
  await page.getByLabel("Comment").fill("Used for half a year.");
  await page.getByRole("button", { name: "Reject" }).click();
  await expect(page.getByRole("button", { name: /^Take it back/ })).toBeVisible();
  await runtime.api("POST", "/dev/clock", { advance: "11s" });
  const ended = await runIs(runtime, two.run, "completed");
  expect(ended["output"]).toEqual({ amount: 0, status: "rejected" });
  await page.goto(`/runs/${one.run}?node=approval&tab=output`);
  await expect(page.getByRole("complementary", { name: "The step" })).toContainText("12.5");
  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByText(/Milo Manager decided: approved, by the app\. “Half of it\.”/)).toBeVisible();
});

test("the second of two sees who decided; who asked may not decide; a thumb is enough", async ({
  page,
  browser,
  runtime,
  signIn,
}) => {
  const shared = await taskOf(runtime, (await requestRefund(runtime, "ORD-1005")).run);
  const own = await taskOf(runtime, (await requestRefund(runtime, "ORD-1006", { by: "Milo" })).run);
  await signIn("Milo");
  await page.goto(`/inbox?task=${own}`);
  await expect(page.getByText("You asked for this, so someone else decides.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await page.goto(`/inbox?task=${shared}`);
  await expect(page.getByRole("button", { name: "Approve" })).toBeVisible();

  const phone = await browser.newContext({
    baseURL: runtime.url,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const other = await phone.newPage();
  await signIn("Marta", other);
  await other.goto("/inbox");
  await other.locator(`[data-row="${shared}"]`).tap();
  await expect(other.getByRole("button", { name: "Approve" })).toBeInViewport();
  await expectAccessible(other);
  expect(await other.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await other.getByRole("button", { name: "Approve" }).tap();
  await expect(other.getByRole("button", { name: /^Take it back/ })).toBeVisible();
  await expect(page.getByText(/Marta Manager (decided|already)/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await phone.close();
});

test("what does not fit is said at its field; what was begun stays when somebody else decides", async ({
  page,
  runtime,
  signIn,
}) => {
  const flow = "begun-purchases";
  const form = {
    type: "object",
    properties: {
      amount: { type: "number", title: "Amount", default: "{{ input.amount }}", "x-order": 1 },
      reference: { type: "string", title: "Reference", "x-order": 2 },
      lines: {
        type: "array",
        title: "Lines",
        items: { type: "object", properties: { item: { type: "string", title: "Item" } }, required: ["item"] },
        "x-order": 3,
      },
    },
    required: ["amount", "reference"],
  };
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow, { form }));
  const { task } = await requestPurchase(runtime, flow, "Willow", { amount: 1280.5 });
  await signIn("Milo");
  await page.goto(`/inbox?task=${task}`);
  await page.getByRole("button", { name: "Add to Lines" }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Fill this in.")).toHaveCount(2);
  await expect(page.getByLabel("Reference")).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel("Reference").fill("W-1");
  await page.getByLabel("Comment").fill("Half of it would do.");
  await page.getByRole("textbox", { name: "Write to the others" }).fill("Shall we?");
  await runtime.api("POST", `/tasks/${task}/decision`, {
    outcome: "rejected",
    data: { reference: "none" },
    comment: "Too dear.",
  });
  const unsent = page.getByRole("region", { name: "You had begun this, and it was not sent" });
  await expect(unsent.getByText("Half of it would do.")).toBeVisible();
  await expect(unsent.getByText("W-1")).toBeVisible();
  await expect(page.getByText("Shall we?")).toBeVisible();
  // What was decided, why, and by whom.
  const answered = page.getByRole("region", { name: "What was answered" });
  await expect(answered.getByText("Too dear.")).toBeVisible();
  await expect(page.getByText(/^Marta Manager decided “Reject” .*, by the API\.$/)).toBeVisible();
  await expectAccessible(page);
  await unsent.getByRole("button", { name: "Throw it away" }).click();
  await expect(unsent).toHaveCount(0);
});
