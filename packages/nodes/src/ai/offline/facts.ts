/**
 * What the offline model understands of a prompt: the labelled facts that prompts of business flows are made of.
 * No intelligence, and no claim to any; the same prompt always gives the same facts.
 */

/** Facts found in a prompt; what is not there is absent. */
export interface Facts {
  readonly order?: string;
  readonly customer?: string;
  /** What was paid. Where several totals are named, the smallest, so that nobody gets more by naming another. */
  readonly total?: number;
  /** What is asked for. */
  readonly requested?: number;
  readonly currency?: string;
  readonly reason?: string;
  readonly comment?: string;
  /** Speaks for granting what is asked. */
  readonly eligible: boolean;
}

const NUMBER = String.raw`(-?\d{1,3}(?:[ ,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|-?\d+(?:[.,]\d{1,2})?)`;
// Between a label and its value may stand a sign, a currency or a few words, but no other number and no new line.
const GAP = String.raw`[^\d\n-]{0,24}?`;

const TOTAL = new RegExp(String.raw`\b(?:order total|total|paid|order value)\b${GAP}${NUMBER}`, "gi");
const REQUESTED = new RegExp(String.raw`\b(?:refund ?amount|requested(?: amount)?|amount)\b${GAP}${NUMBER}`, "i");
const CURRENCY = /\b(EUR|USD|GBP|UAH|PLN|CHF|SEK|JPY|CAD|AUD)\b/;
const ORDER = /\b([A-Z]{2,5}-\d{2,})\b|\border(?: (?:id|no|number))?[:# ]+([\w-]*\d[\w-]*)/i;
const CUSTOMER =
  /\b(?:[Cc]ustomer(?:['’]s)?(?: name)?|[Cc]lient|[Nn]ame|[Dd]ear|[Tt]ell|[Tt]o)\b["':, ]+(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,3})/u;
const NOT_ELIGIBLE =
  /refundable["']?\s*[:=]?\s*(?:is\s+)?(?:false|no\b)|\bnot[- ]refundable|\bnon-refundable|\bnot eligible|\bfinal sale|\balready refunded|\bcan(?:'|’|no)t be refunded/i;

/** Reads the facts out of a prompt. */
export function factsOf(prompt: string): Facts {
  const totals = [...prompt.matchAll(TOTAL)].map((match) => toNumber(match[1])).filter((total) => total >= 0);
  const requested = REQUESTED.exec(prompt)?.[1];
  const order = ORDER.exec(prompt);
  return {
    ...present("order", order?.[1] ?? order?.[2]),
    ...present("customer", CUSTOMER.exec(prompt)?.[1]),
    ...(totals.length > 0 && { total: Math.min(...totals) }),
    ...(requested !== undefined && { requested: Math.max(toNumber(requested), 0) }),
    ...present("currency", CURRENCY.exec(prompt)?.[1]),
    ...present("reason", labelled(prompt, "reason(?: for the (?:refund|request))?|because")),
    ...present("comment", labelled(prompt, "(?:manager(?:['’]s)? )?comment|note")),
    eligible: !NOT_ELIGIBLE.test(prompt),
  };
}

/** The rest of the line, or of the sentence, after `label:`. */
function labelled(prompt: string, label: string): string | undefined {
  const value = new RegExp(String.raw`\b(?:${label})\b\s*[:=]\s*["“]?([^\n"”]{1,300})`, "i").exec(prompt)?.[1]?.trim();
  const told = value?.replace(/[\s.,;]+$/, "");
  return told !== undefined && /^none( given)?$/i.test(told) ? undefined : told;
}

function present<Key extends string>(key: Key, value: string | undefined): { readonly [K in Key]?: string } {
  const result: { [K in Key]?: string } = {};
  if (value !== undefined && value !== "") result[key] = value;
  return result;
}

/** `1,234.50`, `1 234.50`, `12,50` and `12.50`. */
function toNumber(text: string | undefined): number {
  const plain = (text ?? "").replaceAll(" ", "");
  const [, whole, cents] = /^(.*)[.,](\d{1,2})$/.exec(plain) ?? [undefined, plain, "0"];
  return Number(`${(whole ?? "").replaceAll(/[.,]/g, "")}.${cents ?? "0"}`);
}
