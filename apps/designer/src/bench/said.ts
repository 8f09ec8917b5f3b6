/** What each node of a test run does, as its card says it, with the values that it was given. */
import { walkNodes } from "@holdfast/dsl";
import { resolvedSentence } from "../canvas/resolved-sentence.ts";
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
  const sentences = new Map<string, string>();
  for (const { node, params } of story) {
    const manifest = node === undefined ? undefined : manifests.get(types.get(node) ?? "");
    if (node === undefined || params === undefined || manifest === undefined) continue;
    sentences.set(node, resolvedSentence(manifest, params, language));
  }
  return sentences;
}
