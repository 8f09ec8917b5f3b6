/** The executor of `ai.classify`. */
import type { JsonObject } from "@holdfast/dsl";
import { isJsonObject } from "@holdfast/dsl";
import { objectOf } from "../ai/answer-error.ts";
import { consult } from "../ai/consult.ts";
import { offlineLabel } from "../ai/offline/label.ts";
import { OFFLINE_META } from "../ai/offline/meta.ts";
import { isOffline } from "../ai/provider.ts";
import { defineNode } from "../define-node.ts";
import { output } from "../outcome.ts";
import { aiClassifyInfo } from "./definition.ts";

/** The smallest objects fit every provider's strict mode: all fields required, none besides. */
function schemaOf(ports: string[]): JsonObject {
  return {
    type: "object",
    properties: {
      label: { enum: ports },
      reason: { type: "string" },
      confidence: { type: "number", minimum: 0, maximum: 1 },
    },
    required: ["label", "reason", "confidence"],
    additionalProperties: false,
  };
}

/** `ai.classify` */
export const aiClassify = defineNode({
  ...aiClassifyInfo,
  durable: true,
  async execute(context) {
    const { prompt, labels, instructions, ...settings } = context.params;
    if (isOffline(context.ai.settings, settings)) {
      const label = offlineLabel(prompt, labels);
      return output({ label, offline: true }, label, OFFLINE_META);
    }
    const list = labels.map(({ port, description }) => `- ${port}${description === "" ? "" : `: ${description}`}`);
    const { text, meta } = await consult(context, {
      name: "ask",
      instructions: [instructions, "Choose the one label that fits the text best:", ...list].filter(Boolean).join("\n"),
      messages: [{ role: "user", content: prompt }],
      schema: schemaOf(labels.map(({ port }) => port)),
      settings,
    });
    const value = objectOf(text);
    const label = isJsonObject(value) && typeof value["label"] === "string" ? value["label"] : "";
    return output(value, label, meta);
  },
});
