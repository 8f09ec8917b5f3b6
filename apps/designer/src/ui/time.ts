/** Times as people read them: relative to 7 days, then the date. */
import type { Language } from "../words/language.ts";
import { translator } from "../words/use-words.tsx";
import { words } from "./words.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A day counts in its largest two units: "2 d 21 h", "3 h 5 min", "12 s", "340 ms". Less than nothing counts as its size. */
export function durationText(milliseconds: number, language: Language): string {
  const t = translator(words, language);
  const ms = Math.abs(milliseconds);
  const number = (value: number, digits = 0): string =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  if (ms < SECOND) return t("milliseconds", { n: number(ms) });
  if (ms < MINUTE) return t("seconds", { n: number(Math.floor(ms / 100) / 10, ms < 10 * SECOND ? 1 : 0) });
  const [large, small, of, per] = ms >= DAY ? (["days", "hours", DAY, HOUR] as const) : shorter(ms);
  const rest = Math.floor((ms % of) / per);
  const first = t(large, { n: number(Math.floor(ms / of)) });
  return rest === 0 ? first : `${first} ${t(small, { n: number(rest) })}`;
}

function shorter(ms: number): readonly ["hours" | "minutes", "minutes" | "seconds", number, number] {
  return ms >= HOUR ? ["hours", "minutes", HOUR, MINUTE] : ["minutes", "seconds", MINUTE, SECOND];
}

/** One unit only: "3 d", "2 h". */
function roughText(milliseconds: number, language: Language): string {
  const t = translator(words, language);
  const ms = Math.abs(milliseconds);
  const [unit, of] = roughUnit(ms);
  return t(unit, { n: Math.floor(ms / of) });
}

function roughUnit(ms: number): readonly ["days" | "hours" | "minutes" | "seconds", number] {
  if (ms >= DAY) return ["days", DAY];
  if (ms >= HOUR) return ["hours", HOUR];
  return ms >= MINUTE ? ["minutes", MINUTE] : ["seconds", SECOND];
}

/** "3 h ago", "in 2 d", "just now"; beyond 7 days "20 Nov, 09:14", in another year with it. */
export function relativeText(at: Date, now: Date, language: Language): string {
  const t = translator(words, language);
  const past = now.getTime() - at.getTime();
  if (Math.abs(past) < 10 * SECOND) return t("now");
  if (Math.abs(past) > 7 * DAY) return dateText(at, now, language);
  return t(past > 0 ? "ago" : "ahead", { time: roughText(past, language) });
}

/** The exact time in the reader's zone, of hovers and tables. */
export function exactText(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: "full", timeStyle: "medium" }).format(at);
}

/** "20 Nov, 09:14"; the year only where it is another. */
export function dateText(at: Date, now: Date, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }),
  }).format(at);
}

/** English days and hours as most of the world writes them: 20 Nov, 09:14. */
export function localeOf(language: Language): string {
  return language === "en" ? "en-GB" : language;
}
