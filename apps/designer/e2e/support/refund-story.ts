/** The story of the refund flow: from an empty canvas to a run that is seen live to its end, by mouse or by keyboard. */
import { readFile } from "node:fs/promises";
import { diffFlows, parseFlow, type FlowDocument } from "@holdfast/dsl";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { Builder, type NodeSpec } from "./builder.ts";
import { inspector, saved } from "./flows.ts";
import type { Hand } from "./hand.ts";
import { decide, object, send, taskOf } from "./refunds.ts";
import type { Runtime } from "./runtime.ts";

const EXAMPLE = new URL("../../../../examples/refund.flow.json", import.meta.url);

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

export interface Story {
  readonly page: Page;
  readonly runtime: Runtime;
  readonly hand: Hand;
  /** Makes the flow and opens it. @returns its id. */
  readonly create: (name: string) => Promise<string>;
  /** Adds the first card, and leaves it selected. */
  readonly first?: ((builder: Builder, spec: NodeSpec) => Promise<void>) | undefined;
  /** Between drawing and testing. */
  readonly drawn?: ((builder: Builder) => Promise<void>) | undefined;
}

export async function tellRefundStory(story: Story): Promise<void> {
  const { page, runtime, hand } = story;
  const example = object(JSON.parse(await readFile(EXAMPLE, "utf8")));
  const flow = await story.create("Refund processing");
  await expect(page.getByText("Nothing happens yet")).toBeVisible();
  await test.step("what starts it, and its settings", () => describeFlow(story, example));
  await test.step("draw it", () => draw(story, object(example["nodes"])));
  await saved(page);
  await test.step("simulate: nobody decides for seven days", () => sevenDays(story, example));
  await test.step("publish: the scenario is tried, and what is live means what the example means", async () => {
    await hand.press(page.getByRole("button", { name: "Publish…" }));
    const sheet = page.getByRole("dialog", { name: "Publish version 1" });
    await expect(sheet.getByText("1 scenario passes.")).toBeVisible();
    await hand.press(sheet.getByRole("button", { name: "Publish version 1" }));
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
  await test.step("start it, and see it live to the end", () => watch(story, flow));
}

async function describeFlow({ page, hand }: Story, example: Readonly<Record<string, unknown>>): Promise<void> {
  const panel = inspector(page);
  const { description, input, settings } = example;
  await hand.write(panel.getByLabel("Description"), String(description));
  await hand.press(panel.getByRole("button", { name: "Remove this start" }));
  await hand.press(panel.getByRole("button", { name: "On an event" }));
  await hand.press(panel.getByRole("button", { name: "By hand, by the API or by another flow" }));
  await hand.write(panel.getByLabel("Event", { exact: true }), "support/refund.requested");
  await hand.press(panel.getByRole("button", { name: "JSON", exact: true }).last());
  await hand.write(panel.getByRole("textbox", { name: "Input: JSON Schema" }), JSON.stringify(input));
  await new Builder(page, hand).fill("/settings/requester", object(settings)["requester"]);
  await hand.write(panel.getByRole("textbox", { name: /^A run takes at most/ }), "30");
  await page.keyboard.press("Enter");
}

async function draw({ page, hand, first, drawn }: Story, nodes: Readonly<Record<string, unknown>>): Promise<void> {
  const builder = new Builder(page, hand);
  for (const [id, from, port] of STEPS) {
    const spec = specOf(id, object(nodes[id]));
    await test.step(`${id} after ${from}, on ${port}`, async () => {
      if (from !== "start" || first === undefined) await builder.add({ id: from, port }, id, spec);
      else {
        await first(builder, spec);
        await builder.settings(id, spec);
      }
    });
  }
  await builder.connect({ id: "lateSettlement", port: "settled" }, "Write the confirmation");
  await drawn?.(builder);
}

const specOf = (id: string, spec: Readonly<Record<string, unknown>>): NodeSpec => ({
  type: id === "approval" ? "ask" : String(spec["type"]),
  name: textOf(spec["name"]),
  params: object(spec["params"]),
  timeout: textOf(spec["timeout"]),
  credential: textOf(spec["credential"]),
});

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

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
async function sevenDays({ page, hand }: Story, example: Readonly<Record<string, unknown>>): Promise<void> {
  const { tests } = example;
  const told = (Array.isArray(tests) ? tests : []).map(object);
  const scenario = told.find(({ name }) => name === "Nobody decides for seven days");
  const answers = object(scenario?.["answers"]);
  await hand.press(page.getByRole("button", { name: "Test", exact: true }));
  const bench = page.getByRole("complementary", { name: "Test bench" });
  await hand.press(bench.getByRole("button", { name: "Edit input" }).first());
  const dialog = page.getByRole("dialog", { name: "Input of the run" });
  await hand.press(dialog.getByRole("button", { name: "JSON", exact: true }));
  await hand.write(dialog.getByRole("textbox", { name: "Input of the run" }), JSON.stringify(scenario?.["input"]));
  await hand.press(dialog.getByRole("button", { name: "Start with this" }));
  const next = bench.getByRole("region", { name: "What happens next?" });
  const answer = async (node: string, name: string): Promise<void> => {
    await expect(next).toContainText(new RegExp(`${name} ?needs an answer`));
    await hand.press(next.getByRole("group", { name: "Answer" }).getByRole("button", { name: "JSON" }));
    await hand.write(
      next.getByRole("textbox", { name: "Answer", exact: true }),
      JSON.stringify(object(answers[node])["output"]),
    );
    await hand.press(next.getByRole("button", { name: "Give this answer" }));
  };
  await answer("order", "Read the order");
  await answer("analyze", "Analyse the request");
  await hand.press(bench.getByRole("button", { name: "Skip 2 days, to the reminder" }));
  await hand.press(bench.getByRole("button", { name: "Skip 5 days, to the deadline" }));
  await answer("escalate", "Notify the manager");
  await expect(next).toContainText("The run is completed.");
  await expect(page.locator('[data-node="escalated"]')).toContainText("Escalated");
  await hand.press(bench.getByRole("button", { name: "Add from what happened" }));
  // What is expected is kept with a scenario: it asks for the name first.
  await hand.write(page.getByRole("dialog").getByLabel("Name"), "Nobody decides for a week");
  await hand.press(page.getByRole("dialog").getByRole("button", { name: "Save scenario" }));
  await expect(bench.getByRole("combobox", { name: "Scenario" })).toContainText("Nobody decides for a week");
  await hand.press(page.getByRole("button", { name: "Leave test" }).first());
  await saved(page);
}

async function watch({ page, runtime, hand }: Story, flow: string): Promise<void> {
  await page.goto(`/runs?flow=${flow}`);
  await hand.press(page.getByRole("button", { name: "Start a run…" }));
  const dialog = page.getByRole("dialog", { name: "Start a run" });
  // It begins with what the flow asks for.
  await expect(dialog.getByLabel("Input")).toHaveValue(/"orderId"/);
  await hand.write(dialog.getByLabel("Input"), JSON.stringify({ orderId: "ORD-1001", reason: "It arrived broken." }));
  await hand.press(dialog.getByRole("button", { name: "Start the run" }));
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}/);
  const run = /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? "";
  const step = (name: string): Locator =>
    page.getByRole("complementary", { name: "Timeline" }).getByRole("button", { name: new RegExp(`^${name}`) });
  await expect(step("Manager approval")).toContainText("Waiting");
  // Its cards say what was done, with the values of this run.
  await expect(page.locator('[data-node="order"]')).toContainText("/orders/ORD-1001");
  await expect(page.locator('[data-node="approval"]')).toContainText("for order ORD-1001");
  await decide(runtime, await taskOf(runtime, run), "approved", "Fine with me.");
  await expect(step("Pay back")).toContainText("Completed");
  await expect(step("Wait for the bank")).toContainText("Waiting");
  await send(runtime, "bank/transfer.settled", { orderId: "ORD-1001", refundId: "RF-1" });
  await expect(step("Refunded")).toContainText("Completed");
  await expect(page.getByText("Completed", { exact: true }).first()).toBeVisible();
}
