/** Drafts: kept through losses, shared by two, undone, edited as text and as rows, published and rolled back. */
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { inspector, nodeName, openDesigner, orderFlow, publishOrderFlow, saved } from "./support/flows.ts";
import { object, until } from "./support/refunds.ts";
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

test("two people write in one field at once: both are told, and both values are there to choose from", async ({
  page,
  browser,
  runtime,
  signIn,
}) => {
  await publishOrderFlow(runtime, "same");
  await signIn("Marta");
  const theirs = await browser.newContext({ baseURL: runtime.url, viewport: { width: 1440, height: 900 } });
  const other = await theirs.newPage();
  await signIn("Ada", other);
  await openDesigner(page, "same", "?node=taken");
  await openDesigner(other, "same", "?node=taken");
  await other.getByRole("button", { name: "Edit anyway" }).click();
  await Promise.all([nodeName(page).fill("From Marta"), nodeName(other).fill("From Ada")]);
  const told = (at: Page): Locator => at.getByRole("alert").filter({ hasText: "One place was changed twice" });
  // Whoever came second is told at once, and insists; whoever came first is told then.
  const second = await until(async () => {
    for (const at of [page, other]) if (await told(at).isVisible()) return at;
    return undefined;
  });
  const first = second === page ? other : page;
  const [kept, insisted] = first === page ? ["From Marta", "From Ada"] : ["From Ada", "From Marta"];
  await expect(nodeName(second)).toHaveValue(kept);
  await expect(told(second)).toContainText(insisted);
  await told(second).getByRole("button", { name: "Use mine" }).click();
  await expect(nodeName(first)).toHaveValue(insisted);
  await expect(told(first)).toContainText(kept);
  await told(first).getByRole("button", { name: "Keep theirs" }).click();
  await expect(told(first)).toBeHidden();
  await Promise.all([saved(page), saved(other)]);
  await theirs.close();
});

test("a version is published beside a changed draft: publishing says so, and takes it in", async ({
  page,
  runtime,
  signIn,
}) => {
  await publishOrderFlow(runtime, "aside");
  await signIn("Marta");
  await openDesigner(page, "aside", "?node=large");
  await inspector(page).getByRole("textbox", { name: "Value" }).fill("250");
  await saved(page);
  const changed: unknown = JSON.parse(JSON.stringify(orderFlow("aside")).replace('"7d"', '"6d"'));
  await runtime.api("PUT", "/flows/aside", object(changed));
  await page.getByRole("button", { name: "Publish…" }).click();
  const sheet = page.getByRole("dialog", { name: "Publish version 3" });
  await expect(sheet.getByRole("alert")).toContainText("version 2 live");
  await sheet.getByRole("button", { name: "Take in what version 2 changed" }).click();
  await expect(sheet.getByText("1 change since version 2")).toBeVisible();
  await sheet.getByRole("button", { name: "Publish version 3" }).click();
  await expect(page.getByText("Version 3 is live.")).toBeVisible();
  const live = JSON.stringify(await runtime.api("GET", "/flows/aside"));
  expect(live).toContain('"6d"');
  expect(live).toContain("input.amount > 250");
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

test("a value is dragged from the tree of outputs into a field on another tab", async ({ page, runtime, signIn }) => {
  await publishOrderFlow(runtime, "dragged");
  await runtime.api("POST", "/flows/dragged/runs", { input: { amount: 150 } });
  await signIn("Marta");
  await openDesigner(page, "dragged", "?node=ask");
  const panel = inspector(page);
  const title = panel.locator('[data-field="/nodes/ask/params/inbox/title"] .cm-content').first();
  await expect(title).toBeVisible();
  await panel.getByRole("tab", { name: "Last run" }).click();
  const value = panel.getByRole("treeitem", { name: /^amount/ });
  await expect(value).toContainText("150");
  await value.hover();
  await page.mouse.down();
  await panel.getByRole("tab", { name: "Setup" }).hover();
  await panel.getByRole("tab", { name: "Setup" }).hover({ position: { x: 12, y: 12 } });
  await expect(title).toBeVisible();
  // At its beginning.
  await title.hover({ position: { x: 2, y: 10 } });
  await title.hover({ position: { x: 4, y: 10 } });
  await page.mouse.up();
  await expect(title.locator(".cm-chip")).toHaveCount(2);
  await saved(page);
  await page.getByRole("button", { name: "Show as JSON" }).click();
  await expect(page.getByRole("textbox", { name: "The flow as JSON" })).toContainText("{{ input.amount }}Order of");
});

test("a condition is rows and CEL, both ways; publish, then roll back", async ({ page, runtime, signIn }) => {
  await publishOrderFlow(runtime, "rules");
  for (const amount of [50, 150, 300]) await runtime.api("POST", "/flows/rules/runs", { input: { amount } });
  await signIn("Marta");
  await openDesigner(page, "rules", "?node=large");
  const panel = inspector(page);
  await expect(panel.getByRole("button", { name: "Rows" })).toHaveAttribute("aria-pressed", "true");
  await expect(panel).toContainText("True in 2 of the last 3 runs");
  await panel.getByRole("textbox", { name: "Value" }).fill("250");
  await expect(panel).toContainText("True in 1 of the last 3 runs");
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
