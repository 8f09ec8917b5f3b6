import { diffValues, type Json, type JsonObject } from "@holdfast/dsl";
import { ArrowRight } from "lucide-react";
import type { JSX } from "react";
import { useWords } from "../../words/use-words.tsx";
import { readable } from "../../values/readable.ts";
import { shownValue } from "../../values/shown-value.ts";
import { words } from "./words.ts";

export interface Change {
  readonly pointer: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** Where the decision is another than what was proposed. */
export const differenceOf = (proposed: JsonObject, decided: JsonObject): readonly Change[] =>
  diffValues(proposed, decided);

/** The name of the field that a place belongs to: its title in the form, else as it is called. */
export function fieldName(form: JsonObject | null, pointer: string): string {
  const names = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const [first = ""] = names;
  const properties = form?.["properties"];
  const field = isObject(properties) ? properties[first] : undefined;
  const title = isObject(field) ? field["title"] : undefined;
  return [typeof title === "string" && title !== "" ? title : readable(first), ...names.slice(1)].join(", ");
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export interface DifferenceProps {
  readonly form: JsonObject | null;
  readonly changes: readonly Change[];
}

/** What was proposed, and what stands there now. */
export function Difference({ form, changes }: DifferenceProps): JSX.Element | null {
  const t = useWords(words);
  if (changes.length === 0) return null;
  return (
    <section aria-label={t("changedTitle")} className="mt-3 border-l-2 border-accent py-0.5 pl-3">
      <h4 className="text-12 font-medium text-text-2">{t("changedTitle")}</h4>
      <ul className="mt-0.5 text-13">
        {changes.map((change) => (
          <li key={change.pointer} className="flex flex-wrap items-baseline gap-x-1.5">
            <span className="text-text-2">{fieldName(form, change.pointer)}</span>
            <del className="break-all text-text-2 tabular-nums">
              <span className="sr-only">{t("was")} </span>
              {change.before === undefined ? t("nothingThere") : shownValue(change.before, t.language)}
            </del>
            <ArrowRight aria-hidden className="size-3 shrink-0 self-center text-text-3" strokeWidth={1.75} />
            <ins className="font-medium break-all no-underline tabular-nums">
              <span className="sr-only">{t("is")} </span>
              {change.after === undefined ? t("nothingThere") : shownValue(change.after, t.language)}
            </ins>
          </li>
        ))}
      </ul>
    </section>
  );
}
