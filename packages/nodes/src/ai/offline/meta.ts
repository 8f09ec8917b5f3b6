/** How an offline answer is marked. */
import type { JsonObject } from "@holdfast/dsl";

/**
 * The `meta` of every step that the offline model answered. Whoever shows such an output says so; `offline` is
 * absent where a provider answered.
 */
export const OFFLINE_META: JsonObject = {
  offline: true,
  model: "offline",
  finishReason: "stop",
  usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
};
