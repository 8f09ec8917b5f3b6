/** What the offline model answers to any question. */
import type { JsonObject } from "@holdfast/dsl";
import type { ModelMessage } from "ai";
import { fatalFailure } from "../../failure.ts";
import { schemaChecker } from "../../schema/checker.ts";
import type { Consulted } from "../call-model.ts";
import { OFFLINE_META } from "./meta.ts";
import { offlineObject } from "./object.ts";
import { offlineText } from "./text.ts";

const check = schemaChecker();

/** @throws NodeFailure `ai_offline_unfit` */
export function offlineAnswer({
  messages,
  schema,
}: {
  readonly messages: readonly ModelMessage[];
  readonly schema?: JsonObject | undefined;
}): Consulted {
  const prompt = promptOf(messages);
  return {
    text: schema === undefined ? offlineText(prompt) : JSON.stringify(fitting(prompt, schema)),
    toolCalls: [],
    finishReason: "stop",
    meta: OFFLINE_META,
  };
}

function fitting(prompt: string, schema: JsonObject): ReturnType<typeof offlineObject> {
  const value = offlineObject(prompt, schema);
  const problem = check(schema, value);
  if (problem === undefined) return value;
  throw fatalFailure(
    "ai_offline_unfit",
    `The offline model can't make up an answer of this shape: ${problem.message}`,
    "/params/schema",
  );
}

/** What was said last by whoever asks. */
function promptOf(messages: readonly ModelMessage[]): string {
  const content = messages.findLast(({ role }) => role === "user")?.content ?? "";
  if (typeof content === "string") return content;
  return content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
}
