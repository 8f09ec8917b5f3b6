/** Amounts with the digits of their currency (ISO 4217). */
import { FunctionFailure } from "./failure.ts";
import { roundDecimal, roundToText } from "./decimal.ts";

const DEFAULT_DIGITS = 2;
const DIGITS: ReadonlyMap<string, number> = new Map([
  ...currencies(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
  ...currencies(3, "BHD IQD JOD KWD LYD OMR TND"),
  ...currencies(4, "CLF UYW"),
]);

function currencies(digits: number, codes: string): [string, number][] {
  return codes.split(" ").map((code) => [code, digits]);
}

/** Decimals of a currency; two where ISO 4217 names no other number. */
function currencyDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new FunctionFailure("type_error", `${JSON.stringify(currency)} is not a currency code such as "EUR"`);
  }
  return DIGITS.get(currency) ?? DEFAULT_DIGITS;
}

/** `money(12.345, "EUR")` → 12.35, `money(12.5, "JPY")` → 13. Half up, away from zero. */
export function money(value: number | string, currency?: string): number {
  return roundDecimal(value, currency === undefined ? DEFAULT_DIGITS : currencyDigits(currency));
}

/** `moneyText(12.5, "EUR")` → "12.50 EUR"; without a currency "12.50". */
export function moneyText(value: number | string, currency?: string): string {
  if (currency === undefined) return roundToText(value, DEFAULT_DIGITS);
  return `${roundToText(value, currencyDigits(currency))} ${currency}`;
}
