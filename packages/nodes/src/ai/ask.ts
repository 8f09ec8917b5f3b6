/** One question to a language model and its answer, whoever gives it. */
import type { JsonObject } from "@holdfast/dsl";
import { generateText, Output, type CallWarning, type ModelMessage } from "ai";
import { languageModel } from "./provider.ts";
import type { AiSettings } from "./settings.ts";
import { strictSchema } from "./strict-schema.ts";

/** What is asked. */
export interface Question {
  readonly instructions?: string | undefined;
  readonly messages: ModelMessage[];
  readonly model: string;
  readonly temperature?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  /** The answer is to be JSON of this shape. */
  readonly schema?: JsonObject;
}

/** Tokens, as the provider counts them; 0 where it does not say. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
}

/** What was answered. Nothing has been checked. */
export interface Answer {
  readonly text: string;
  readonly finishReason: string;
  /** The model that answered, which may be a dated version of the one that was asked for. */
  readonly model: string;
  readonly usage: Usage;
  /** What the provider's adapter left out or changed: a setting that the model does not have. */
  readonly warnings: readonly string[];
}

/**
 * Asks once: whether, when and how often to ask again is the engine's business, which remembers across restarts.
 * @throws whatever the SDK throws; see `classify.ts`
 */
export async function ask(
  settings: AiSettings & { readonly apiKey: string },
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const { schema } = question;
  const strict = schema && strictSchema(schema);
  const result = await generateText({
    model: languageModel(settings, question.model),
    ...(question.instructions !== undefined && { instructions: question.instructions }),
    messages: question.messages,
    ...(question.temperature !== undefined && { temperature: question.temperature }),
    ...(question.maxOutputTokens !== undefined && { maxOutputTokens: question.maxOutputTokens }),
    maxRetries: 0,
    abortSignal: signal,
    ...(strict && {
      // The text comes back as it is: parsing, checking and repairing are ours.
      output: {
        ...Output.text(),
        responseFormat: Promise.resolve({ type: "json", schema: strict.schema, name: "answer" }),
      },
      providerOptions: { openai: { strictJsonSchema: strict.isStrict } },
    }),
  });
  const { inputTokens = 0, outputTokens = 0, totalTokens = 0 } = finite(result.usage);
  return {
    text: result.text === "" ? "" : result.output,
    finishReason: result.finishReason,
    model: result.finalStep.response.modelId,
    warnings: (result.finalStep.warnings ?? []).map(warningText),
    usage: { inputTokens, outputTokens, totalTokens: totalTokens === 0 ? inputTokens + outputTokens : totalTokens },
  };
}

function warningText(warning: CallWarning): string {
  if ("message" in warning) return warning.message;
  return `${warning.feature}: ${warning.details ?? warning.type}`;
}

/** Sums up, for a question that was asked twice. */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    totalTokens: a.totalTokens + b.totalTokens,
  };
}

/** Counts that are missing or not numbers are 0: a server's bad bookkeeping must not break a checkpoint. */
function finite(usage: { readonly [count: string]: unknown }): Partial<Usage> {
  const count = (name: string): number => {
    const value = usage[name];
    return typeof value === "number" && Number.isFinite(value) ? value : 0;
  };
  return { inputTokens: count("inputTokens"), outputTokens: count("outputTokens"), totalTokens: count("totalTokens") };
}
