/** A value of a flow as people read it: no JSON, numbers, amounts and days in the reader's notation. */
import { isJsonObject, type Json } from "@holdfast/dsl";
import type { Language } from "../words/language.ts";
import { translator } from "../words/use-words.tsx";
import { defineWords } from "../words/words.ts";
import { localeOf } from "../ui/time.ts";
import { withMoney } from "./money-text.ts";
import { readable } from "./readable.ts";

const words = defineWords(
  { yes: "yes", no: "no", nothing: "nothing", named: "{name}: {value}" },
  { yes: "так", no: "ні", nothing: "немає", named: "{name}: {value}" },
);

/** Lists and objects take a line for each of their parts; plain lists stand in one. */
export function shownValue(value: Json, language: Language): string {
  const t = translator(words, language);
  if (value === null) return t("nothing");
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "number") return numberText(value, language);
  if (typeof value === "string") return dayText(value, language) ?? withMoney(value, language);
  return linesOf(value, language).join("\n");
}

/** Cents are two: 64.50, not 64.5. */
function numberText(value: number, language: Language): string {
  const least = Number.isInteger(value) ? 0 : 2;
  return new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: 10 }).format(value);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Of a day "12 Nov 2026", of a moment "20 Nov 2026, 11:14" in the reader's zone; undefined: it is neither. */
function dayText(text: string, language: Language): string | undefined {
  const day = DAY.test(text);
  if (!day && !MOMENT.test(text)) return undefined;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return undefined;
  // A day is the same everywhere.
  const rest = day ? { timeZone: "UTC" } : ({ hour: "2-digit", minute: "2-digit" } as const);
  const date = { day: "numeric", month: "short", year: "numeric" } as const;
  return new Intl.DateTimeFormat(localeOf(language), { ...date, ...rest }).format(at);
}

function linesOf(value: Json, language: Language): readonly string[] {
  if (Array.isArray(value)) {
    if (value.every((one) => !isPart(one))) {
      const shown = value.map((one) => shownValue(one, language));
      return [shown.length === 0 ? translator(words, language)("nothing") : shown.join(", ")];
    }
    return value.map((one) => (isJsonObject(one) ? inOneLine(one, language) : shownValue(one, language)));
  }
  if (!isJsonObject(value)) return [shownValue(value, language)];
  return Object.entries(value).flatMap(([name, part]) => {
    if (!isPart(part)) return [named(name, shownValue(part, language), language)];
    return [named(name, "", language).trimEnd(), ...linesOf(part, language).map((line) => `  ${line}`)];
  });
}

/** An element of a list: "item: Tent, qty: 2". */
const inOneLine = (value: { readonly [name: string]: Json }, language: Language): string =>
  Object.entries(value)
    .map(([name, part]) => named(name, shownValue(part, language).replaceAll(/\s*\n\s*/g, "; "), language))
    .join(", ");

const isPart = (value: Json): boolean => typeof value === "object" && value !== null;

const named = (name: string, value: string, language: Language): string =>
  translator(words, language)("named", { name: readable(name), value });
