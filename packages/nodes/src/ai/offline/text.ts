/** Texts of the offline model. */
import { moneyText } from "@holdfast/dsl";
import { factsOf, type Facts } from "./facts.ts";

const REFUSAL =
  /\b(refus\w*|reject\w*|declin\w*|den(?:y|ied)|turn(?:ed)? down|not eligible|can(?:no|'|’)t be refunded|polite(?:ly)? (?:no|refus\w*))\b/i;
const NOTICE = /\b(remind\w*|escalat\w*|notify|notice|unsettled|not settled|silent|overdue)\b/i;
const CONFIRMATION = /\b(confirm\w*|approved|paid|settled|completed|refunded|on its way)\b/i;

/** A short letter made of the prompt's facts: a refusal, a notice, a confirmation, or an acknowledgment. */
export function offlineText(prompt: string): string {
  const facts = factsOf(prompt);
  return [`${greeting(facts)},`, body(prompt, facts), "Kind regards,\nCustomer support"].join("\n\n");
}

/** What is quoted of a customer says nothing about what is to be written. */
const QUOTED = /\b(?:customer(?:['’]s)? )?message\s*:[\s\S]*$/i;

function body(whole: string, facts: Facts): string {
  const prompt = whole.replace(QUOTED, "");
  const order = facts.order === undefined ? "your order" : `order ${facts.order}`;
  const amount = amountOf(facts);
  if (REFUSAL.test(prompt)) {
    const why = facts.comment ?? facts.reason;
    return [
      `thank you for your message about ${order}. We have looked at your request with care, and we are sorry that we can't refund it.`,
      why === undefined ? "" : `The reason: ${why}.`,
      "If you think that we have overlooked something, please answer this mail.",
    ]
      .filter(Boolean)
      .join(" ");
  }
  if (NOTICE.test(prompt)) {
    return `the refund${amount === undefined ? "" : ` of ${amount}`} for ${order} needs your attention. Please look at it when you can.`;
  }
  if (CONFIRMATION.test(prompt)) {
    return `good news: your refund${amount === undefined ? "" : ` of ${amount}`} for ${order} is on its way to you. Thank you for your patience.`;
  }
  return `thank you for your message about ${order}. We have read it and will come back to you soon.`;
}

function greeting({ customer }: Facts): string {
  return customer === undefined ? "Hello" : `Dear ${customer}`;
}

function amountOf({ requested, total, currency }: Facts): string | undefined {
  const amount = requested !== undefined && total !== undefined ? Math.min(requested, total) : (requested ?? total);
  return amount === undefined ? undefined : moneyText(amount, currency);
}
