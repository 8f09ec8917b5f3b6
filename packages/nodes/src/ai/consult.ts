/**
 * Asks language models so that it is remembered: each call that was answered is a sub-step, and is never paid for twice.
 *
 * The models of the list are asked in turn, each of them once more if its answer has not the asked-for shape. What
 * failed is written down before the next call is made. Budgets are asked for before each call; more than they allow is
 * somebody's task.
 */
import type { JsonObject, StepError } from "@holdfast/dsl";
import type { ModelMessage } from "ai";
import type { DurableContext } from "../action.ts";
import { failureOf, NodeFailure } from "../failure.ts";
import { unfitAnswer } from "./answer-error.ts";
import type { OfferedTool, Question } from "./ask.ts";
import { askForMore, pauseBefore, type TopUp } from "./budget-task.ts";
import { cacheKey } from "./cache-key.ts";
import { callModel, type Call, type Consulted } from "./call-model.ts";
import { offlineAnswer } from "./offline/answer.ts";
import type { ModelParams } from "./params.ts";
import type { Limits } from "./patience.ts";
import { isOffline, modelsOf, serverOf } from "./provider.ts";
import { wholeFailure, wholeMeta } from "./tries.ts";

export type { Consulted } from "./call-model.ts";

export interface Consultation {
  /** Begins the names of its sub-steps and tells it apart: `ask`, `turn-3`. */
  readonly name: string;
  readonly instructions?: string | undefined;
  readonly messages: readonly ModelMessage[];
  /** The answer is JSON of that shape. */
  readonly schema?: JsonObject | undefined;
  /** Offered; the calls that the model wishes for are given back. */
  readonly tools?: readonly OfferedTool[] | undefined;
  /** The shared params of every AI node. */
  readonly settings: ModelParams;
}

/** Of a model with others behind it, unless the node says otherwise: one that hangs must not use up the attempt's time. */
const PATIENCE: Limits = { first: "1m", between: "1m" };

/**
 * Asks. An answer whose shape was asked for is parsed and checked before it counts.
 * @throws NodeFailure that tells of every try, and what all of them took
 */
export async function consult(context: DurableContext<unknown>, consultation: Consultation): Promise<Consulted> {
  if (isOffline(context.ai.settings, consultation.settings)) return offlineAnswer(consultation);
  const { settings, name, messages, instructions, schema, tools } = consultation;
  const { temperature, maxOutputTokens } = settings;
  const models = modelsOf(context.ai.settings, settings);
  const asked = { instructions, messages, schema, tools, temperature, maxOutputTokens };
  // What another server calls by the same name is another model.
  const whom = models.map((model) => [serverOf(context.ai.settings, model), model] as const);
  const key = settings.cache && cacheKey(whom, asked);
  const failures: StepError[] = [];
  for (const [index, model] of models.entries()) {
    const call: Call = {
      name: index === 0 ? name : `${name}.m${index + 1}`,
      question: { ...asked, model },
      settings: index < models.length - 1 ? { ...settings, limits: { ...PATIENCE, ...settings.limits } } : settings,
      cache: key === undefined ? undefined : { key, recall: index === 0 },
    };
    const answer = await askAndRepair(context, call, failures);
    if (answer !== undefined) return { ...answer, meta: wholeMeta(answer.meta, failures) };
  }
  throw new NodeFailure(wholeFailure(failures));
}

/** An answer that does not fit is shown to the model once, with what is wrong. */
async function askAndRepair(
  context: DurableContext<unknown>,
  call: Call,
  failures: StepError[],
): Promise<Consulted | undefined> {
  const first = await tried(context, call, failures);
  if (first.answer !== undefined) return first.answer;
  const unfit = unfitAnswer(first.failure);
  if (unfit === undefined) return undefined;
  const question: Question = { ...call.question, messages: [...call.question.messages, ...repairTurn(unfit)] };
  const cache = call.cache && { ...call.cache, recall: false };
  const second = await tried(context, { ...call, name: `${call.name}.repair`, question, cache }, failures);
  return second.answer && { ...second.answer, meta: { ...second.answer.meta, repaired: true } };
}

type Tried =
  | { readonly answer: Consulted; readonly failure?: undefined }
  | { readonly answer?: undefined; readonly failure: StepError };

async function tried(context: DurableContext<unknown>, call: Call, failures: StepError[]): Promise<Tried> {
  const last = failures.at(-1);
  if (last !== undefined) {
    // A finished sub-step takes the failed one before it to the database: after a crash that call is not made again.
    await context.step(`${call.name}.after-${context.attempt}`, () => ({ code: last.code, message: last.message }));
  }
  try {
    return { answer: await withinBudget(context, call) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined || isFinal(failure, context.signal)) throw error;
    failures.push(failure);
    return { failure };
  }
}

/** Nobody else is asked when a person has said no, or the attempt is over. */
function isFinal({ code }: StepError, signal: AbortSignal): boolean {
  return code === "ai_budget_refused" || signal.aborted;
}

async function withinBudget(context: DurableContext<unknown>, call: Call): Promise<Consulted> {
  let topUp: TopUp | undefined;
  for (let round = 1; ; round += 1) {
    const name = round === 1 ? call.name : `${call.name}.r${round}`;
    const given = { ...call, name, topUp };
    const record = await context.step(name, (step) => callModel(context, given, step));
    if (!("overrun" in record)) return record;
    const pause = pauseBefore(record.overrun, round);
    if (pause === undefined) topUp = await askForMore(context, record.overrun);
    else await context.wait({ name: `${name}.room`, for: pause });
  }
}

function repairTurn({ problem, answer }: { readonly problem: string; readonly answer: string }): ModelMessage[] {
  return [
    { role: "assistant", content: answer === "" ? "(nothing)" : answer },
    {
      role: "user",
      content: `That answer can't be used: ${problem} Answer again with only the JSON that fits the schema.`,
    },
  ];
}
