/** The states of the inbox. */
import type { Page } from "@playwright/test";
import type { Scene } from "./scene.ts";

const ofTask = (name: string, task: "task" | "voted" | "claimed" | "own", prepare?: Scene["prepare"]): Scene => ({
  name,
  as: "Milo",
  path: (sample) => `/inbox?task=${task === "task" ? sample.task : sample.inbox[task]}`,
  ...(prepare === undefined ? {} : { prepare }),
});

const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.locator("[data-answer]").first().waitFor();
    for (const key of keys) await page.keyboard.press(key);
  };

const inList = (page: Page): Promise<void> => page.locator("[data-row]").first().waitFor();

export const INBOX_SCENES: readonly Scene[] = [
  { name: "inbox", as: "Milo", path: () => "/inbox" },
  { name: "inbox-nobody", as: "administrator", path: () => "/inbox" },
  { name: "inbox-priority", as: "Milo", path: () => "/inbox?view=all&order=priority" },
  { name: "inbox-no-match", as: "Milo", path: () => "/inbox?q=zzzz" },
  { name: "inbox-decided", as: "Milo", path: () => "/inbox?view=done" },
  ofTask("inbox-task", "task"),
  ofTask("inbox-votes", "voted"),
  ofTask("inbox-claimed", "claimed"),
  ofTask("inbox-own", "own"),
  ofTask("inbox-hand-over", "task", press("d")),
  ofTask("inbox-ready", "task", press("a")),
  ofTask("inbox-changed", "task", async (page) => {
    await page.locator("[data-form] input:not([type=hidden])").first().fill("12.5");
    await page.keyboard.press("Tab");
  }),
  ofTask("inbox-file", "voted", async (page) => {
    await page.getByText("quote-2291.txt").click();
    await page.locator("pre").waitFor();
  }),
  {
    name: "inbox-filter",
    as: "Milo",
    path: () => '/inbox?view=all&priority=urgent&col=["amount over 50"]',
    prepare: async (page) => {
      await inList(page);
      await page.locator("header button", { has: page.locator(".lucide-list-filter") }).click();
    },
  },
  {
    name: "inbox-together",
    as: "Milo",
    path: () => "/inbox?view=all&flow=orders",
    prepare: async (page) => {
      await inList(page);
      await page.keyboard.press("j");
      await page.keyboard.press("Shift+A");
      await page.keyboard.press("b");
    },
  },
  {
    name: "inbox-choosing",
    as: "Milo",
    path: () => "/inbox?view=all",
    prepare: async (page) => {
      await inList(page);
      await page.locator("header button", { has: page.locator(".lucide-list-checks") }).click();
      await page.getByRole("checkbox").nth(1).click();
    },
  },
];
