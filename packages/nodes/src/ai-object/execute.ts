/** The executor of `ai.object`. */
import { objectOf } from "../ai/answer-error.ts";
import { consult } from "../ai/consult.ts";
import { defineNode } from "../define-node.ts";
import { output } from "../outcome.ts";
import { aiObjectInfo } from "./definition.ts";

/** `ai.object` */
export const aiObject = defineNode({
  ...aiObjectInfo,
  durable: true,
  async execute(context) {
    const { prompt, instructions, schema, ...settings } = context.params;
    const messages = [{ role: "user" as const, content: prompt }];
    const { text, meta } = await consult(context, { name: "ask", instructions, messages, schema, settings });
    return output(objectOf(text), undefined, meta);
  },
});
