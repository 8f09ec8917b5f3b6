/** The executor of `ai.object`. */
import type { Json, JsonObject, Outcome } from "@holdfast/dsl";
import type { ModelMessage } from "ai";
import type { z } from "zod";
import type { ActionContext } from "../action.ts";
import { answerError, answerMeta } from "../ai/answer-error.ts";
import { addUsage, ask, type Answer, type Usage } from "../ai/ask.ts";
import { modelError } from "../ai/classify.ts";
import { OFFLINE_META } from "../ai/offline/meta.ts";
import { offlineObject } from "../ai/offline/object.ts";
import { DEFAULT_MODEL } from "../ai/provider.ts";
import { defineNode } from "../define-node.ts";
import { isJson } from "../json.ts";
import { fail, fatal, output } from "../outcome.ts";
import { schemaChecker } from "../schema/checker.ts";
import { aiObjectInfo } from "./definition.ts";

type Context = ActionContext<z.output<(typeof aiObjectInfo)["params"]>>;

const check = schemaChecker();

/** `ai.object` */
export const aiObject = defineNode({
  ...aiObjectInfo,
  async execute(context) {
    const { params, signal, now } = context;
    const { settings: ai } = context.ai;
    const { apiKey } = ai;
    if (apiKey === undefined) return offline(params.prompt, params.schema);
    const model = params.model ?? ai.model ?? DEFAULT_MODEL;
    try {
      return await askAndRepair(context, apiKey, model);
    } catch (error) {
      const repair = error instanceof RepairFailed ? error : undefined;
      const failure = modelError(repair ? repair.cause : error, { apiKey, model, now: now(), signal });
      return fail(repair ? { ...failure, details: { model, usage: { ...repair.paid } } } : failure);
    }
  },
});

/** A repair that failed for a reason of its own; the first answer was paid for all the same. */
class RepairFailed extends Error {
  readonly paid: Usage;

  constructor(cause: unknown, paid: Usage) {
    super("The repair turn failed.", { cause });
    this.paid = paid;
  }
}

/** An answer that does not fit is shown to the model once, with what is wrong. What it costs is counted in full. */
async function askAndRepair(
  { params, signal, ai: { settings: ai } }: Context,
  apiKey: string,
  model: string,
): Promise<Outcome> {
  const messages: ModelMessage[] = [{ role: "user", content: params.prompt }];
  const first = await ask({ ...ai, apiKey }, { ...params, model, messages }, signal);
  const refused = answerError(first);
  if (refused && refused.code !== "ai_answer_empty") return fail(refused);
  const looked = read(first, params.schema);
  if (looked.ok) return output(looked.value, undefined, answerMeta(first));

  messages.push(
    { role: "assistant", content: first.text === "" ? "(nothing)" : first.text },
    {
      role: "user",
      content: `That answer can't be used: ${looked.problem} Answer again with only the JSON that fits the schema.`,
    },
  );
  const second = await ask({ ...ai, apiKey }, { ...params, model, messages }, signal).catch((cause: unknown) => {
    throw new RepairFailed(cause, first.usage);
  });
  const both: Answer = { ...second, usage: addUsage(first.usage, second.usage) };
  const refusedAgain = answerError(both);
  if (refusedAgain) return fail(refusedAgain);
  const again = read(both, params.schema);
  if (again.ok) return output(again.value, undefined, { ...answerMeta(both), repaired: true });
  return fail({
    kind: "error",
    code: "ai_object_invalid",
    message: `The model's answer does not fit, also when asked again: ${again.problem}`,
    details: answerMeta(both),
  });
}

type Reading = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: string };

/** Parses and checks by our own validator, whatever the provider promised. */
function read(answer: Answer, schema: JsonObject): Reading {
  let value: unknown;
  try {
    value = JSON.parse(unfenced(answer.text));
  } catch {
    return { ok: false, problem: "it is not JSON." };
  }
  if (!isJson(value)) return { ok: false, problem: "it is not JSON." };
  const problem = check(schema, value);
  return problem ? { ok: false, problem: problem.message } : { ok: true, value };
}

/** Models without a JSON mode like to wrap their answer in a code block. */
function unfenced(text: string): string {
  return /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text;
}

function offline(prompt: string, schema: JsonObject): Outcome {
  const value = offlineObject(prompt, schema);
  const problem = check(schema, value);
  return problem
    ? fatal("ai_offline_unfit", `The offline model can't make up an answer of this shape: ${problem.message}`, {
        pointer: "/params/schema",
      })
    : output(value, undefined, OFFLINE_META);
}
