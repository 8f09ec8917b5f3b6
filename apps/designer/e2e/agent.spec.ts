/** An agent: its tools are put together in the inspector, a person allows one, and the run tells what was done. */
import { startLedger, type Ledger } from "@holdfast/testkit/ledger";
import { FAKE_KEY, startOpenAi, type FakeOpenAi } from "@holdfast/testkit/openai/server";
import { expectAccessible } from "./support/axe.ts";
import { inspector, openDesigner, saved } from "./support/flows.ts";
import { object, runIs } from "./support/refunds.ts";
import { Runtime } from "./support/runtime.ts";
import { expect, test as base } from "./support/test.ts";

interface Outside {
  readonly provider: FakeOpenAi;
  readonly shop: Ledger;
}

// A runtime of their own: its model asks for a refund, and then says what came of it.
const test = base.extend<object, { readonly outside: Outside }>({
  outside: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      await using shop = await startLedger();
      await using provider = await startOpenAi(({ messages }) =>
        messages.some(({ role }) => role === "function_call_output" || role === "tool")
          ? { kind: "text", text: "Your money is on its way." }
          : { kind: "tools", calls: [{ name: "refund", arguments: { amount: 40 } }] },
      );
      await use({ provider, shop });
    },
    { scope: "worker" },
  ],
  runtime: [
    async ({ outside }, use) => {
      const runtime = await Runtime.start({
        OPENAI_API_KEY: FAKE_KEY,
        OPENAI_BASE_URL: outside.provider.url,
        HOLDFAST_AI_MODEL: "test-model",
      });
      await use(runtime);
      await runtime.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

async function publish(runtime: Runtime, id: string, tools: readonly object[]): Promise<void> {
  await runtime.api("PUT", `/flows/${id}`, {
    dsl: 1,
    id,
    name: "Help customers",
    triggers: [{ type: "call" }],
    nodes: {
      agent: { type: "ai.agent", name: "Help the customer", params: { prompt: "Help.", tools, maxTurns: 4 } },
      done: { type: "end", name: "Done", params: { output: "{{ nodes.agent.answer }}" } },
    },
    edges: [
      { from: "start", to: "agent" },
      { from: "agent", to: "done" },
    ],
  });
}

test("an analyst gives it a flow and a node to work with", async ({ page, runtime, signIn }) => {
  await publish(runtime, "helps", []);
  await runtime.api("PUT", "/flows/credit-check", {
    dsl: 1,
    id: "credit-check",
    name: "Credit check",
    triggers: [{ type: "call" }],
    nodes: { done: { type: "end", params: { output: true } } },
    edges: [{ from: "start", to: "done" }],
  });
  await signIn("Ada");
  await openDesigner(page, "helps", "?node=agent");
  await page.locator('[data-node="agent"]').click();
  const tools = inspector(page).locator('[data-field="/nodes/agent/params/tools"]');

  await tools.getByRole("button", { name: "Add to Tools" }).click();
  const first = tools.locator('[data-field="/nodes/agent/params/tools/0"]');
  await first.getByRole("textbox", { name: "Name" }).fill("check_credit");
  await first.locator('[data-field$="/description"]').getByRole("textbox").fill("Whether a customer may pay later.");
  await first.getByRole("combobox", { name: "Flow" }).click();
  await page.getByRole("option", { name: /Credit check/ }).click();

  await tools.getByRole("button", { name: "Add to Tools" }).click();
  const second = tools.locator('[data-field="/nodes/agent/params/tools/1"]');
  await second.getByRole("textbox", { name: "Name" }).fill("write");
  await second.locator('[data-field$="/description"]').getByRole("textbox").fill("Writes to the customer.");
  await second.getByRole("button", { name: "Node" }).click();
  await second.getByRole("combobox", { name: "Node" }).click();
  await page.getByRole("option", { name: /E-mail/ }).click();
  await second.getByRole("combobox", { name: "To: who fills it in" }).click();
  await page.getByRole("option", { name: "Fixed" }).click();
  await second.getByRole("combobox", { name: "Subject: who fills it in" }).click();
  await page.getByRole("option", { name: "The model fills it in" }).click();
  await second.getByText("Ask a person first").click();
  await expect(second.getByText("Who decides")).toBeVisible();
  await saved(page);
  await expectAccessible(page);

  await page.reload();
  await expect(page.locator('[data-node="agent"]')).toContainText("Let AI work on it with check_credit and write");
  await expect(tools.getByRole("button", { name: /^check_credit/ })).toContainText("Whether a customer may pay later.");
});

test("a person allows a tool, and the run tells part by part what was done", async ({
  page,
  runtime,
  outside,
  signIn,
}) => {
  const amount = { type: "number", maximum: 100 };
  await publish(runtime, "refunds-by-ai", [
    {
      name: "refund",
      description: "Pays a part back.",
      http: {
        method: "POST",
        url: `${outside.shop.url}/refunds`,
        arguments: { type: "object", properties: { amount }, required: ["amount"], additionalProperties: false },
        idempotencyHeader: "Idempotency-Key",
      },
      ask: { assignTo: { roles: ["manager"] }, question: "May the model refund this?" },
    },
  ]);
  const { runId } = object(await runtime.api("POST", "/flows/refunds-by-ai/runs", { input: {} }));
  const run = String(runId);
  await runIs(runtime, run, "waiting");
  await signIn("Marta");
  await page.goto("/inbox");
  await page.getByText("May the model refund this?").first().click();
  await page.getByRole("textbox", { name: "amount" }).fill("35");
  await page.getByRole("button", { name: /^Approve/ }).click();
  await expect(async () => expect(outside.shop.sends.map(({ body }) => body)).toEqual([{ amount: 35 }])).toPass();
  await runIs(runtime, run, "completed");

  await page.goto(`/runs/${run}?node=agent&tab=output`);
  const did = page.getByRole("region", { name: "What it did" });
  await expect(did.getByRole("listitem")).toHaveText([
    /^The model asked for refund/,
    /answered approved/,
    /^Used refund, which Marta Manager allowed/,
    /^The model answered/,
  ]);
  await did.getByRole("button", { name: /^Used refund/ }).click();
  await expect(did).toContainText('"amount": 35');
  await expectAccessible(page);
});
