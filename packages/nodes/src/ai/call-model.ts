/** One call of one model, as a sub-step makes it: looked up, set aside, asked, judged, charged. */
import { isJsonObject, parseDuration, type Json, type JsonObject, type StepError } from "@holdfast/dsl";
import type { DurableContext } from "../action.ts";
import { NodeFailure } from "../failure.ts";
import type { StepContext } from "../passage/passage.ts";
import { BROKEN, judge } from "./answer-error.ts";
import { ask, AskError, type Answer, type Question, type ToolWish } from "./ask.ts";
import type { Overrun, TopUp } from "./budget-task.ts";
import { guessOf, LONGEST_BY_DEFAULT, mostOf } from "./estimate.ts";
import { mayHaveCost, modelError } from "./model-error.ts";
import type { Charge, TokenCounts } from "./models.ts";
import type { ModelParams } from "./params.ts";
import { Patience } from "./patience.ts";
import { keysOf } from "./settings.ts";
import { billMeta, isUntold, NO_TOKENS } from "./usage.ts";

/** What is recorded of a call that was answered. Plain JSON. */
export type Consulted = {
  readonly text: string;
  readonly toolCalls: ToolWish[];
  readonly finishReason: string;
  /** Who answered, and what it took. */
  readonly meta: JsonObject;
};

/** Or of one that was not made. */
export type CallRecord = Consulted | { readonly overrun: Overrun };

export interface Call {
  /** The sub-step. */
  readonly name: string;
  readonly question: Question;
  readonly settings: ModelParams;
  /** Under which the answer is kept for others; and whether one of them may be taken. */
  readonly cache?: { readonly key: string; readonly recall: boolean } | undefined;
  /** Allowed after an overrun. */
  readonly topUp?: TopUp | undefined;
}

/** @throws NodeFailure with what it took in its details */
export async function callModel(
  context: DurableContext<unknown>,
  call: Call,
  { signal }: StepContext,
): Promise<CallRecord> {
  const { ai, attempt } = context;
  const { name, settings, cache } = call;
  const given = cache?.recall === true ? await recalled(context, cache.key) : undefined;
  if (given !== undefined) return given;
  if (call.topUp !== undefined) await ai.topUp(call.topUp);
  const question = bounded(call);
  const { model } = question;
  const reservation = await ai.reserve({ call: name, model, most: mostOf(question), budget: settings.budget });
  if (reservation.kind === "unpriced") throw new NodeFailure(unpriced(model));
  if (reservation.kind === "overrun") {
    const { kind: _, ...overrun } = reservation;
    return { overrun: { call: name, attempt, model, ...overrun } };
  }
  const charge = (charged: Charge): Promise<number | null> => ai.settle(reservation.id, charged);
  const consulted = await asked(context, { ...call, question }, { signal, charge });
  if (cache !== undefined && settings.cache !== undefined) {
    const forMs = parseDuration(settings.cache.for);
    const kept = { value: keepable(consulted), meta: consulted.meta, forMs };
    // It is paid for: that others can't have it is no reason to ask again.
    await ai.keep(cache.key, kept).catch((error: unknown) => {
      context.log.warn("an answer could not be kept for others", { reason: String(error) });
    });
  }
  return consulted;
}

interface Means {
  readonly signal: AbortSignal;
  readonly charge: (charge: Charge) => Promise<number | null>;
}

async function asked(
  context: DurableContext<unknown>,
  { name, question, settings }: Call,
  { signal, charge }: Means,
): Promise<Consulted> {
  const { ai, now } = context;
  const { model } = question;
  const live = ai.live(name);
  let answer: Answer;
  try {
    using patience = new Patience(settings.limits ?? {});
    const listener = { signal, patience, write: (delta: string) => live.write(delta) };
    answer = await ask(ai.settings, question, listener);
  } catch (error) {
    live.end("failed");
    const { cause, usage: told } = error instanceof AskError ? error : { cause: error, usage: NO_TOKENS };
    const isUnknown = isUntold(told) && mayHaveCost(cause);
    const usage = isUnknown ? mostOf(question) : told;
    const costUsd = await charge({ ...usage, outcome: isUnknown ? "unknown" : "failed", model });
    const facts = { keys: keysOf(ai.settings), model, now: now(), signal };
    throw failed(modelError(cause, facts), {
      model,
      ...billMeta({ usage, costUsd }),
    });
  }
  const judgment = judge(answer, question);
  live.end(judgment.ok ? "answered" : "failed");
  const outcome = judgment.ok || judgment.error.code !== BROKEN || !isUntold(answer.usage) ? "answered" : "unknown";
  const usage = usageOf(answer, question, outcome);
  const costUsd = await charge({ ...usage, outcome, model: answer.model });
  const meta = metaOf({ ...answer, usage }, costUsd);
  if (!judgment.ok) throw failed(judgment.error, meta);
  return { text: judgment.text, toolCalls: [...answer.toolCalls], finishReason: answer.finishReason, meta };
}

/** A provider that tells nothing of tokens charges for them all the same: they are guessed as they were before the call. */
function usageOf(answer: Answer, question: Question, outcome: Charge["outcome"]): TokenCounts {
  if (!isUntold(answer.usage)) return answer.usage;
  return outcome === "unknown" ? mostOf(question) : guessOf(question, answer);
}

function metaOf({ model, finishReason, usage, warnings }: Answer, costUsd: number | null): JsonObject {
  return {
    model,
    finishReason,
    ...billMeta({ usage, costUsd }),
    ...(warnings.length > 0 && { warnings: [...warnings] }),
  };
}

function failed(error: StepError, meta: JsonObject): NodeFailure {
  return new NodeFailure({ ...error, details: { ...(isJsonObject(error.details) && error.details), ...meta } });
}

/** What is set aside has to be the most that it can take: with a budget no answer is without end. */
function bounded({ question, settings }: Call): Question {
  const hasBudget = Object.values(settings.budget ?? {}).some((cap) => cap !== undefined);
  if (!hasBudget) return question;
  return { ...question, maxOutputTokens: question.maxOutputTokens ?? LONGEST_BY_DEFAULT };
}

function unpriced(model: string): StepError {
  return {
    kind: "fatal",
    code: "ai_price_unknown",
    message: `The budget is in money, and what ${model} costs is not known: its price belongs into the variable HOLDFAST_AI_PRICES.`,
    details: { model, ...billMeta({ usage: NO_TOKENS, costUsd: 0 }) },
  };
}

/** What is kept for others. */
function keepable({ text, toolCalls, finishReason }: Consulted): Json {
  return { text, toolCalls, finishReason };
}

async function recalled({ ai }: DurableContext<unknown>, key: string): Promise<Consulted | undefined> {
  const kept = await ai.recall(key);
  if (kept === undefined || !isJsonObject(kept.value)) return undefined;
  const { text, toolCalls, finishReason } = kept.value;
  if (typeof text !== "string" || typeof finishReason !== "string" || !Array.isArray(toolCalls)) return undefined;
  const meta: JsonObject = {
    ...kept.meta,
    ...billMeta({ usage: NO_TOKENS, costUsd: 0 }),
    cached: { key, hits: kept.hits },
  };
  return { text, toolCalls: toolCalls.flatMap(wishOf), finishReason, meta };
}

function wishOf(value: Json): ToolWish[] {
  if (!isJsonObject(value)) return [];
  const { id, name, input = null, invalid, signature } = value;
  if (typeof id !== "string" || typeof name !== "string") return [];
  const more = {
    ...(typeof invalid === "string" && { invalid }),
    ...(typeof signature === "string" && { signature }),
  };
  return [{ id, name, input, ...more }];
}
