import { useCallback } from "react";
import type { Sample } from "../expression-field/sample.ts";
import { useWords } from "../words/use-words.tsx";
import { words } from "./words.ts";

/** How a sample is told: "run 4F9K2", "scenario The manager approves". */
export function useSampleName(): (sample: Sample) => string {
  const t = useWords(words);
  return useCallback(({ kind, name }) => (kind === "hand" ? t("byHand") : t(kind, { name })), [t]);
}
