/** The refund flow, from an empty canvas with the mouse to a run that is seen live to its end. */
import { Mouse } from "./support/hand.ts";
import { tellRefundStory } from "./support/refund-story.ts";
import { test } from "./support/test.ts";

test.setTimeout(240_000);

test("built with the mouse, tried for seven days, published, and watched", async ({ page, runtime, signIn }) => {
  await signIn("Ada");
  await page.addInitScript(() => localStorage.setItem("holdfast.toured", "yes"));
  await tellRefundStory({
    page,
    runtime,
    hand: new Mouse(page),
    create: async (name) => {
      await page.goto("/flows");
      await page.getByRole("button", { name: /^New flow/ }).click();
      await page.getByRole("dialog").getByLabel("Name").fill(name);
      await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
      await page.waitForURL(/\/flows\/[^/]+$/);
      return new URL(page.url()).pathname.split("/").at(-1) ?? "";
    },
  });
});
