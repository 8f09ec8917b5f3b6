/** Drafts: kept through losses, shared by two, undone, edited as text and as rows, published and rolled back. */
import { expectAccessible } from "./support/axe.ts";
import { inspector, nodeName, openDesigner, orderFlow, publishOrderFlow, saved } from "./support/flows.ts";
import { object } from "./support/refunds.ts";
import { expect, test } from "./support/test.ts";

test("two browsers edit one flow, and neither loses a change", async ({ page, browser, runtime, signIn }) => {
  await publishOrderFlow(runtime, "shared");
  await signIn("Marta");
  const theirs = await browser.newContext({ baseURL: runtime.url, viewport: { width: 1440, height: 900 } });
  const other = await theirs.newPage();
  await signIn("Ada", other);
  await openDesigner(page, "shared", "?node=taken");
  await openDesigner(other, "shared", "?node=left");
  const name = nodeName(page);
  const otherName = nodeName(other);
  // At the same time.
  await Promise.all([name.fill("Taken by us"), otherName.fill("Not ours")]);
  await Promise.all([saved(page), saved(other)]);
  await expect(page.locator('[data-node="left"]')).toContainText("Not ours");
  await expect(other.locator('[data-node="taken"]')).toContainText("Taken by us");
  // Each sees that the other is here.
  await expect(page.getByRole("list", { name: "Also here" })).toContainText("Ada Analyst, at Not ours");
  for (const each of [page, other]) {
    await each.reload();
    await expect(each.locator('[data-node="left"]')).toContainText("Not ours");
    await expect(each.locator('[data-node="taken"]')).toContainText("Taken by us");
  }
  await theirs.close();
});

test("the server is killed while somebody types: nothing is lost", async ({ page, runtime, signIn }) => {
  await publishOrderFlow(runtime, "killed");
  await signIn("Marta");
  await openDesigner(page, "killed", "?node=taken");
  const name = nodeName(page);
  await name.press("End");
  await page.keyboard.type(" and paid", { delay: 20 });
  const killed = runtime.kill();
  await page.keyboard.type(", while the server is away", { delay: 20 });
  await killed;
  await expect(page.getByRole("status").filter({ hasText: "Not saved: kept here" })).toBeVisible();
  await expect(page.getByText(/^No connection\./)).toBeVisible();
  await page.keyboard.type(", and goes on", { delay: 20 });
  await runtime.restart();
  await saved(page);
  const whole = "Taken and paid, while the server is away, and goes on";
  await expect(name).toHaveValue(whole);
  await page.reload();
  await expect(nodeName(page)).toHaveValue(whole);
});

test("a change is undone and done again; text and drawing say the same", async ({ page, runtime, signIn }) => {
  await publishOrderFlow(runtime, "text");
  await signIn("Marta");
  await openDesigner(page, "text", "?node=taken");
  await nodeName(page).fill("Shipped");
  const card = page.locator('[data-node="taken"]');
  await expect(card).toContainText("Shipped");
  await page.getByRole("button", { name: /^Undo: / }).click();
  await expect(card).toContainText("Taken");
  await page.getByRole("button", { name: /^Redo: / }).click();
  await expect(card).toContainText("Shipped");

  await page.getByRole("button", { name: "Show as JSON" }).click();
  const code = page.getByRole("textbox", { name: "The flow as JSON" });
  await expect(code).toContainText('"Shipped"');
  await code.press("ControlOrMeta+F");
  const find = page.getByRole("textbox", { name: "Find" });
  await expect(find).toBeFocused();
  await page.keyboard.type("Shipped");
  await expect(page.locator(".cm-searchMatch")).toHaveCount(1);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(code).toBeFocused();
  await code.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText("{ this is nothing");
  await expect(page.getByText("This is not JSON yet.", { exact: false }).first()).toBeVisible();
  await page.keyboard.press("ControlOrMeta+A");
  const text = JSON.stringify(orderFlow("text"), null, 2).replace("Left alone", "From the text");
  await page.keyboard.insertText(text);
  await expect(page.getByText("The drawing and this text are the same.")).toBeVisible();
  await page.getByRole("button", { name: "Show as a drawing" }).click();
  await expect(page.locator('[data-node="left"]')).toContainText("From the text");
  await expect(card).toContainText("Taken");
});

test("a condition is rows and CEL, both ways; publish, then roll back", async ({ page, runtime, signIn }) => {
  await publishOrderFlow(runtime, "rules");
  await signIn("Marta");
  await openDesigner(page, "rules", "?node=large");
  const panel = inspector(page);
  await expect(panel.getByRole("button", { name: "Rows" })).toHaveAttribute("aria-pressed", "true");
  await panel.getByRole("textbox", { name: "Value" }).fill("250");
  await panel.getByRole("button", { name: "CEL" }).click();
  const cel = panel.getByRole("textbox", { name: "When" });
  await expect(cel).toContainText("input.amount > 250");
  await cel.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText("input.amount > 300 && input.?paid.orValue(false)");
  await panel.getByRole("button", { name: "Rows" }).click();
  await expect(panel.getByRole("textbox", { name: "Value" })).toHaveValue("300");
  await saved(page);

  await page.getByRole("button", { name: "Publish…" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByRole("heading", { name: "Publish version 2" })).toBeVisible();
  await expect(sheet.getByText("Large?").first()).toBeVisible();
  await expectAccessible(page);
  await sheet.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.getByText("Version 2 is live.")).toBeVisible();
  const live = object(await runtime.api("GET", "/flows/rules"));
  expect(JSON.stringify(live)).toContain("input.amount > 300");

  await page.getByRole("link", { name: "Versions" }).click();
  await expect(page.getByRole("heading", { name: "Versions" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "More for version 1" }).click();
  await page.getByRole("menuitem", { name: "Bring back version 1…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make version 1 live" }).click();
  await expect(page.getByText("Version 1 is live.")).toBeVisible();
  expect(JSON.stringify(await runtime.api("GET", "/flows/rules"))).toContain("input.amount > 100");
});
