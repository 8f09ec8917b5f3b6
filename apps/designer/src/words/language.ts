/** The languages of the interface, and the person's choice among them. */
export const LANGUAGES = { en: "English", uk: "Українська" } as const;
export type Language = keyof typeof LANGUAGES;

const STORED = "holdfast.language";

const isLanguage = (text: string): text is Language => Object.hasOwn(LANGUAGES, text);

/** The first of the browser's languages that we have, else English. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.toLowerCase().split("-")[0] ?? "").find(isLanguage) ?? "en";
}

export function storedLanguage(storage: Pick<Storage, "getItem">): Language | undefined {
  const stored = storage.getItem(STORED);
  return stored !== null && isLanguage(stored) ? stored : undefined;
}

export function storeLanguage(storage: Pick<Storage, "setItem">, language: Language): void {
  storage.setItem(STORED, language);
}

/** What the page is written in now, for words that are found outside of what is drawn. */
export const pageLanguage = (): Language =>
  typeof document !== "undefined" && document.documentElement.lang === "uk" ? "uk" : "en";
