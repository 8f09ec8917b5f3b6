/** One question to a language model and its answer, whoever gives it. */
import type { Json, JsonObject } from "@holdfast/dsl";
import {
  generateText,
  jsonSchema,
  Output,
  streamText,
  type CallWarning,
  type LanguageModel,
  type LanguageModelUsage,
  type ModelMessage,
  type ProviderMetadata,
  type ToolSet,
} from "ai";
import { isJson } from "../json.ts";
import type { TokenCounts } from "./models.ts";
import type { Patience } from "./patience.ts";
import { languageModel, serverOf, speaksResponses } from "./provider.ts";
import type { AiSettings } from "./settings.ts";
import { strictSchema } from "./strict-schema.ts";
import { NO_TOKENS, tokensOf } from "./usage.ts";
import { learnsOfRefusal, refusesToStream, WholeAnswer } from "./whole-answer.ts";

/** A tool that is offered. The model's calls of it are given back, never made here. */
export interface OfferedTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema. */
  readonly input: JsonObject;
}

/** What is asked. */
export interface Question {
  readonly model: string;
  readonly instructions?: string | undefined;
  readonly messages: readonly ModelMessage[];
  readonly temperature?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  /** The answer is to be JSON of this shape. */
  readonly schema?: JsonObject | undefined;
  readonly tools?: readonly OfferedTool[] | undefined;
}

/**
 * A call of a tool that the model wishes. `invalid`: why it can't be made. `signature`: what Google's models want back with
 * it, so that they go on from what they had thought.
 */
export type ToolWish = { id: string; name: string; input: Json; invalid?: string; signature?: string };

/** What was answered. Nothing has been checked. */
export interface Answer {
  readonly text: string;
  readonly toolCalls: readonly ToolWish[];
  readonly finishReason: string;
  /** The model that answered, which may be a dated version of the one that was asked for. */
  readonly model: string;
  readonly usage: TokenCounts;
  /** What the provider's adapter left out or changed: a setting that the model does not have. */
  readonly warnings: readonly string[];
}

/** While it is asked. */
export interface Listener {
  readonly signal: AbortSignal;
  readonly patience: Patience;
  /** A piece of the text. */
  readonly write: (delta: string) => void;
}

/** No answer came; tokens were used all the same. */
export class AskError extends Error {
  readonly usage: TokenCounts;

  constructor(cause: unknown, usage: TokenCounts) {
    super("The model did not answer.", { cause });
    this.usage = usage;
  }
}

/**
 * Asks once: whether, when and how often to ask again is the engine's business, which remembers across restarts.
 * @throws AskError, or whatever the SDK throws; see `model-error.ts`
 */
export async function ask(settings: AiSettings, question: Question, listener: Listener): Promise<Answer> {
  const server = serverOf(settings, question.model);
  try {
    if (refusesToStream(server)) return await whole(settings, question, listener);
    return await streamedOrWhole(settings, server, question, listener);
  } catch (error) {
    listener.patience.throwIfOver();
    throw error;
  }
}

async function streamedOrWhole(
  settings: AiSettings,
  server: string,
  question: Question,
  listener: Listener,
): Promise<Answer> {
  const seen = new WholeAnswer();
  try {
    const model = await languageModel(settings, question.model, seen.lens);
    return await streamed({ model, settings }, question, listener);
  } catch (error) {
    if (seen.response !== undefined) return whole(settings, question, listener, seen);
    const cause: unknown = error instanceof AskError ? error.cause : error;
    if (learnsOfRefusal(server, cause)) return whole(settings, question, listener);
    throw error;
  }
}

