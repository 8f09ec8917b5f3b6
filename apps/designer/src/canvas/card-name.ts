import { START, type FlowDocument } from "@holdfast/dsl";
import { findNode } from "../flow/graphs.ts";
import type { Language } from "../words/language.ts";
import { nameOf } from "./node-facts.ts";
import { triggerSentence } from "./trigger-sentence.ts";

/** What a card is called; `start` by what starts the flow. */
export function cardName(flow: FlowDocument, id: string, language: Language): string {
  return id === START ? triggerSentence(flow, language).name : nameOf(id, findNode(flow, id)?.node);
}
