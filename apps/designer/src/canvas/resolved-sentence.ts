import { sentenceParts, type JsonObject, type NodeManifest } from "@holdfast/dsl";
import type { Language } from "../words/language.ts";
import { localManifest, sentenceWords } from "./node-words.ts";

/** What a node does with the values that it was given; `**` marks them, as in the sentence of a `CardView`. */
export function resolvedSentence(manifest: NodeManifest, params: JsonObject, language: Language): string {
  const parts = sentenceParts(localManifest(manifest, language), params, sentenceWords(language));
  return parts.map(({ text, value }) => (value ? `**${text}**` : text)).join("");
}
