import { Database, Sparkles, UserRound } from "lucide-react";
import { useState, type JSX } from "react";
import { useMedia } from "../../ui/use-media.ts";
import { useWords } from "../../words/use-words.tsx";
import { readable } from "../../values/readable.ts";
import { shownValue } from "../../values/shown-value.ts";
import type { Fact } from "./facts.ts";
import { words } from "./words.ts";

export interface FactsProps {
  readonly facts: readonly Fact[];
  readonly ai: readonly Fact[];
  readonly offline: boolean;
}

/** On a phone more than these fold away, so that the decision stays near. */
const SEEN = 5;

/** Facts with where each comes from; what a model said stands apart, marked, as plain text. */
export function Facts({ facts, ai, offline }: FactsProps): JSX.Element {
  const t = useWords(words);
  const phone = useMedia("(max-width: 639px)");
  const [all, setAll] = useState(false);
  const seen = phone && !all && facts.length > SEEN + 1 ? facts.slice(0, SEEN) : facts;
  return (
    <>
      {facts.length > 0 && (
        <>
          <h3 className="mt-4 mb-1.5 text-13 font-semibold">{t("facts")}</h3>
          <dl>
            {seen.map((fact) => (
              <div
                key={fact.name}
                className="grid grid-cols-[128px_1fr_auto] gap-x-3.5 border-b border-border py-1.5 text-14 leading-[22px] last:border-b-0 max-sm:grid-cols-[104px_1fr]"
              >
                <dt className="text-text-2">{readable(fact.name)}</dt>
                <dd className="min-w-0 break-words whitespace-pre-wrap">{shownValue(fact.value, t.language)}</dd>
                <Source fact={fact} />
              </div>
            ))}
          </dl>
          {seen.length < facts.length && (
            <button
              type="button"
              onClick={() => setAll(true)}
              className="min-h-11 w-full text-left font-medium text-accent-text"
            >
              {t("moreFacts", { n: facts.length - seen.length })}
            </button>
          )}
        </>
      )}
      {ai.length > 0 && (
        <section className="relative mt-3 overflow-hidden rounded-md border border-border-strong bg-surface-sunken py-2.5 pr-3.5 pl-[26px]">
          <span aria-hidden className="hf-stipple absolute inset-y-0 left-0 w-3 border-r border-border-strong" />
          <h3 className="flex items-center gap-2 text-14 font-semibold">
            <Sparkles aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
            {t("aiSays")}
          </h3>
          {ai.map((fact) => (
            <p key={fact.name} className="mt-1 text-14 leading-[22px] break-words whitespace-pre-wrap text-text-2">
              {ai.length > 1 && <b className="font-medium text-text">{readable(fact.name)}: </b>}
              {shownValue(fact.value, t.language)}
            </p>
          ))}
          {offline && <p className="mt-1.5 text-12 text-text-3">{t("aiOffline")}</p>}
        </section>
      )}
      {ai.length === 0 && offline && <p className="mt-3 text-12 text-text-3">{t("aiOffline")}</p>}
    </>
  );
}

function Source({ fact }: { readonly fact: Fact }): JSX.Element | null {
  const t = useWords(words);
  const { source } = fact;
  if (source === undefined) return null;
  const Icon = source.kind === "input" ? UserRound : Database;
  return (
    <dd className="flex items-center gap-1.5 self-start text-12 leading-[22px] text-text-3 max-sm:hidden">
      <Icon aria-hidden className="size-3" strokeWidth={1.75} />
      {source.kind === "input" ? t("request") : source.name}
    </dd>
  );
}
