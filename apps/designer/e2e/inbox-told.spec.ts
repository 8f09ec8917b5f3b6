/** When a task is due in working time, and how people are told of it. */
import { expectAccessible } from "./support/axe.ts";
import { question } from "./support/inbox.ts";
import { purchaseFlow, requestPurchase } from "./support/purchases.ts";
import { object } from "./support/refunds.ts";
import { expect, test } from "./support/test.ts";

const KYIV = "Europe/Kyiv";

/** The day of a time in Kyiv, such as 2026-12-25. */
const dayOf = (iso: string): string => new Intl.DateTimeFormat("en-CA", { timeZone: KYIV }).format(new Date(iso));

/** The next day that is no Saturday and no Sunday. */
function workingDayAfter(day: string): string {
  const next = new Date(`${day}T12:00:00Z`);
  do next.setUTCDate(next.getUTCDate() + 1);
  while (next.getUTCDay() % 6 === 0);
  return next.toISOString().slice(0, 10);
}

test("a day off made by an administrator moves when a task is due", async ({ page, runtime, signIn }) => {
  await signIn("Ines");
  await page.goto("/settings/calendars");
  await page.getByRole("button", { name: "New calendar…" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("warehouse");
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: "warehouse" })).toBeVisible();

  const flow = "due-purchases";
  const due = { in: "1d", calendar: "warehouse" };
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow, { due }, "30d"));
  const dueOf = async (task: string): Promise<string> =>
    String(object(await runtime.api("GET", `/tasks/${task}`))["dueAt"]);
  const before = await dueOf((await requestPurchase(runtime, flow, "Teak")).task);
  const holiday = dayOf(before);

  await page.getByLabel("Day", { exact: true }).fill(holiday);
  await page.getByRole("textbox", { name: "Occasion" }).fill("Stocktaking");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("region", { name: "Days off" })).toContainText("Stocktaking");
  await expectAccessible(page);
  await page.getByRole("button", { name: "All calendars" }).click();
  await expect(page.getByRole("button", { name: /^warehouse/ })).toContainText("1 day off");

  const moved = await requestPurchase(runtime, flow, "Walnut");
  const after = await dueOf(moved.task);
  expect(dayOf(after)).toBe(workingDayAfter(holiday));
  await signIn("Milo");
  await page.goto(`/inbox?task=${moved.task}`);
  const shown = (how: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat("en-GB", { timeZone: KYIV, ...how }).format(new Date(after));
  const day = shown({ day: "numeric", month: "short" });
  const time = shown({ hour: "2-digit", minute: "2-digit" });
  await expect(page.getByText(new RegExp(`until ${day}( \\d{4})?, ${time}\\.`))).toBeVisible();
});

test("the bell tells of a task by itself; a click leads there, and it is read", async ({ page, runtime, signIn }) => {
  const flow = "told-purchases";
  const inbox = { assignTo: { people: ["fay@demo.holdfast.local"] } };
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow, inbox));
  await signIn("Fay");
  await page.goto("/inbox");
  const bell = page.getByRole("button", { name: /^(Notices|\d+ new notices?)$/ });
  await bell.click();
  const markAll = page.getByRole("button", { name: "Mark all as read" });
  await expect(page.getByRole("heading", { name: "Notices" })).toBeVisible();
  if (await markAll.isVisible()) await markAll.click();
  await expect(page.getByRole("button", { name: "Notices", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");

  await requestPurchase(runtime, flow, "Acacia");
  await page.getByRole("button", { name: "1 new notice", exact: true }).click();
  const notice = page.getByRole("list", { name: "Notices" }).getByRole("link", { name: /Buy from Acacia/ });
  await expect(notice).toContainText("To decide");
  await expect(notice).toContainText("New");
  await expectAccessible(page);
  await notice.click();
  await expect(question(page, "Buy from Acacia")).toBeVisible();
  await page.getByRole("button", { name: "Notices", exact: true }).click();
  await expect(notice).toBeVisible();
  await expect(notice).not.toContainText("New");
  await page.reload();
  await expect(page.getByRole("button", { name: "Notices", exact: true })).toBeVisible();
});
