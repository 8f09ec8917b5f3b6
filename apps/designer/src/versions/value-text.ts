/** Values in few words, as a person compares them. */
import { isDuration, isJsonObject, type Json } from "@holdfast/dsl";
import { durationWords } from "../fields/duration-text.ts";
import type { Language } from "../words/language.ts";
import { translator } from "../words/use-words.tsx";
import { words } from "./words.ts";

export function valueText(value: Json, language: Language): string {
  const t = translator(words, language);
  if (typeof value === "string") return isDuration(value) ? durationWords(value, language) : value;
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (value === null) return t("none");
  if (typeof value === "number") return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.length === 0 ? t("none") : value.join(", ");
  }
  if (isJsonObject(value)) {
    const { role, group, person } = value;
    const who = role ?? group ?? person;
    if (typeof who === "string" && Object.keys(value).length === 1) return who;
  }
  return JSON.stringify(value)
    .replaceAll(/"([A-Za-z_]\w*)":/g, "$1: ")
    .replaceAll(",", ", ");
}
