import { describe, expect, it } from "vitest";
import { readConfig } from "../config/config.ts";
import { parsePrices, Prices } from "./prices.ts";

const tokens = (inputTokens: number, cachedInputTokens: number, outputTokens: number) => ({
  inputTokens,
  cachedInputTokens,
  outputTokens,
});

describe("the price of a call", () => {
  const prices = new Prices();

  it.each([
    ["input, cached input and output", "gpt-5-mini", tokens(1_000_000, 400_000, 100_000), 360_000],
    ["by the millionth of a dollar, begun ones as whole", "gpt-5-nano", tokens(1, 0, 0), 1],
    ["and no millionth for what binary fractions add", "gpt-4o-mini", tokens(20, 0, 5), 6],
    ["of nothing", "gpt-5-mini", tokens(0, 0, 0), 0],
    ["of a dated version", "gpt-5-mini-2025-08-07", tokens(1_000_000, 0, 0), 250_000],
    [
      "of another provider's dated version",
      "anthropic/claude-sonnet-4-5-20250929",
      tokens(0, 0, 1_000_000),
      15_000_000,
    ],
    ["never for less than no fresh input", "gpt-5-mini", tokens(10, 1_000_000, 0), 1],
  ])("%s", (_what, model, used, cost) => {
    expect(prices.cost(model, used)).toBe(cost);
  });

  it.each(["my-model", "gpt-5-mini-turbo", "constructor"])("is unknown for %s", (model) => {
    expect(prices.cost(model, tokens(1, 0, 1))).toBeNull();
  });
});

describe("HOLDFAST_AI_PRICES", () => {
  const told = (text: string): Prices => readConfig({ HOLDFAST_AI_PRICES: text }).prices;

  it("adds models, and overrides known ones", () => {
    const prices = told('{"my-model": {"input": 1, "output": 2}, "gpt-5-mini": {"input": 0, "output": 0}}');
    expect(prices.of("my-model")).toEqual({ input: 1, cachedInput: 1, output: 2 });
    expect(prices.cost("gpt-5-mini-2025-08-07", tokens(5, 5, 5))).toBe(0);
    expect(prices.of("gpt-5")).toEqual({ input: 1.25, cachedInput: 0.125, output: 10 });
  });

  it.each([
    ["my-model=1", ["must be JSON, such as"]],
    ['{"a/b": {"input": -1, "output": 1}}', ["/a~1b/input: "]],
    ['{"a": {"input": 1}, "b": {"input": 1, "output": 1, "each": 2}}', ["/a/output: ", "/b: "]],
  ])("says where it is wrong: %s", (text, faults) => {
    const parsed = parsePrices(text);
    expect("faults" in parsed ? parsed.faults : []).toEqual(faults.map((fault) => expect.stringContaining(fault)));
    expect(() => told(text)).toThrow(`HOLDFAST_AI_PRICES ${faults[0]}`);
  });
});
