/** Before anything is drawn: the theme and the language of this device. */
import { preferredLanguage, storedLanguage } from "../words/language.ts";
import { applyTheme, storedTheme } from "./theme.ts";

applyTheme(document.documentElement, storedTheme(localStorage));
document.documentElement.lang = storedLanguage(localStorage) ?? preferredLanguage(navigator.languages);
