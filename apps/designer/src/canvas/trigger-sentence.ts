import type { FlowDocument, SentencePart } from "@holdfast/dsl";
import type { Language } from "../words/language.ts";
import { translator } from "../words/use-words.tsx";
import { words } from "./words.ts";

/** What starts a flow, in one line: the first event, and that there is more. */
export function triggerSentence(flow: FlowDocument, language: Language): { name: string; parts: SentencePart[] } {
  const t = translator(words, language);
  const events = flow.triggers.flatMap((trigger) => (trigger.type === "event" ? [trigger.event] : []));
  const byHand = flow.triggers.some(({ type }) => type === "call");
  const [first, ...more] = events;
  const say = (text: string): SentencePart => ({ text, value: false });
  if (first === undefined) {
    return { name: t(byHand ? "startByHand" : "start"), parts: [say(t(byHand ? "triggerCall" : "triggerNone"))] };
  }
  const parts = [say(`${t("triggerEvent")} `), { text: first, value: true }];
  if (more.length > 0) parts.push(say(` ${t("triggerMore", { count: more.length })}`));
  return { name: eventInWords(first), parts };
}

/** `support/refund.requested` → “Refund requested”. */
export function eventInWords(event: string): string {
  const text = (event.split("/").at(-1) ?? event).replaceAll(/[._:-]+/g, " ").trim();
  return text === "" ? event : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
