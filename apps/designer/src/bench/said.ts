/** What each node of a test run does, as its card says it, with the values that it was given. */
import { sentenceParts, walkNodes } from "@holdfast/dsl";
import { localManifest, sentenceWords } from "../canvas/node-words.ts";
import type { Language } from "../words/language.ts";
import type { World } from "./model/play.ts";
import type { BenchView } from "./model/view.ts";

/** By node, for those that were reached; `**` marks values. */
export function sentencesOf(
  { flow, manifests }: World,
  { story }: BenchView,
  language: Language,
): ReadonlyMap<string, string> {
  const types = new Map([...walkNodes(flow)].map(({ id, node }) => [id, node.type]));
  const words = sentenceWords(language);
  const sentences = new Map<string, string>();
  for (const { node, params } of story) {
    const manifest = node === undefined ? undefined : manifests.get(types.get(node) ?? "");
    if (node === undefined || params === undefined || manifest === undefined) continue;
    const parts = sentenceParts(localManifest(manifest, language), params, words);
    sentences.set(node, parts.map(({ text, value }) => (value ? `**${text}**` : text)).join(""));
  }
  return sentences;
}
