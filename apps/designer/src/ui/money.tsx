import type { JSX } from "react";
import type { Language } from "../words/language.ts";
import { useLanguage } from "../words/use-words.tsx";

/** An amount in the reader's notation: €129.90; 129,90 €. An unknown currency stands as it is. */
export function moneyText(amount: number | string, currency: string, language: Language): string {
  const value = Number(amount);
  if (!Number.isFinite(value)) return `${amount} ${currency}`;
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(
      value,
    );
  } catch {
    return `${new Intl.NumberFormat(language).format(value)} ${currency}`;
  }
}

export function Money({ amount, currency }: { amount: number | string; currency: string }): JSX.Element {
  return <span className="tabular-nums whitespace-nowrap">{moneyText(amount, currency, useLanguage())}</span>;
}
