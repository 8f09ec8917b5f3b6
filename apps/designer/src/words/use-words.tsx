import { createContext, use, useMemo, type ReactNode } from "react";
import type { Language } from "./language.ts";
import { formatNodes, formatText, type Values } from "./message.ts";
import type { Words } from "./words.ts";

const LanguageContext = createContext<Language>("en");

export const LanguageProvider = LanguageContext.Provider;
export const useLanguage = (): Language => use(LanguageContext);

export interface Translate<Key extends string> {
  /** The text in the person's language. */
  (key: Key, values?: Readonly<Record<string, string | number | Date>>): string;
  /** The same where values or tags are elements. */
  rich(key: Key, values: Values): ReactNode;
  readonly language: Language;
}

/** `const t = useWords(words)`, then `t("empty")`, `t("left", { days: 2 })`, `t.rich("who", { b: bold })`. */
export function useWords<Key extends string>(words: Words<Key>): Translate<Key> {
  const language = useLanguage();
  return useMemo(() => translator(words, language), [words, language]);
}

export function translator<Key extends string>(words: Words<Key>, language: Language): Translate<Key> {
  const texts = words[language];
  return Object.assign((key: Key, values?: Values) => formatText(texts[key], language, values), {
    rich: (key: Key, values: Values) => formatNodes(texts[key], language, values),
    language,
  });
}
