/** The first time: in one's own language, with a tour that can be left, by day or by night. */
import { expectAccessible } from "./support/axe.ts";
import { REFUND } from "./support/refunds.ts";
import { expect, test } from "./support/test.ts";

test("the refund flow opens with a tour; skipped, it does not come again", async ({ page, signIn }) => {
  await signIn("Ada");
  await page.goto(`/flows/${REFUND}`);
  const tour = page.getByRole("dialog", { name: /card is a sentence|Tour/ });
  await expect(tour).toContainText("1 of 4");
  await expectAccessible(page);
  await tour.getByRole("button", { name: "Next" }).click();
  await expect(tour.or(page.getByRole("dialog"))).toContainText("2 of 4");
  await page.getByRole("button", { name: "Skip the tour" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Refund processing" })).toBeVisible();
  await expect(page.getByText("1 of 4")).toHaveCount(0);
  await page.goto("/settings/you");
  await page.getByRole("button", { name: "Take it again" }).click();
  await expect(page.getByText("1 of 4")).toBeVisible();
});

test.describe("in Ukrainian", () => {
  test.use({ locale: "uk-UA" });

  test("the browser chooses the language; one may choose another, and the night", async ({ page, signIn }) => {
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { name: "Вхід до Holdfast" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
    await signIn("Ada");
    await page.goto("/settings/you");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Налаштування");
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const day = await ground();
    await page.getByText("Темний", { exact: true }).click();
    await expect.poll(ground).not.toBe(day);
    await page.getByText("English", { exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
    expect(await ground()).not.toBe(day);
  });
});