async function streamed(asked: Asked, question: Question, listener: Listener): Promise<Answer> {
  const { patience, write } = listener;
  const result = streamText({
    ...request(asked, question, listener),
    // It comes as a part of the stream too, and is thrown from there.
    onError: () => undefined,
  });
  let text = "";
  let end: Omit<Answer, "text" | "toolCalls" | "warnings"> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const toolCalls: ToolWish[] = [];
  const warnings: string[] = [];
  for await (const part of result.stream) {
    if (SPOKEN.has(part.type)) patience.heard();
    if (part.type === "text-delta") {
      text += part.text;
      write(part.text);
    } else if (part.type === "tool-call") toolCalls.push(wishOf(part));
    else if (part.type === "start-step") warnings.push(...part.warnings.map(warningText));
    else if (part.type === "finish-step") end = endOf(part);
    else if (part.type === "error") failure ??= part;
    else if (part.type === "abort") failure ??= { error: new DOMException("The call was broken off.", "AbortError") };
  }
  if (failure !== undefined || end === undefined) throw new AskError(failure?.error, end?.usage ?? NO_TOKENS);
  return { ...end, text, toolCalls, warnings };
}

/** Who is asked. */
interface Asked {
  readonly model: LanguageModel;
  readonly settings: AiSettings;
}

/** Parts that show that the model is at work. */
const SPOKEN: ReadonlySet<string> = new Set(["text-delta", "reasoning-delta", "tool-input-delta", "tool-call"]);

async function whole(
  settings: AiSettings,
  question: Question,
  listener: Listener,
  seen?: WholeAnswer,
): Promise<Answer> {
  listener.patience.expectWhole();
  const model = await languageModel(settings, question.model, seen?.again ?? ((send) => send));
  const result = await generateText(request({ model, settings }, question, listener));
  listener.write(result.text);
  return {
    ...endOf(result.finalStep),
    text: result.text,
    toolCalls: result.toolCalls.map(wishOf),
    warnings: (result.finalStep.warnings ?? []).map(warningText),
  };
}

function request(
  { model, settings }: Asked,
  { instructions, messages, temperature, maxOutputTokens, schema, tools }: Question,
  { signal, patience }: Listener,
) {
  const strict = schema && strictSchema(schema);
  return {
    model,
    ...(instructions !== undefined && { instructions }),
    messages: [...messages],
    ...(temperature !== undefined && { temperature }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(tools !== undefined && { tools: offered(tools) }),
    maxRetries: 0,
    abortSignal: AbortSignal.any([signal, patience.signal]),
    ...(strict && {
      // The text comes back as it is: parsing, checking and repairing are ours.
      output: {
        ...Output.text(),
        responseFormat: Promise.resolve({ type: "json" as const, schema: strict.schema, name: "answer" }),
      },
    }),
    providerOptions: {
      openai: {
        ...(strict && { strictJsonSchema: strict.isStrict }),
        // What customers wrote is nothing for the provider to keep. Other servers may not know the word.
        ...(speaksResponses(settings) && { store: false }),
      },
    },
  };
}

/** Without `execute`: the SDK gives the calls back. */
function offered(tools: readonly OfferedTool[]): ToolSet {
  return Object.fromEntries(
    tools.map(({ name, description, input }) => [name, { description, inputSchema: jsonSchema(input) }]),
  );
}

function wishOf(call: {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly input: unknown;
  readonly invalid?: boolean | undefined;
  readonly error?: unknown;
  readonly providerMetadata?: ProviderMetadata | undefined;
}): ToolWish {
  const { toolCallId: id, toolName: name, input, invalid, error, providerMetadata } = call;
  const why = error instanceof Error ? error.message : "The call makes no sense.";
  const signature = providerMetadata?.["google"]?.["thoughtSignature"];
  return {
    id,
    name,
    input: isJson(input) ? input : null,
    ...(invalid === true && { invalid: why }),
    ...(typeof signature === "string" && { signature }),
  };
}

function endOf(step: {
  readonly finishReason: string;
  readonly response: { readonly modelId: string };
  readonly usage: LanguageModelUsage;
}): Omit<Answer, "text" | "toolCalls" | "warnings"> {
  const { inputTokens, outputTokens, inputTokenDetails } = step.usage;
  return {
    finishReason: step.finishReason,
    model: step.response.modelId,
    usage: tokensOf({ inputTokens, outputTokens, cachedInputTokens: inputTokenDetails.cacheReadTokens }),
  };
}

function warningText(warning: CallWarning): string {
  if ("message" in warning) return warning.message;
  return `${warning.feature}: ${warning.details ?? warning.type}`;
}
