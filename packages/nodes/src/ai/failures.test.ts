/** Every scripted failure of a provider, in both protocols: the step ends as documented. */
import { readFileSync } from "node:fs";
import type { JsonObject, Outcome, StepError } from "@holdfast/dsl";
import {
  failingProvider,
  failureTable,
  PROVIDER_FAILURES,
  VERDICT_SCHEMA,
  type FailureEnd,
  type ProviderFailure,
} from "@holdfast/testkit/openai/failures";
import { FAKE_KEY, startOpenAi, type FakeOpenAi, type Protocol } from "@holdfast/testkit/openai/server";
import { describe, expect, it } from "vitest";
import { actionContext, execute } from "../../test/action-context.ts";
import { NOON } from "../../test/control-context.ts";
import { recordingModels, type RecordingModels } from "../../test/recording-models.ts";
import { aiObject } from "../ai-object/execute.ts";
import { aiText } from "../ai-text/execute.ts";
import { MemoryCalls } from "../passage/memory-calls.ts";

const never = new Promise<never>(() => undefined);
const provider = (): Promise<FakeOpenAi> => startOpenAi(failingProvider(() => ({ now: NOON, never })));

/** What the first attempt ends with. */
function firstOf(end: FailureEnd): object {
  const fail = (error: Partial<StepError>): object => ({ type: "fail", error });
  switch (end.as) {
    case "retried":
      return fail({ code: end.code, ...(end.afterMs !== undefined && { retryAfter: end.afterMs }) });
    case "failed":
      return fail({ code: end.code, kind: "fatal" });
    case "incident":
      return fail({ code: end.code, kind: "error", exhausted: true });
    case "repaired":
      return { type: "output", meta: { repaired: true, tries: 2 } };
    case "answered":
      return { type: "output" };
  }
}

interface Attempt {
  readonly failure: ProviderFailure;
  readonly models: RecordingModels;
  readonly calls: MemoryCalls;
  readonly attempt: number;
}

function attempted({ failure: { id, asks, limits }, models, calls, attempt }: Attempt): Promise<Outcome> {
  const params: JsonObject = { prompt: `Decide. failure: ${id}`, ...(limits && { limits }) };
  const context = { ai: models, attempt };
  if (asks === "text") return execute(aiText, actionContext(params, context), calls);
  return execute(aiObject, actionContext({ ...params, schema: VERDICT_SCHEMA }, context), calls);
}

const SINGLE = PROVIDER_FAILURES.filter(({ asks }) => asks !== "agent");

describe.each(["responses", "chat"] as const satisfies readonly Protocol[])("over the %s protocol", (api) => {
  it.each(SINGLE.map((failure) => [failure.what, failure] as const))("%s", async (_, failure) => {
    await using server = await provider();
    const models = recordingModels({ apiKey: FAKE_KEY, baseUrl: server.url, api });
    const calls = new MemoryCalls();
    const first = await attempted({ failure, models, calls, attempt: 1 });
    expect(first).toMatchObject(firstOf(failure.end));
    const isRetried = failure.end.as === "retried";
    calls.nextAttempt();
    const second = isRetried ? await attempted({ failure, models, calls, attempt: 2 }) : undefined;
    expect(second?.type).toBe(isRetried ? "output" : undefined);
    expect(isRetried && first.type === "fail" ? first.error.kind : "error").toMatch(/^(error|timeout)$/);
    // One request a call, and what the provider told of each is what was charged, failed calls included.
    expect(models.charges).toHaveLength(server.requests.length);
    expect(models.open).toBe(0);
    const [untold] = failure.counts === undefined ? [] : models.charges;
    const charged = models.charges
      .filter((charge) => charge !== untold)
      .map((charge) => [charge.inputTokens, charge.cachedInputTokens, charge.outputTokens]);
    expect(sum(charged)).toEqual(sum(server.told.map(({ input, cached = 0, output }) => [input, cached, output])));
    expect(untold?.outcome).toBe(failure.counts && { most: "unknown", guess: "answered" }[failure.counts]);
    expect((untold?.inputTokens ?? 1) > 0 && (untold?.outputTokens ?? 1) > 0).toBe(true);
  });
});

const sum = (rows: readonly (readonly number[])[]): readonly number[] =>
  rows.reduce((total, row) => total.map((count, index) => count + (row[index] ?? 0)), [0, 0, 0]);

it("has more than 25 of them, each documented", () => {
  expect(PROVIDER_FAILURES.length).toBeGreaterThan(25);
  const page = readFileSync(new URL("../../../../docs/ai.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  const cells = (line: string): string[] =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  expect(rows.map(cells)).toEqual(expect.arrayContaining(failureTable().map((row) => [...row])));
});
