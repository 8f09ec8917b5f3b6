/** The executor of `ai.text`. */
import { consult } from "../ai/consult.ts";
import { defineNode } from "../define-node.ts";
import { output } from "../outcome.ts";
import { aiTextInfo } from "./definition.ts";

/** `ai.text` */
export const aiText = defineNode({
  ...aiTextInfo,
  durable: true,
  async execute(context) {
    const { prompt, instructions, ...settings } = context.params;
    const messages = [{ role: "user" as const, content: prompt }];
    const { text, meta } = await consult(context, { name: "ask", instructions, messages, settings });
    return output({ text, ...(meta["offline"] === true && { offline: true }) }, undefined, meta);
  },
});
