/** What is photographed: every page and its main states. A scene is an address and what to do there first. */
import type { Page } from "@playwright/test";
import type { Sample } from "./sample.ts";

export interface Scene {
  readonly name: string;
  /** Who looks. `nobody`: before signing in. */
  readonly as: "nobody" | "analyst" | "manager" | "administrator";
  readonly path: (sample: Sample) => string;
  readonly prepare?: (page: Page, sample: Sample) => Promise<void>;
}

const design = (sample: Sample): string => `/flows/${sample.flow}`;

export const SCENES: readonly Scene[] = [
  { name: "sign-in", as: "nobody", path: () => "/sign-in" },
  { name: "flows", as: "analyst", path: () => "/flows" },
  { name: "flows-no-match", as: "analyst", path: () => "/flows?q=zzzz" },
  { name: "design", as: "analyst", path: design },
  {
    name: "design-selected",
    as: "analyst",
    path: (sample) => `${design(sample)}?node=approval`,
  },
  {
    name: "design-test",
    as: "analyst",
    path: design,
    prepare: async (page) => {
      await page.getByRole("button", { name: /^Test/ }).first().click();
    },
  },
  { name: "versions", as: "analyst", path: (sample) => `${design(sample)}/versions` },
  { name: "flow-settings", as: "analyst", path: (sample) => `${design(sample)}/settings` },
  { name: "runs", as: "analyst", path: () => "/runs" },
  { name: "runs-no-match", as: "analyst", path: () => "/runs?q=zzzz" },
  { name: "run-waiting", as: "analyst", path: (sample) => `/runs/${sample.waiting}` },
  { name: "run-waiting-step", as: "analyst", path: (sample) => `/runs/${sample.waiting}?node=approval` },
  { name: "run-completed", as: "analyst", path: (sample) => `/runs/${sample.completed}` },
  { name: "incidents", as: "analyst", path: () => "/incidents" },
  { name: "events", as: "analyst", path: () => "/events" },
  { name: "event", as: "analyst", path: (sample) => `/events/${sample.event}` },
  { name: "health", as: "analyst", path: () => "/health" },
  { name: "people", as: "administrator", path: () => "/people" },
  { name: "settings", as: "analyst", path: () => "/settings/you" },
  { name: "inbox", as: "manager", path: () => "/inbox" },
];
