/** What is photographed: every page and its main states. A scene is an address and what to do there first. */
import { INBOX_SCENES } from "./inbox-scenes.ts";
import type { Sample } from "./sample.ts";
import type { Scene } from "./scene.ts";

const design = (sample: Sample): string => `/flows/${sample.flow}`;

export const SCENES: readonly Scene[] = [
  { name: "sign-in", as: "nobody", path: () => "/sign-in" },
  { name: "flows", as: "analyst", path: () => "/flows" },
  { name: "flows-no-match", as: "analyst", path: () => "/flows?q=zzzz" },
  { name: "design", as: "analyst", path: (sample) => `${design(sample)}?tour=0` },
  { name: "design-tour", as: "analyst", path: (sample) => `${design(sample)}?tour=1` },
  { name: "design-code", as: "analyst", path: (sample) => `${design(sample)}?view=code&tour=0` },
  {
    name: "design-publish",
    as: "analyst",
    path: (sample) => `${design(sample)}?tour=0`,
    prepare: (page) =>
      page.getByRole("button", { name: "Publish…" }).or(page.getByText("Опублікувати…")).first().click(),
  },
  {
    name: "design-problems",
    wide: true,
    as: "analyst",
    path: () => "/flows/orders?tour=0&node=ask",
    prepare: async (page) => {
      await page.locator(".cm-content").first().click();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("Backspace");
      await page.getByRole("button", { name: /Show all problems|проблеми/ }).click();
    },
  },
  {
    name: "design-publish-changed",
    wide: true,
    as: "analyst",
    path: () => "/flows/pay-out?tour=0&node=pay",
    prepare: async (page) => {
      await page
        .getByRole("textbox", { name: /^(Name|Назва)$/ })
        .first()
        .fill("Pay the supplier back");
      await page.keyboard.press("Tab");
      await page.getByRole("button", { name: /Publish…|Опублікувати…/ }).click();
    },
  },
  { name: "versions-changed", as: "analyst", path: () => "/flows/pay-out/versions" },
  { name: "design-condition", as: "analyst", path: (sample) => `${design(sample)}?node=eligible&tour=0` },
  { name: "design-loop", as: "analyst", path: () => "/flows/order-lines?tour=0&node=lines" },
  { name: "new-flow", as: "analyst", path: () => "/flows", prepare: (page) => page.keyboard.press("n") },
  { name: "commands", as: "analyst", path: () => "/flows", prepare: (page) => page.keyboard.press("Control+k") },
  { name: "keys", as: "analyst", path: () => "/flows", prepare: (page) => page.keyboard.press("?") },
  {
    name: "design-selected",
    as: "analyst",
    path: (sample) => `${design(sample)}?node=approval&tour=0`,
  },
  {
    name: "design-test",
    as: "analyst",
    path: (sample) => `${design(sample)}?test=true&tour=0`,
  },
  { name: "versions", as: "analyst", path: (sample) => `${design(sample)}/versions` },
  { name: "flow-settings", as: "analyst", path: (sample) => `${design(sample)}/settings` },
  { name: "runs", as: "analyst", path: () => "/runs" },
  { name: "runs-no-match", as: "analyst", path: () => "/runs?q=zzzz" },
  { name: "run-waiting", as: "analyst", path: (sample) => `/runs/${sample.waiting}` },
  { name: "run-waiting-step", as: "analyst", path: (sample) => `/runs/${sample.waiting}?node=approval` },
  { name: "run-completed", as: "analyst", path: (sample) => `/runs/${sample.completed}` },
  { name: "run-failed", as: "analyst", path: (sample) => `/runs/${sample.failed}?node=order` },
  { name: "run-incident", as: "analyst", path: (sample) => `/runs/${sample.broken}?node=pay` },
  { name: "run-history", as: "analyst", path: (sample) => `/runs/${sample.completed}?node=approval&tab=history` },
  {
    name: "bell",
    as: "Milo",
    path: () => "/inbox",
    prepare: (page) => page.locator("header button", { has: page.locator(".lucide-bell") }).click(),
  },
  { name: "link-nobody", as: "nobody", path: (sample) => sample.link },
  { name: "link", as: "Milo", path: (sample) => sample.link },
  { name: "missing", as: "analyst", path: () => "/nowhere" },
  {
    name: "offline",
    as: "analyst",
    path: () => "/runs",
    prepare: async (page) => {
      await page.context().setOffline(true);
      await page.getByRole("status").first().waitFor();
    },
  },
  { name: "incidents", as: "Marta", path: () => "/incidents" },
  { name: "events", as: "analyst", path: () => "/events" },
  { name: "event", as: "analyst", path: (sample) => `/events/${sample.event}` },
  { name: "health", as: "analyst", path: () => "/health" },
  { name: "insights", as: "administrator", path: () => "/insights" },
  { name: "audit", as: "administrator", path: () => "/audit" },
  { name: "calendars", as: "administrator", path: () => "/settings/calendars" },
  { name: "connections", as: "administrator", path: () => "/settings/connections" },
  { name: "profile", as: "administrator", path: () => "/settings/profile" },
  { name: "keys-of-api", as: "administrator", path: () => "/settings/keys" },
  { name: "people", as: "administrator", path: () => "/people" },
  { name: "settings", as: "analyst", path: () => "/settings/you" },
  ...INBOX_SCENES,
];
