/** Amounts in texts of flows, as `moneyText` writes them ("12800 JPY", "1280.50 EUR"), in the reader's notation. */
import { moneyText } from "@holdfast/dsl";
import type { Language } from "../words/language.ts";

/** No digit, letter or point around it: a part of a longer number or name is no amount. */
const AMOUNT = /(?<![\p{L}\d.,-])(-?\d+(?:\.\d+)?) ([A-Z]{3})(?![\p{L}\d-])/gu;

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** Only what has exactly the digits of its currency is one; the rest stands as it was written. */
export function withMoney(text: string, language: Language): string {
  return text.replaceAll(AMOUNT, (written: string, amount: string, currency: string) => {
    if (!CURRENCIES.has(currency) || moneyText(amount, currency) !== written) return written;
    const digits = amount.split(".")[1]?.length ?? 0;
    const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(language, { style: "currency", currency, ...format }).format(Number(amount));
  });
}
