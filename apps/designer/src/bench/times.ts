/** Times of a test run as people read them: days since its start, in the flow's zone. */
import { formatLength } from "../canvas/node-words.ts";
import { durationText } from "../ui/time.ts";
import type { Language } from "../words/language.ts";
import { dayOf, timeOf } from "./model/clock.ts";

export interface Times {
  readonly language: Language;
  day(at: number): number;
  time(at: number): string;
  /** "2 days", "3 h 5 min". */
  length(milliseconds: number): string;
}

export function timesOf(start: number, timeZone: string, language: Language): Times {
  return {
    language,
    day: (at) => dayOf(at, start, timeZone),
    time: (at) => timeOf(at, timeZone),
    length: (ms) =>
      ms >= 60_000 && (ms % 3_600_000 === 0 || ms < 3_600_000) && ms % 60_000 === 0
        ? formatLength(ms, language)
        : durationText(ms, language),
  };
}
