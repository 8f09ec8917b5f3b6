import type { Language } from "../../words/language.ts";
import { defineWords } from "../../words/words.ts";
import { translator } from "../../words/use-words.tsx";

const words = defineWords(
  { flowInputs: "Looking up what the flows take" },
  { flowInputs: "З’ясування, що приймають потоки" },
);

/** What people call a part of a step. Those that packages name stand under their own names. */
export const partName = (call: string, language: Language): string =>
  call === "flow-inputs" ? translator(words, language)("flowInputs") : call;
