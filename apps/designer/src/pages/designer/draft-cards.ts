/** What a draft says on its cards: what is new or changed since the version it came from, and what is wrong. */
import type { FlowDocument, Issue, NodeSpec } from "@holdfast/dsl";
import type { CardView } from "../../canvas/card-view.ts";
import { portWord } from "../../canvas/node-words.ts";
import { allNodes } from "../../flow/graphs.ts";
import { nodeOf } from "../../problems/groups.ts";
import type { Translate } from "../../words/use-words.tsx";
import type { words } from "./words.ts";

type Text = Translate<keyof (typeof words)["en"]>;

export interface DraftCardsSource {
  readonly flow: FlowDocument;
  readonly base: FlowDocument | null;
  readonly issues: readonly Issue[];
  readonly say: (issue: Issue) => string;
  readonly t: Text;
  readonly onGoTo: (issue: Issue) => void;
}

export function draftCards(source: DraftCardsSource): ReadonlyMap<string, CardView> {
  const { flow, base, issues, say, t, onGoTo } = source;
  const problems = new Map<string, NonNullable<CardView["problems"]>[number][]>();
  for (const issue of issues) {
    const id = nodeOf(flow, issue);
    if (id === undefined) continue;
    const list = problems.get(id) ?? [];
    list.push({ text: shortText(issue, { say, t }), severity: issue.severity, onGoTo: () => onGoTo(issue) });
    problems.set(id, list);
  }
  const before = base === null ? undefined : allNodes(base);
  const views = new Map<string, CardView>();
  for (const { id, node } of allNodes(flow).values()) {
    const badge = before === undefined ? undefined : badgeOf(before.get(id)?.node, node, t);
    const own = problems.get(id);
    if (badge === undefined && own === undefined) continue;
    views.set(id, { ...(badge !== undefined && { badge }), ...(own !== undefined && { problems: worstFirst(own) }) });
  }
  return views;
}

/** On a card there is room for few words: the whole sentence is in the line of problems. */
function shortText(issue: Issue, { say, t }: Pick<DraftCardsSource, "say" | "t">): string {
  if (issue.code === "unreachable_node") return t("unreached");
  if (issue.code !== "unconnected_port") return say(issue);
  const port = [...issue.message.matchAll(/“([^”]+)”/g)].at(-1)?.[1];
  const isNamed = issue.message.includes("port");
  return isNamed && port !== undefined ? t("openPort", { port: portWord(port, t.language) }) : t("openEnd");
}

function worstFirst(problems: NonNullable<CardView["problems"]>): NonNullable<CardView["problems"]> {
  return problems.toSorted((a, b) => (a.severity === b.severity ? 0 : Number(a.severity === "warning") * 2 - 1));
}

function badgeOf(before: NodeSpec | undefined, after: NodeSpec, t: Text): CardView["badge"] {
  if (before === undefined) return { tone: "draft", text: t("fresh") };
  return before === after || JSON.stringify(before) === JSON.stringify(after)
    ? undefined
    : { tone: "draft", text: t("changed") };
}
