/** What a model is writing is seen as it is written, and again after the page was loaded anew. */
import { FAKE_KEY, type FakeOpenAi, startOpenAi } from "@holdfast/testkit/openai/server";
import { expectAccessible } from "./support/axe.ts";
import { object } from "./support/refunds.ts";
import { Runtime } from "./support/runtime.ts";
import { expect, test as base } from "./support/test.ts";

/** A provider that says as much of its answers as it is let. */
class Prompter {
  readonly server: FakeOpenAi;
  #allowed = 0;
  #waiting: { readonly piece: number; readonly go: () => void }[] = [];

  constructor(server: FakeOpenAi) {
    this.server = server;
  }

  readonly pace = (piece: number): Promise<void> =>
    new Promise((go) => {
      this.#waiting.push({ piece, go });
      this.#release();
    });

  /** Lets so many pieces of an answer through. */
  allow(pieces: number): void {
    this.#allowed = pieces;
    this.#release();
  }

  #release(): void {
    for (const { piece, go } of this.#waiting) if (piece < this.#allowed) go();
    this.#waiting = this.#waiting.filter(({ piece }) => piece >= this.#allowed);
  }
}

// A runtime of their own: its models are those of the spec.
const test = base.extend<object, { readonly prompter: Prompter }>({
  prompter: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      await using server = await startOpenAi();
      await use(new Prompter(server));
    },
    { scope: "worker" },
  ],
  runtime: [
    async ({ prompter }, use) => {
      const runtime = await Runtime.start({
        OPENAI_API_KEY: FAKE_KEY,
        OPENAI_BASE_URL: prompter.server.url,
        HOLDFAST_AI_MODEL: "test-model",
      });
      await use(runtime);
      await runtime.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const FLOW = "answer-customer";

async function startRun(runtime: Runtime): Promise<string> {
  const { runId } = object(await runtime.api("POST", `/flows/${FLOW}/runs`, { input: { name: "Ann" } }));
  return String(runId);
}

test.beforeAll(async ({ runtime }) => {
  await runtime.api("PUT", `/flows/${FLOW}`, {
    dsl: 1,
    id: FLOW,
    name: "Answer a customer",
    triggers: [{ type: "call" }],
    nodes: {
      write: {
        type: "ai.text",
        name: "Write the answer",
        params: { prompt: "Answer {{ input.name }}." },
        retry: { maxAttempts: 2, initialInterval: "1ms", jitter: "none" },
      },
      done: { type: "end", name: "Done", params: { output: "{{ nodes.write.text }}" } },
    },
    edges: [
      { from: "start", to: "write" },
      { from: "write", to: "done" },
    ],
  });
});

test("a page that is loaded anew in mid-answer shows every word once, and then what came of it", async ({
  page,
  runtime,
  prompter,
  signIn,
}) => {
  const words = Array.from({ length: 60 }, (_, index) => `word-${String(index).padStart(3, "0")}`);
  const text = words.join(" ");
  prompter.allow(6);
  prompter.server.script({ kind: "text", text, pace: prompter.pace });
  const run = await startRun(runtime);
  await signIn("Marta");
  await page.goto(`/runs/${run}?node=write`);
  const panel = page.getByRole("complementary", { name: "The step" });
  const writing = panel.getByRole("region", { name: "What AI is writing" });
  const card = page.locator('[data-node="write"]');
  // Pieces of the provider have twelve letters.
  await expect(writing).toHaveText(text.slice(0, 6 * 12));
  await expect(panel).toContainText("AI is writing…");
  await expect(card).toContainText("AI is writing…");
  await expect(card).toContainText("word-003");
  await expectAccessible(page);

  await page.reload();
  await expect(writing).toHaveText(text.slice(0, 6 * 12));
  prompter.allow(20);
  await expect(writing).toHaveText(text.slice(0, 20 * 12));
  await page.reload();
  prompter.allow(30);
  await expect(writing).toHaveText(text.slice(0, 30 * 12));

  prompter.allow(1_000);
  await expect(panel.getByRole("heading", { name: "Output" })).toBeVisible();
  await expect(panel).toContainText(words.join(" "));
  await expect(writing).toHaveCount(0);
  await expect(card).not.toContainText("AI is writing…");
});

test("an answer that breaks off is void, and what is written next takes its place", async ({
  page,
  runtime,
  prompter,
  signIn,
}) => {
  prompter.allow(0);
  prompter.server.script(
    { kind: "reset", at: "middle" },
    { kind: "text", text: "Dear Ann, your money is on its way.", pace: prompter.pace },
  );
  const run = await startRun(runtime);
  await signIn("Marta");
  await page.goto(`/runs/${run}?node=write`);
  const panel = page.getByRole("complementary", { name: "The step" });
  const writing = panel.getByRole("region", { name: "What AI is writing" });
  await expect(writing.getByRole("deletion")).toContainText("This answer");
  await expect(panel).toContainText("The answer broke off");
  await expectAccessible(page);
  prompter.allow(2);
  await expect(writing).toHaveText("Dear Ann, your money is".slice(0, 24));
  prompter.allow(1_000);
  await expect(panel.getByRole("heading", { name: "Output" })).toBeVisible();
  await expect(panel).toContainText("Dear Ann, your money is on its way.");
});
