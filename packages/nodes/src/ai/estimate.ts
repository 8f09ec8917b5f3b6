/** The most that a call can take, guessed before it is made. */
import type { Question } from "./ask.ts";
import type { TokenCounts } from "./models.ts";

/** A token has four bytes in English and more in most other scripts: by three the guess is rather too high. */
const BYTES_PER_TOKEN = 3;

/** Roles and separators around a message. */
const FRAME = 8;

/** What a call may write at most where the node does not say, and a budget has to hold. */
export const LONGEST_BY_DEFAULT = 8_192;

export function mostOf({ instructions, messages, schema, tools, maxOutputTokens }: Question): TokenCounts {
  const texts = [instructions ?? "", ...messages.map(({ content }) => asText(content)), asText(schema), asText(tools)];
  const inputTokens = texts.reduce(
    (sum, text) => sum + FRAME + Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN),
    0,
  );
  return { inputTokens, cachedInputTokens: 0, outputTokens: maxOutputTokens ?? LONGEST_BY_DEFAULT };
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
