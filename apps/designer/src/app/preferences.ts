/** The person's own choices on this device. */
import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { type Language, preferredLanguage, storedLanguage, storeLanguage } from "../words/language.ts";
import { applyTheme, storedTheme, storeTheme, type Theme } from "../theme/theme.ts";

const LETTERS = "holdfast.letters";
const TOURED = "holdfast.toured";

export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  /** Whether single letters are keys. */
  readonly letters: boolean;
  /** Whether the tour was seen or skipped. */
  readonly toured: boolean;
}

function load(): Preferences {
  return {
    language: storedLanguage(localStorage) ?? preferredLanguage(navigator.languages),
    theme: storedTheme(localStorage),
    letters: localStorage.getItem(LETTERS) !== "off",
    toured: localStorage.getItem(TOURED) === "yes",
  };
}

export const preferences = createStore<Preferences>(load);

export function usePreference<Key extends keyof Preferences>(key: Key): Preferences[Key] {
  return useStore(preferences, (state) => state[key]);
}

export function chooseLanguage(language: Language): void {
  storeLanguage(localStorage, language);
  document.documentElement.lang = language;
  preferences.setState({ language });
}

export function chooseTheme(theme: Theme): void {
  storeTheme(localStorage, theme);
  applyTheme(document.documentElement, theme);
  preferences.setState({ theme });
}

export function chooseLetters(letters: boolean): void {
  localStorage.setItem(LETTERS, letters ? "on" : "off");
  preferences.setState({ letters });
}

export function rememberTour(toured: boolean): void {
  localStorage.setItem(TOURED, toured ? "yes" : "no");
  preferences.setState({ toured });
}
