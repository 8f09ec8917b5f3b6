/** Flows that a spec makes for itself, and the page of a flow. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { Runtime } from "./runtime.ts";

/** Small enough to be read at a glance: a large order is asked about, a small one is not. */
export const orderFlow = (id: string): object => ({
  dsl: 1,
  id,
  name: "Check an order",
  triggers: [{ type: "event", event: `orders/${id}` }, { type: "call" }],
  input: {
    type: "object",
    properties: { amount: { type: "number" }, paid: { type: "boolean" } },
    required: ["amount"],
  },
  nodes: {
    large: { type: "branch", name: "Large?", params: { cases: [{ port: "yes", when: "input.amount > 100" }] } },
    ask: {
      type: "wait.event",
      name: "Ask a manager",
      params: {
        inbox: { title: "Order of {{ input.amount }}", assignTo: { roles: ["manager"] } },
        outcomes: [{ port: "approved", event: `orders/${id}.approved` }],
        timeout: "7d",
      },
    },
    taken: { type: "end", name: "Taken", params: { output: { taken: true } } },
    left: { type: "end", name: "Left alone", params: { output: { taken: false } } },
  },
  edges: [
    { from: "start", to: "large" },
    { from: "large", port: "yes", to: "ask" },
    { from: "large", port: "otherwise", to: "taken" },
    { from: "ask", port: "approved", to: "taken" },
    { from: "ask", port: "timeout", to: "left" },
  ],
});

export async function publishOrderFlow(runtime: Runtime, id: string): Promise<void> {
  await runtime.api("PUT", `/flows/${id}`, orderFlow(id));
}

/** Opens a flow's draft, without the tour. */
export async function openDesigner(page: Page, flow: string, search = ""): Promise<void> {
  await page.addInitScript(() => localStorage.setItem("holdfast.toured", "yes"));
  await page.goto(`/flows/${flow}${search}`);
  await expect(page.getByRole("button", { name: "Publish…" })).toBeVisible();
}

/** What is selected, in the panel at the right. */
export const inspector = (page: Page): Locator =>
  page.getByRole("complementary", { name: "Settings of what is selected" });

/** The name of the selected node; its params may have names of their own. */
export const nodeName = (page: Page): Locator =>
  inspector(page).getByRole("textbox", { name: "Name", exact: true }).first();

export const saved = (page: Page): Promise<void> =>
  expect(page.getByRole("status").filter({ hasText: /^Saved$/ })).toBeVisible();
