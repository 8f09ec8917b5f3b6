/** The refund flow with the keyboard alone: no spec line here or beneath presses a mouse button. */
import { expect } from "@playwright/test";
import { Keys } from "./support/hand.ts";
import { tellRefundStory } from "./support/refund-story.ts";
import { test } from "./support/test.ts";

test.setTimeout(420_000);

test("built with the keyboard, tried for seven days, published, and watched", async ({ page, runtime, signIn }) => {
  await signIn("Ada");
  await page.addInitScript(() => {
    localStorage.setItem("holdfast.toured", "yes");
    for (const name of ["pointerdown", "mousedown"]) {
      addEventListener(name, () => (document.documentElement.dataset["mouse"] = "used"), true);
    }
  });
  const hand = new Keys(page);
  await tellRefundStory({
    page,
    runtime,
    hand,
    create: async (name) => {
      await page.goto("/flows");
      await expect(page.getByRole("button", { name: /^New flow/ })).toBeVisible();
      await command("New flow");
      const dialog = page.getByRole("dialog", { name: "New flow" });
      await hand.write(dialog.getByLabel("Name"), name);
      await hand.press(dialog.getByRole("button", { name: "Create" }));
      await page.waitForURL(/\/flows\/[^/]+$/);
      return new URL(page.url()).pathname.split("/").at(-1) ?? "";
    },
    // The first card comes from the palette.
    first: async () => {
      await hand.write(page.getByRole("textbox", { name: "Add a node" }), "HTTP request");
      await page.keyboard.press("Enter");
    },
    // A card too many: added by a command, deleted by a key; its neighbors are joined again.
    drawn: async (builder) => {
      await hand.goTo("refund", "Pay back");
      await command("Add after");
      const question = page.getByRole("dialog", { name: "Add a node" });
      await hand.answer(question, "Sleep", question.getByRole("option", { name: "Sleep" }).first());
      await expect(builder.card("pause")).toBeFocused();
      await page.keyboard.press("Delete");
      await expect(builder.card("pause")).toHaveCount(0);
      await expect(builder.card("refund")).toBeFocused();
      // Three presses are one gesture, which one undo takes back.
      const place = (): Promise<string | null> =>
        page.locator('.react-flow__node[data-id="refund"]').getAttribute("style");
      const before = await place();
      await page.keyboard.down("ControlOrMeta");
      for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("ArrowRight");
      await page.keyboard.up("ControlOrMeta");
      await expect.poll(place).not.toBe(before);
      await page.keyboard.press("ControlOrMeta+Z");
      await expect.poll(place).toBe(before);
      await page.keyboard.down("Alt");
      await expect(builder.card("payout")).toContainText("Gives amount, currency to Pay back");
      await page.keyboard.up("Alt");
      await expect(builder.card("payout")).not.toContainText("Gives");
      await page.keyboard.press("?");
      const keys = page.getByRole("dialog", { name: "Keys of this page" });
      await expect(keys).toContainText("Move the card up");
      await expect(keys).toContainText("Show data: hold");
      await page.keyboard.press("Escape");
    },
  });
  await expect(page.locator("html")).not.toHaveAttribute("data-mouse");

  async function command(text: string): Promise<void> {
    await page.keyboard.press("ControlOrMeta+K");
    const palette = page.getByRole("dialog", { name: "Find or do" });
    await palette.getByRole("combobox").waitFor();
    await page.keyboard.type(text);
    await expect(palette.getByRole("option").first()).toContainText(text);
    await page.keyboard.press("Enter");
  }
});
