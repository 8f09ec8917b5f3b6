/**
 * Texts of the interface, next to the code that shows them: each area has one `words.ts` with English and Ukrainian side
 * by side. The compiler holds them complete, a test holds their placeholders and plural forms equal.
 *
 * Texts are ICU messages: `"{count, plural, one {# run} other {# runs}}"`, `"<b>{name}</b> approved this"`.
 */
import type { Language } from "./language.ts";

export type Texts = Readonly<Record<string, string>>;

/** The texts of one area in every language. */
export type Words<Key extends string = string> = { readonly [language in Language]: Readonly<Record<Key, string>> };

export function defineWords<const English extends Texts>(
  en: English,
  uk: { readonly [key in keyof English]: string },
): Words<Extract<keyof English, string>> {
  return { en, uk };
}
