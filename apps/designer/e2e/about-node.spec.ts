/** What a node does is told where it is used, also of a type that came with a package. */
import { expectAccessible } from "./support/axe.ts";
import { inspector, openDesigner } from "./support/flows.ts";
import { expect, test } from "./support/test.ts";

test("the page of a package's node type is there, as that of a built-in one", async ({ page, signIn }) => {
  await signIn("Ada");
  await openDesigner(page, "process-refund");
  await page.locator('[data-node="refund"]').click();
  await inspector(page).getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: /^About “/ }).click();
  const about = page.getByRole("dialog", { name: /^About “/ });
  await expect(about).toContainText("payments.refund, version 1");
  await expect(about.getByRole("heading", { name: "Settings" })).toBeVisible();
  await expect(about.getByRole("heading", { name: "What it does to the world" })).toBeVisible();
  await expect(about.getByRole("heading", { name: "Examples" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(about).toHaveCount(0);
});
