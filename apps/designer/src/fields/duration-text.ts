/** Durations as people write and read them: `7d`, `2h 30m`, "7 days". */
import { formatDuration, isDuration, parseDuration } from "@holdfast/dsl";
import type { Language } from "../words/language.ts";
import { translator } from "../words/use-words.tsx";
import { words } from "./duration-words.ts";

export const UNITS = ["s", "m", "h", "d"] as const;
export type Unit = (typeof UNITS)[number];

const LENGTH: { readonly [unit in Unit]: number } = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The amount in the largest unit that divides it; undefined for what is no duration, or shorter than a second. */
export function partsOf(text: string): { readonly amount: number; readonly unit: Unit } | undefined {
  if (!isDuration(text)) return undefined;
  const length = parseDuration(text);
  const unit = UNITS.toReversed().find((one) => length % LENGTH[one] === 0);
  if (unit === undefined) return undefined;
  return length === 0 ? { amount: 0, unit: "s" } : { amount: length / LENGTH[unit], unit };
}

/** "7 days", "2 hours 30 minutes"; text that is no duration stays as it is. */
export function durationWords(text: string, language: Language): string {
  if (!isDuration(text)) return text;
  const t = translator(words, language);
  let rest = parseDuration(text);
  const parts: string[] = [];
  for (const unit of UNITS.toReversed()) {
    const count = Math.floor(rest / LENGTH[unit]);
    rest -= count * LENGTH[unit];
    if (count > 0) parts.push(t(unit, { n: count }));
  }
  if (rest > 0 || parts.length === 0) parts.push(rest > 0 ? t("ms", { n: rest }) : t("s", { n: 0 }));
  return parts.join(" ");
}

/** In every language that we have: people type the words that they read. */
const NAMES: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|мс|millisecond.*|мілісекунд.*)$/, 1],
  [/^(?:s|sec|secs|second|seconds|с|сек|секунд.*)$/, LENGTH.s],
  [/^(?:m|min|mins|minute|minutes|хв|хвилин.*)$/, LENGTH.m],
  [/^(?:h|hr|hrs|hour|hours|г|год|годин.*)$/, LENGTH.h],
  [/^(?:d|day|days|д|дн|день|дні|днів|дня|доба|доби|діб)$/, LENGTH.d],
  [/^(?:w|wk|week|weeks|т|тиж|тижд.*|тижн.*)$/, 7 * LENGTH.d],
];

/** `2h 30m`, `7 days`, `1,5 год`, `PT1H`, or a number alone in the unit; undefined for anything else. */
export function readDuration(text: string, unit: Unit): string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  if (isDuration(trimmed)) return shortest(trimmed);
  if (/^\d+(?:[.,]\d+)?$/.test(trimmed)) return lengthText(numberOf(trimmed) * LENGTH[unit]);
  const parts = [...trimmed.toLowerCase().matchAll(/(\d+(?:[.,]\d+)?)\s*([\p{L}]+)\.?/gu)];
  const rest = trimmed.toLowerCase().replaceAll(/(\d+(?:[.,]\d+)?)\s*([\p{L}]+)\.?|[\s,]|and|і|та/gu, "");
  if (parts.length === 0 || rest !== "") return undefined;
  let length = 0;
  for (const [, amount = "", name = ""] of parts) {
    const found = NAMES.find(([pattern]) => pattern.test(name));
    if (found === undefined) return undefined;
    length += numberOf(amount) * found[1];
  }
  return lengthText(length);
}

/** A whole duration in the unit. */
export function inUnit(amount: number, unit: Unit): string {
  return `${amount}${unit}`;
}

function numberOf(text: string): number {
  return Number(text.replace(",", "."));
}

function lengthText(length: number): string | undefined {
  const whole = formatDuration(Math.round(length));
  return isDuration(whole) ? whole : undefined;
}

function shortest(text: string): string {
  return formatDuration(parseDuration(text));
}
