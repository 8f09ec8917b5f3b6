/** Flows that work, to begin with. They are the examples of the repository, fetched when one is chosen. */
import type { JsonObject } from "@holdfast/dsl";
import type { Language } from "../../words/language.ts";
import { words } from "./words.ts";

type Word = keyof (typeof words)["en"];

export interface Pattern {
  readonly file: string;
  readonly name: Word;
  readonly text: Word;
}

export const PATTERNS: readonly Pattern[] = [
  { file: "refund", name: "refund", text: "refundPattern" },
  { file: "customer-message", name: "customerMessage", text: "customerMessageText" },
  { file: "goodwill", name: "goodwill", text: "goodwillText" },
  { file: "onboarding", name: "onboarding", text: "onboardingText" },
  { file: "first-answer", name: "firstAnswer", text: "firstAnswerText" },
  { file: "order-lines", name: "orderLines", text: "orderLinesText" },
  { file: "trip-booking", name: "trip", text: "tripText" },
  { file: "export-report", name: "report", text: "reportText" },
  { file: "exchange-rate", name: "rate", text: "rateText" },
];

const FILES = import.meta.glob<JsonObject>("../../../../../examples/*.flow.json", {
  import: "default",
});

/** The document of a pattern, under its name in the reader's language. */
export async function patternDocument(file: string, language: Language): Promise<JsonObject> {
  const load = FILES[`../../../../../examples/${file}.flow.json`];
  if (load === undefined) throw new Error(`there is no pattern “${file}”`);
  const { $schema: _, ...document } = await load();
  const name = PATTERNS.find((pattern) => pattern.file === file)?.name;
  return language === "en" || name === undefined ? document : { ...document, name: words[language][name] };
}
