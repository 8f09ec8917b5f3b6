/**
 * What language models cost: US dollars for a million tokens, as the providers' public lists had it in June 2026 (Claude 5:
 * in November), without discounts for batches. Models whose price depends on the length of the prompt are left out (`gemini-2.5-pro`), and so
 * are those that nobody here has asked for; `HOLDFAST_AI_PRICES` adds to the table and overrides it.
 */
export interface Price {
  readonly input: number;
  /** Of input that the provider had in its own cache. */
  readonly cachedInput: number;
  readonly output: number;
}

const price = (input: number, cachedInput: number, output: number): Price => ({ input, cachedInput, output });

export const KNOWN_PRICES: { readonly [model: string]: Price } = {
  "gpt-5.5": price(5, 0.5, 30),
  "gpt-5.4": price(2.5, 0.25, 15),
  "gpt-5.4-mini": price(0.75, 0.075, 4.5),
  "gpt-5.4-nano": price(0.2, 0.02, 1.25),
  "gpt-5.2": price(1.75, 0.175, 14),
  "gpt-5.1": price(1.25, 0.125, 10),
  "gpt-5": price(1.25, 0.125, 10),
  "gpt-5-mini": price(0.25, 0.025, 2),
  "gpt-5-nano": price(0.05, 0.005, 0.4),
  "gpt-4.1": price(2, 0.5, 8),
  "gpt-4.1-mini": price(0.4, 0.1, 1.6),
  "gpt-4.1-nano": price(0.1, 0.025, 0.4),
  "gpt-4o": price(2.5, 1.25, 10),
  "gpt-4o-mini": price(0.15, 0.075, 0.6),
  o3: price(2, 0.5, 8),
  "o4-mini": price(1.1, 0.275, 4.4),
  "claude-opus-5-5": price(4, 0.2, 20),
  "claude-opus-5": price(5, 0.5, 25),
  "claude-sonnet-5-5": price(2, 0.2, 10),
  "claude-sonnet-5": price(2, 0.2, 10),
  "claude-opus-4-6": price(5, 0.5, 25),
  "claude-opus-4-5": price(5, 0.5, 25),
  "claude-opus-4-1": price(15, 1.5, 75),
  "claude-sonnet-4-5": price(3, 0.3, 15),
  "claude-sonnet-4": price(3, 0.3, 15),
  "claude-haiku-4-5": price(1, 0.1, 5),
  "gemini-2.5-flash": price(0.3, 0.03, 2.5),
  "gemini-2.5-flash-lite": price(0.1, 0.01, 0.4),
};
