// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { Answer } from "@holdfast/dsl";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { rpc, TRPCProvider } from "../rpc/client.ts";
import type { Language } from "../words/language.ts";
import { LanguageProvider } from "../words/use-words.tsx";
import { AnswerPanel } from "./answer-panel.tsx";
import { example, worldOf } from "./model/test-world.fixture.ts";

const asked: unknown[] = [];
const answered = vi.fn<(answer: Answer) => void>();

/** The server gives this to whatever is asked of it. */
function show(data: object, language: Language = "en"): void {
  vi.stubGlobal("fetch", (_: unknown, init: { readonly body: string }) => {
    asked.push(JSON.parse(init.body));
    return Promise.resolve(Response.json([{ result: { data } }]));
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, enabled: false } } });
  render(
    <QueryClientProvider client={client}>
      <TRPCProvider trpcClient={rpc} queryClient={client}>
        <LanguageProvider value={language}>
          <AnswerPanel
            world={worldOf(example("customer-message"))}
            node="sort"
            params={{ prompt: "Money back!", labels: [] }}
            onAnswer={answered}
          />
        </LanguageProvider>
      </TRPCProvider>
    </QueryClientProvider>,
  );
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  asked.length = 0;
});

test("the model is asked for this node of this flow, and the flow goes on by the way that it chose", async () => {
  show({ type: "output", port: "refund", value: { label: "refund" } });
  fireEvent.click(screen.getByRole("button", { name: "Ask the model" }));
  expect(await screen.findByDisplayValue("refund")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Give this answer" }));
  expect(answered.mock.lastCall?.[0]).toEqual({ output: { label: "refund" }, port: "refund" });
  expect(asked).toMatchObject([{ 0: { flow: "customer-message", node: "sort", type: "ai.classify" } }]);
});

test("why it did not answer is said in the reader's language", async () => {
  show({ type: "fail", code: "ai_budget_used_up", message: "The budget has no room." }, "uk");
  fireEvent.click(screen.getByRole("button", { name: "Запитати модель" }));
  expect(await screen.findByText(/немає місця/)).toBeDefined();
});
