/** Days off from a list that was pasted: a date, the occasion, and whether it comes every year. */
import { isDate, type Holiday } from "@holdfast/dsl";

export type ReadDays = { readonly days: readonly Holiday[] } | { readonly badLine: number };

const YEARLY = /[,;(\s]*(?:every year|yearly|annually|щороку|щорічно)[)\s]*$/i;

/** Empty lines count for nothing. A date may stand as 2026-12-25, 25.12.2026 or 25/12/2026, and have quotes round it. */
export function readDays(text: string): ReadDays {
  const days: Holiday[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const plain = line.replaceAll('"', "").trim();
    if (plain === "") continue;
    const [found = "", written = ""] = /^(\S+?)(?=[\s,;]|$)/.exec(plain) ?? [];
    const date = isoOf(written);
    if (date === undefined) return { badLine: index + 1 };
    const rest = plain.slice(found.length).replace(/^[\s,;]+/, "");
    days.push({ date, name: rest.replace(YEARLY, "").trim(), yearly: YEARLY.test(rest) });
  }
  return { days };
}

function isoOf(text: string): string | undefined {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text) ?? [];
  const date = year === "" ? text : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDate(date) ? date : undefined;
}

/** Together and in order; a day that is there already is not there twice. */
export function withDays(days: readonly Holiday[], more: readonly Holiday[]): Holiday[] {
  const key = ({ date, yearly }: Holiday): string => (yearly ? `${date.slice(5)} yearly` : date);
  const all = new Map([...days, ...more].map((day) => [key(day), day]));
  return [...all.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}
