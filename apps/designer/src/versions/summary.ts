/** What has changed, written as a person would into the history. */
import type { FlowDocument } from "@holdfast/dsl";
import { allNodes } from "../flow/graphs.ts";
import type { Language } from "../words/language.ts";
import { translator } from "../words/use-words.tsx";
import type { ChangeGroup, ChangeRow } from "./change-groups.ts";
import { isText } from "./change-groups.ts";
import { valueText } from "./value-text.ts";
import { words } from "./words.ts";

/** More fields of one card, and more cards, are only counted. */
const MOST_FIELDS = 3;
const MOST_GROUPS = 6;
/** Longer values are not quoted. */
const LONG = 40;

export function firstSummary(flow: FlowDocument, language: Language): string {
  return translator(words, language)("sumFirst", { count: allNodes(flow).size });
}

export function writeSummary(groups: readonly ChangeGroup[], language: Language): string {
  const t = translator(words, language);
  if (groups.length === 0) return t("sumNothing");
  const names = (kind: ChangeGroup["kind"]): string =>
    groups
      .filter((group) => group.kind === kind)
      .map(({ title }) => title)
      .join(", ");
  const changed = groups.filter(({ kind }) => kind === "changed");
  const sentences = changed.slice(0, MOST_GROUPS).map((group) => sentenceOf(group, language));
  const [added, removed] = [names("added"), names("removed")];
  return [
    ...(added === "" ? [] : [t("sumNew", { names: added })]),
    ...sentences,
    ...(removed === "" ? [] : [t("sumRemoved", { names: removed })]),
    ...(changed.length > MOST_GROUPS ? [t("moreNodes", { count: changed.length - MOST_GROUPS })] : []),
  ].join(" ");
}

/** "Manager approval: deadline 7 days instead of 3 days, timeout goes to Escalate." */
export function sentenceOf(group: ChangeGroup, language: Language): string {
  const t = translator(words, language);
  const fields = group.rows.slice(0, MOST_FIELDS).map((row) => fieldText(row, language));
  const more = group.rows.length - fields.length;
  if (more > 0) fields.push(t("moreFields", { count: more }));
  return t("sumChanged", { name: group.title, fields: fields.join(", ") });
}

function fieldText({ label, before, after }: ChangeRow, language: Language): string {
  const t = translator(words, language);
  const small = label.charAt(0).toLocaleLowerCase(language) + label.slice(1);
  if (after === undefined) return t("unset", { label: small });
  const is = valueText(after, language);
  if (is.length > LONG || (isText(before) && isText(after) && is.length > LONG / 2)) {
    return t("newText", { label: small });
  }
  if (before === undefined) return t("set", { label: small, after: is });
  const was = valueText(before, language);
  return was.length > LONG
    ? t("set", { label: small, after: is })
    : t("change", { label: small, before: was, after: is });
}
