/** Wired parts that the palette offers beside single nodes. */
import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import type { Language } from "../words/language.ts";
import { leadTo } from "./edges.ts";
import { pasteFragment } from "./fragment.ts";
import actAndConfirm from "./patterns/act-and-confirm.json" with { type: "json" };
import askRemindEscalate from "./patterns/ask-remind-escalate.json" with { type: "json" };

/** Each has a name in the words of the palette. */
export const PATTERNS = { askRemindEscalate, actAndConfirm } as const;

export type PatternName = keyof typeof PATTERNS;

export interface PatternOptions {
  readonly manifests: readonly NodeManifest[];
  readonly at?: { readonly x: number; readonly y: number };
  /** The port that leads to its first node. */
  readonly after?: { readonly from: string; readonly port?: string };
  readonly into?: string;
  /** Of the names and questions in it. */
  readonly language?: Language;
}

/** What stands in the patterns in English. */
const IN_UKRAINIAN: Readonly<Record<string, string>> = {
  Act: "Виконати дію",
  "Wait for the confirmation": "Чекати на підтвердження",
  "Tell that it is late": "Повідомити про затримку",
  "No confirmation after five days": "П’ять днів без підтвердження",
  "Ask the manager": "Запитати керівника",
  "Do you approve?": "Погоджуєте?",
  Escalate: "Передати вище",
  "Nobody has decided. Do you approve?": "Ніхто не вирішив. Погоджуєте?",
};

export function addPattern(
  flow: FlowDocument,
  name: PatternName,
  { manifests, at, after, into, language = "en" }: PatternOptions,
): { flow: FlowDocument; ids: string[] } {
  const pasted = pasteFragment(flow, patternText(name, language), {
    manifests,
    ...(at !== undefined && { at }),
    ...(into !== undefined && { into }),
  });
  const [first] = pasted.ids;
  const placed = withoutPositions(pasted.flow, at === undefined ? pasted.ids : []);
  return { ...pasted, flow: after === undefined || first === undefined ? placed : leadTo(placed, after, first) };
}

/** The pattern as a fragment, in that language. */
export function patternText(name: PatternName, language: Language): string {
  return JSON.stringify(PATTERNS[name], (_key, value: unknown) =>
    language === "uk" && typeof value === "string" ? (IN_UKRAINIAN[value] ?? value) : value,
  );
}

/** Where nobody has chosen a place, layout chooses it. */
function withoutPositions(flow: FlowDocument, ids: readonly string[]): FlowDocument {
  if (flow.layout === undefined) return flow;
  const kept = Object.entries(flow.layout).filter(([id]) => !ids.includes(id));
  const { layout: _, ...rest } = flow;
  return kept.length === 0 ? rest : { ...rest, layout: Object.fromEntries(kept) };
}
