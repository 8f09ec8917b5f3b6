/** The most that a call can take, guessed before it is made. */
import type { Answer, Question } from "./ask.ts";
import type { TokenCounts } from "./models.ts";

/** A token has four bytes in English and more in most other scripts: by three the guess is rather too high. */
const BYTES_PER_TOKEN = 3;

/** Roles and separators around a message. */
const FRAME = 8;

/** What a call may write at most where the node does not say, and a budget has to hold. */
export const LONGEST_BY_DEFAULT = 8_192;

export function mostOf(question: Question): TokenCounts {
  const { maxOutputTokens = LONGEST_BY_DEFAULT } = question;
  return { inputTokens: inputOf(question), cachedInputTokens: 0, outputTokens: maxOutputTokens };
}

/** What a call that was answered has taken, where nobody told. Thoughts can't be guessed. */
export function guessOf(question: Question, { text, toolCalls }: Pick<Answer, "text" | "toolCalls">): TokenCounts {
  const calls = toolCalls.map(({ name, input }) => tokensIn(name) + tokensIn(input));
  const outputTokens = calls.reduce((sum, tokens) => sum + tokens, tokensIn(text));
  return { inputTokens: inputOf(question), cachedInputTokens: 0, outputTokens };
}

function inputOf({ instructions, messages, schema, tools }: Question): number {
  const parts = [instructions, ...messages.map(({ content }) => content), schema, tools];
  return parts.reduce<number>((sum, part) => sum + FRAME + tokensIn(part), 0);
}

const tokensIn = (value: unknown): number => Math.ceil(Buffer.byteLength(asText(value)) / BYTES_PER_TOKEN);

function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
