/** The refund flow, from an empty canvas with the mouse to a run that is seen live to its end. */
import { readFile } from "node:fs/promises";
import { diffFlows, parseFlow, type FlowDocument } from "@holdfast/dsl";
import type { Locator, Page } from "@playwright/test";
import { Builder, type NodeSpec } from "./support/builder.ts";
import { inspector, saved } from "./support/flows.ts";
import { decide, object, send, taskOf } from "./support/refunds.ts";
import type { Runtime } from "./support/runtime.ts";
import { expect, test } from "./support/test.ts";

test.setTimeout(240_000);

const EXAMPLE = new URL("../../../examples/refund.flow.json", import.meta.url);

/** In the order in which somebody would think of them. */
const STEPS: readonly (readonly [id: string, from: string, port: string])[] = [
  ["order", "start", "out"],
  ["analyze", "order", "out"],
  ["proposal", "analyze", "out"],
  ["eligible", "proposal", "out"],
  ["approval", "eligible", "yes"],
  ["refusal", "eligible", "otherwise"],
  ["refusalMail", "refusal", "out"],
  ["notEligible", "refusalMail", "out"],
  ["payout", "approval", "approved"],
  ["rejection", "approval", "rejected"],
  ["rejectionMail", "rejection", "out"],
  ["rejected", "rejectionMail", "out"],
  ["escalate", "approval", "timeout"],
  ["escalated", "escalate", "out"],
  ["refund", "payout", "out"],
  ["settlement", "refund", "out"],
  ["confirmation", "settlement", "settled"],
  ["confirmationMail", "confirmation", "out"],
  ["refunded", "confirmationMail", "out"],
  ["reportSilence", "settlement", "timeout"],
  ["lateSettlement", "reportSilence", "out"],
  ["unsettled", "lateSettlement", "timeout"],
];

