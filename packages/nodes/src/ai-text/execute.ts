/** The executor of `ai.text`. */
import { answerError, answerMeta } from "../ai/answer-error.ts";
import { ask } from "../ai/ask.ts";
import { modelError } from "../ai/classify.ts";
import { OFFLINE_META } from "../ai/offline/meta.ts";
import { offlineText } from "../ai/offline/text.ts";
import { DEFAULT_MODEL } from "../ai/provider.ts";
import { defineNode } from "../define-node.ts";
import { fail, output } from "../outcome.ts";
import { aiTextInfo } from "./definition.ts";

/** `ai.text` */
export const aiText = defineNode({
  ...aiTextInfo,
  async execute({ params, signal, ai: { settings: ai }, now }) {
    const { apiKey } = ai;
    if (apiKey === undefined) {
      return output({ text: offlineText(params.prompt), offline: true }, undefined, OFFLINE_META);
    }
    const model = params.model ?? ai.model ?? DEFAULT_MODEL;
    try {
      const answer = await ask(
        { ...ai, apiKey },
        { ...params, model, messages: [{ role: "user", content: params.prompt }] },
        signal,
      );
      const problem = answerError(answer);
      return problem ? fail(problem) : output({ text: answer.text }, undefined, answerMeta(answer));
    } catch (error) {
      return fail(modelError(error, { apiKey, model, now: now(), signal }));
    }
  },
});
