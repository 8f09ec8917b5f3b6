/** What the cards say while data is shown: what each reads and from where, or what the chosen card reads and gives. */
import { START, type FlowDocument, type NodeManifest } from "@holdfast/dsl";
import { allNodes } from "../flow/graphs.ts";
import { spokenIn } from "../flow/manifests.ts";
import type { Translate } from "../words/use-words.tsx";
import type { CardView } from "./card-view.ts";
import { dataReads, type DataRead } from "./data-reads.ts";
import type { dataWords } from "./data-words.ts";
import { nameOf } from "./node-facts.ts";

export interface DataSource {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  /** The card that is asked about; absent: all of them. */
  readonly chosen: string | undefined;
  readonly t: Translate<keyof (typeof dataWords)["en"]>;
}

export interface DataShown {
  readonly card: (id: string) => Pick<CardView, "sentence" | "dim">;
  /** For those who hear the page: about the chosen card. */
  readonly told: string | undefined;
}

export function dataShown({ flow, manifests, chosen, t }: DataSource): DataShown {
  const nodes = allNodes(flow);
  const reads = dataReads(flow, new Map(spokenIn(flow, manifests).map((manifest) => [manifest.type, manifest])));
  const name = (id: string): string => (id === START ? t("input") : nameOf(id, nodes.get(id)?.node));
  const between = (from: string, to: string): readonly DataRead[] =>
    (reads.get(to) ?? []).filter((read) => read.from === from);
  const readsText = (id: string, froms: readonly string[]): string =>
    froms.length === 0
      ? t("readsNothing")
      : t("reads", { what: froms.map((from) => phrase("from", between(from, id), name(from))).join("; ") });
  const phrase = (word: "from" | "to", values: readonly DataRead[], other: string): string =>
    t(word, { values: values.map(({ path }) => `**${path === "" ? t("all") : path}**`).join(", "), name: other });
  const sources = (id: string): string[] => [...new Set((reads.get(id) ?? []).map(({ from }) => from))];
  const readers = (id: string): string[] => [...nodes.keys()].filter((other) => between(id, other).length > 0);
  const givesText = (id: string, tos: readonly string[]): string =>
    tos.length === 0
      ? t("givesNothing")
      : t("gives", { what: tos.map((to) => phrase("to", between(id, to), name(to))).join("; ") });
  const one = chosen !== undefined && (chosen === START || nodes.has(chosen)) ? chosen : undefined;
  const card = (id: string): Pick<CardView, "sentence" | "dim"> => {
    if (one === undefined) return id === START ? {} : { sentence: readsText(id, sources(id)) };
    if (id === one) return { sentence: id === START ? givesText(id, readers(id)) : readsText(id, sources(id)) };
    if (between(id, one).length > 0) return { sentence: givesText(id, [one]) };
    if (between(one, id).length > 0) return { sentence: readsText(id, [one]) };
    return { dim: true };
  };
  const told =
    one === undefined
      ? undefined
      : t("told", { name: name(one), reads: readsText(one, sources(one)), gives: givesText(one, readers(one)) });
  return { card, told: told?.replaceAll("**", "") };
}
