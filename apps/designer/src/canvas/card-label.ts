/** What a screen reader hears of a card. */
import type { Translate } from "../words/use-words.tsx";
import type { CardView } from "./card-view.ts";
import type { NodeFacts } from "./node-facts.ts";
import { portWord } from "./node-words.ts";
import { partsOf } from "./sentence.tsx";
import type { words } from "./words.ts";

type Key = keyof (typeof words)["en"];

export interface LabelSource {
  readonly facts: NodeFacts;
  readonly view: CardView;
  /** Where a port leads: the target's name, `end`, or nothing. */
  readonly targets: Readonly<Record<string, string | undefined>>;
  readonly ends: ReadonlySet<string>;
}

/** Name, sentence, state, problems, ways out. */
export function cardLabel({ facts, view, targets, ends }: LabelSource, t: Translate<Key>): string {
  const sentence = (view.sentence === undefined ? facts.sentence : partsOf(view.sentence))
    .map(({ text }) => text)
    .join("");
  const said = [
    facts.name,
    sentence,
    facts.joinsAny ? t("joinAny") : "",
    view.state === undefined ? "" : t(view.state),
    view.badge?.text ?? "",
    view.diff === undefined || view.diff === "same" ? "" : t(view.diff),
    view.count ?? "",
    ...(view.problems ?? []).map(({ text, severity }) => t(severity === "error" ? "problem" : "warning", { text })),
    facts.undo === undefined ? "" : t("undoes", { what: facts.undo }),
    ...waysOut({ facts, targets, ends }, t),
  ];
  return said
    .filter((text) => text !== "")
    .map((text) => (/[.?!…]$/.test(text) ? text : `${text}.`))
    .join(" ");
}

function waysOut({ facts, targets, ends }: Omit<LabelSource, "view">, t: Translate<Key>): string[] {
  if (facts.terminal) return [t("endsHere")];
  const single = facts.ports.length === 1;
  return facts.ports.map((port) => {
    const target = targets[port];
    const name = portWord(port, t.language);
    if (ends.has(port) && target === undefined) return single ? t("endsHere") : t("leadsEnd", { port: name });
    if (target === undefined) return t("leadsNowhere", { port: name });
    return single ? t("leadsOn", { target }) : t("leadsTo", { port: name, target });
  });
}
