// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { Scenario } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { manifests } from "../flow/manifests.fixture.ts";
import { rpc, TRPCProvider } from "../rpc/client.ts";
import { LanguageProvider } from "../words/use-words.tsx";
import type { Language } from "../words/language.ts";
import { example } from "./model/test-world.fixture.ts";
import { TestBench, useBenchLook } from "./test-bench.tsx";
import { useBench } from "./use-bench.ts";

// A dozen scenarios take their time on a busy machine.
configure({ asyncUtilTimeout: 20_000 });

const tests = vi.fn<(label: string, tests: Scenario[]) => void>();

function Bench({ name = "refund" }: { name?: string }): JSX.Element {
  const [flow, setFlow] = useState(() => example(name));
  const bench = useBench({
    flow,
    manifests,
    issues: [],
    onTests: (label, next) => {
      tests(label, next);
      setFlow((now) => ({ ...now, tests: next }));
    },
    onNode: () => undefined,
    onIssue: () => undefined,
    onLeave: () => undefined,
  });
  const { cards } = useBenchLook(bench);
  return (
    <>
      <output data-testid="approval">{cards?.("approval")?.state}</output>
      <TestBench bench={bench} />
    </>
  );
}

function show(language: Language = "en", name?: string): void {
  vi.stubGlobal("matchMedia", () => ({
    matches: true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, enabled: false } } });
  render(
    <QueryClientProvider client={client}>
      <TRPCProvider trpcClient={rpc} queryClient={client}>
        <LanguageProvider value={language}>{name === undefined ? <Bench /> : <Bench name={name} />}</LanguageProvider>
      </TRPCProvider>
    </QueryClientProvider>,
  );
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("plays a scenario to where it waits, decides it by hand and shows what came of it", async () => {
  show();
  await waitFor(() => expect(screen.getByTestId("approval").textContent).toBe("waiting"));
  fireEvent.click(screen.getByRole("button", { name: "Reject" }));
  await waitFor(() => expect(screen.getAllByText(/Write the rejection/).length).toBeGreaterThan(0));
});

test("skips to the next time and goes back", async () => {
  show();
  const ahead = await screen.findByRole("button", { name: /^Skip 1 day/ });
  fireEvent.click(ahead);
  await waitFor(() => expect(screen.getByText(/^Day 1, 09:00:00/, { selector: ".text-20" })).toBeDefined());
  fireEvent.click(screen.getByRole("button", { name: "Restart" }));
  expect(screen.getByText(/^Day 0, 09:00:00/, { selector: ".text-20" })).toBeDefined();
});

test("runs all scenarios", async () => {
  show();
  expect(await screen.findByText(/All \d+ scenarios pass/)).toBeDefined();
});

test("adds what happened to what is expected", async () => {
  show();
  await screen.findByRole("button", { name: /^Skip 1 day/ });
  fireEvent.click(screen.getByRole("button", { name: "Add from what happened" }));
  const [label, next] = tests.mock.lastCall ?? [];
  expect(label).toBe("Save into this scenario");
  expect(next?.[0]?.expect.status).toBe("waiting");
});

test("speaks Ukrainian", async () => {
  show("uk");
  expect(await screen.findByRole("button", { name: "Погодити" })).toBeDefined();
});