test("built with the mouse, tried for seven days, published, and watched", async ({ page, runtime, signIn }) => {
  const example = object(JSON.parse(await readFile(EXAMPLE, "utf8")));
  const nodes = object(example["nodes"]);
  await signIn("Ada");
  await page.addInitScript(() => localStorage.setItem("holdfast.toured", "yes"));
  await page.goto("/flows");
  await page.getByRole("button", { name: /^New flow/ }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Refund processing");
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(page.getByText("Nothing happens yet")).toBeVisible();
  const flow = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  const builder = new Builder(page);
  const panel = inspector(page);
  const { description, input, settings } = example;
  await panel.getByLabel("Description").fill(String(description));
  await panel.getByRole("button", { name: "Remove this start" }).click();
  await panel.getByRole("button", { name: "On an event" }).click();
  await panel.getByRole("button", { name: "By hand, by the API or by another flow" }).click();
  await panel.getByLabel("Event", { exact: true }).fill("support/refund.requested");
  await panel.getByRole("button", { name: "JSON", exact: true }).last().click();
  await builder.text(panel.getByRole("textbox", { name: "Input: JSON Schema" }), JSON.stringify(input));
  await builder.fill("/settings/requester", object(settings)["requester"]);
  const finish = panel.getByRole("textbox", { name: /^A run takes at most/ });
  await finish.fill("30");
  await finish.press("Enter");

  for (const [id, from, port] of STEPS) {
    const spec = object(nodes[id]);
    await test.step(`${id} after ${from}, on ${port}`, () =>
      builder.add({ id: from, port }, id, {
        type: id === "approval" ? "ask" : String(spec["type"]),
        name: typeof spec["name"] === "string" ? spec["name"] : undefined,
        params: object(spec["params"]),
        timeout: typeof spec["timeout"] === "string" ? spec["timeout"] : undefined,
        credential: typeof spec["credential"] === "string" ? spec["credential"] : undefined,
      } satisfies NodeSpec));
  }
  await builder.connect({ id: "lateSettlement", port: "settled" }, "Write the confirmation");
  await saved(page);

  await test.step("simulate: nobody decides for seven days", () => sevenDays(page, example));
  await test.step("publish: the scenario is tried, and what is live means what the example means", async () => {
    await page.getByRole("button", { name: "Publish…" }).click();
    const sheet = page.getByRole("dialog", { name: "Publish version 1" });
    await expect(sheet.getByText("1 scenario passes.")).toBeVisible();
    await sheet.getByRole("button", { name: "Publish version 1" }).click();
    await expect(page.getByText("Version 1 is live.")).toBeVisible();
    const published = object(await runtime.api("GET", `/flows/${flow}`));
    // The id is given, node versions are written down at publish, and the example's scenarios are the example's.
    const { tests, uses } = object(published["document"]);
    const differences = diffFlows(
      flowDocument({ ...withoutDefaults(example), uses, tests: [] }),
      flowDocument({ ...object(published["document"]), id: example["id"], tests: [] }),
    );
    expect(differences.changes).toEqual([]);
    expect(JSON.stringify(tests)).toContain("Nobody decides for a week");
  });
  await test.step("start it, and see it live to the end", () => watch(page, runtime, flow));
});

/** The panel leaves out what goes without saying: a request that says no method is a GET. */
function withoutDefaults(example: Readonly<Record<string, unknown>>): object {
  const nodes = object(example["nodes"]);
  const { method, ...params } = object(object(nodes["order"])["params"]);
  expect(method).toBe("GET");
  return { ...example, nodes: { ...nodes, order: { ...object(nodes["order"]), params } } };
}

const flowDocument = (value: unknown): FlowDocument => {
  const parsed = parseFlow(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.flow;
};

/** Answers as the example's own scenario does, skips to the reminder and to the deadline, and keeps it as a scenario. */
async function sevenDays(page: Page, example: Readonly<Record<string, unknown>>): Promise<void> {
  const { tests } = example;
  const told = (Array.isArray(tests) ? tests : []).map(object);
  const scenario = told.find(({ name }) => name === "Nobody decides for seven days");
  const answers = object(scenario?.["answers"]);
  await page.getByRole("button", { name: "Test", exact: true }).click();
  const bench = page.getByRole("complementary", { name: "Test bench" });
  await bench.getByRole("button", { name: "Edit input" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Input of the run" });
  await dialog.getByRole("button", { name: "JSON", exact: true }).click();
  await new Builder(page).text(
    dialog.getByRole("textbox", { name: "Input of the run" }),
    JSON.stringify(scenario?.["input"]),
  );
  await dialog.getByRole("button", { name: "Start with this" }).click();
  const next = bench.getByRole("region", { name: "What happens next?" });
  const answer = async (node: string, name: string): Promise<void> => {
    await expect(next).toContainText(new RegExp(`${name} ?needs an answer`));
    await next.getByRole("group", { name: "Answer" }).getByRole("button", { name: "JSON" }).click();
    await new Builder(page).text(
      next.getByRole("textbox", { name: "Answer", exact: true }),
      JSON.stringify(object(answers[node])["output"]),
    );
    await next.getByRole("button", { name: "Give this answer" }).click();
  };
  await answer("order", "Read the order");
  await answer("analyze", "Analyse the request");
  await bench.getByRole("button", { name: "Skip 2 days, to the reminder" }).click();
  await bench.getByRole("button", { name: "Skip 5 days, to the deadline" }).click();
  await answer("escalate", "Notify the manager");
  await expect(next).toContainText("The run is completed.");
  await expect(page.locator('[data-node="escalated"]')).toContainText("Escalated");
  await bench.getByRole("button", { name: "Add from what happened" }).click();
  // What is expected is kept with a scenario: it asks for the name first.
  await page.getByRole("dialog").getByLabel("Name").fill("Nobody decides for a week");
  await page.getByRole("dialog").getByRole("button", { name: "Save scenario" }).click();
  await expect(bench.getByRole("combobox", { name: "Scenario" })).toContainText("Nobody decides for a week");
  await page.getByRole("button", { name: "Leave test" }).first().click();
  await saved(page);
}

async function watch(page: Page, runtime: Runtime, flow: string): Promise<void> {
  await page.goto(`/runs?flow=${flow}`);
  await page.getByRole("button", { name: "Start a run…" }).click();
  const dialog = page.getByRole("dialog", { name: "Start a run" });
  // It begins with what the flow asks for.
  await expect(dialog.getByLabel("Input")).toHaveValue(/"orderId"/);
  await dialog.getByLabel("Input").fill(JSON.stringify({ orderId: "ORD-1001", reason: "It arrived broken." }));
  await dialog.getByRole("button", { name: "Start the run" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}/);
  const run = /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? "";
  const step = (name: string): Locator =>
    page.getByRole("complementary", { name: "Timeline" }).getByRole("button", { name: new RegExp(`^${name}`) });
  await expect(step("Manager approval")).toContainText("Waiting");
  await decide(runtime, await taskOf(runtime, run), "approved", "Fine with me.");
  await expect(step("Pay back")).toContainText("Completed");
  await expect(step("Wait for the bank")).toContainText("Waiting");
  await send(runtime, "bank/transfer.settled", { orderId: "ORD-1001", refundId: "RF-1" });
  await expect(step("Refunded")).toContainText("Completed");
  await expect(page.getByText("Completed", { exact: true }).first()).toBeVisible();
}
