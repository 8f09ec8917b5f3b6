/** Money and tokens of language models, in words. */
import type { Language } from "../words/language.ts";

/** US dollars; of less than a cent as many digits as say something. */
export function costText(dollars: number, language: Language): string {
  const isSmall = dollars > 0 && dollars < 0.1;
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    ...(isSmall ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 }),
  }).format(dollars);
}

export const countText = (count: number, language: Language): string => new Intl.NumberFormat(language).format(count);
