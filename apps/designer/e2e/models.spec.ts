/** A budget that is used up is somebody's task; what models took is seen on the run and among the insights. */
import { FAKE_KEY, startOpenAi, type FakeOpenAi } from "@holdfast/testkit/openai/server";
import { expectAccessible } from "./support/axe.ts";
import { object, runIs } from "./support/refunds.ts";
import { Runtime } from "./support/runtime.ts";
import { expect, test as base } from "./support/test.ts";

// A runtime of their own: its models are those of the spec.
const test = base.extend<object, { readonly provider: FakeOpenAi }>({
  provider: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const usage = { input: 1_000, cached: 400, output: 500 };
      await using server = await startOpenAi(() => ({ kind: "text", text: "Thank you for writing to us.", usage }));
      await use(server);
    },
    { scope: "worker" },
  ],
  runtime: [
    async ({ provider }, use) => {
      const runtime = await Runtime.start({
        OPENAI_API_KEY: FAKE_KEY,
        OPENAI_BASE_URL: provider.url,
        HOLDFAST_AI_MODEL: "test-model",
        HOLDFAST_AI_PRICES: '{"test-model": {"input": 10, "cachedInput": 5, "output": 40}}',
      });
      await use(runtime);
      await runtime.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const FLOW = "answers";

/** Ends once somebody has allowed the second call. */
async function startRun(runtime: Runtime): Promise<string> {
  const params = (prompt: string): object => ({ prompt, maxOutputTokens: 800 });
  const budget = { run: { tokens: 2_000 }, day: { money: 0.5 } };
  await runtime.api("PUT", `/flows/${FLOW}`, {
    dsl: 1,
    id: FLOW,
    name: "Answers to customers",
    triggers: [{ type: "call" }],
    nodes: {
      summary: { type: "ai.text", name: "Sum it up", params: { ...params("Sum up."), cache: { for: "7d" } } },
      answer: { type: "ai.text", name: "Answer it", params: { ...params("Answer."), budget } },
    },
    edges: [
      { from: "start", to: "summary" },
      { from: "summary", to: "answer" },
      { from: "answer", to: "end" },
    ],
  });
  const { runId } = object(await runtime.api("POST", `/flows/${FLOW}/runs`, { input: {} }));
  return String(runId);
}

test("a budget that is used up asks for more, and the run tells what it cost", async ({ page, runtime, signIn }) => {
  const run = await startRun(runtime);
  await runIs(runtime, run, "waiting");
  await signIn("administrator");
  await page.goto(`/runs/${run}?node=answer`);
  await page.getByRole("link", { name: "Open the task" }).click();
  await expect(page.getByRole("heading", { name: /Budget used up/ })).toBeVisible();
  await expect(page.getByText(/1,500 tokens are used or set aside/)).toBeVisible();
  await page.getByLabel("Tokens to add").fill("2000");
  await page.getByRole("button", { name: /^Allow/ }).click();
  await runIs(runtime, run, "completed");

  await page.goto(`/runs/${run}?node=summary&tab=output`);
  // Twice 600 fresh tokens, 400 cached ones and 500 written.
  await expect(page.getByText("3,000 tokens of AI for $0.056")).toBeVisible();
  const step = page.getByRole("complementary", { name: "The step" });
  await expect(step.getByText("test-model")).toBeVisible();
  await expect(step.getByText("1,000 tokens read, 500 written")).toBeVisible();
  await expect(step.getByText(/Asked anew and kept for others under the key [0-9a-f]{8}…/)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Cost of this flow" }).click();
  await expect(page.getByRole("heading", { name: "Insights" })).toBeVisible();
  await expect(
    page.getByRole("table", { name: "Cost by step" }).getByRole("row", { name: /^Sum it up/ }),
  ).toBeVisible();
  await expect(
    page.getByRole("table", { name: "Budgets" }).getByRole("row", { name: /^Today, US dollars/ }),
  ).toContainText("$0.056");
  await expect(page.getByRole("table", { name: "More than the budget allowed" })).toContainText("2,000 tokens");
  await expectAccessible(page);
});
