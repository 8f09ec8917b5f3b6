/** Figures in words. */
import type { Outputs } from "../../rpc/outputs.ts";
import { durationText } from "../../ui/time.ts";
import type { Language } from "../../words/language.ts";
import type { Translate } from "../../words/use-words.tsx";
import type { words } from "./words.ts";

export type Insights = Outputs["insights"]["read"];
export type Decisions = Insights["total"];
export type Open = Insights["open"]["total"];
export type T = Translate<keyof (typeof words)["en"]>;

/** What a row of a chart is about. */
export interface Named<Figures> {
  readonly key: string;
  readonly name: string;
  readonly figures: Figures;
}

type ForWhom = Pick<Insights["byGroup"][number], "kind" | "name">;

export const byFlow = <Row extends { readonly flow: string; readonly name: string }>(
  rows: readonly Row[],
): readonly Named<Row>[] => rows.map((row) => ({ key: row.flow, name: row.name, figures: row }));

export const byGroup = <Row extends ForWhom>(rows: readonly Row[], t: T): readonly Named<Row>[] =>
  rows.map((row) => ({
    key: `${row.kind}:${row.name}`,
    name: t(`for_${row.kind}`, { name: row.name }),
    figures: row,
  }));

export const lengthText = (ms: number | null, language: Language): string =>
  ms === null ? "–" : durationText(ms, language);

export const shareText = (part: number, of: number, language: Language): string =>
  of === 0 ? "–" : new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(part / of);

export const openCount = ({ day, threeDays, week, older }: Open): number => day + threeDays + week + older;
