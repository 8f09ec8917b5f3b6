import type { JSX, ReactNode } from "react";
import type { RunDetails } from "../../rpc/outputs.ts";
import { Section } from "../../ui/section.tsx";
import { localeOf } from "../../ui/time.ts";
import { costText, countText } from "../../values/cost.ts";
import { useWords } from "../../words/use-words.tsx";
import { modelWords } from "./model-words.ts";

type NodeModels = RunDetails["models"][string];

/** Which models a node asked, what that took, and what the cache had to do with it. */
export function ModelSection({ models }: { readonly models: NodeModels }): JSX.Element {
  const t = useWords(modelWords);
  const { calls, failed, underWay, lost, unpriced, costUsd, cachedInputTokens, cache } = models;
  const number = (count: number): string => countText(count, t.language);
  const facts = [
    ...(calls > 0 ? [t("calls", { n: calls })] : []),
    ...(failed > 0 ? [t("failed", { n: failed })] : []),
    ...(underWay > 0 ? [t("underWay", { n: underWay })] : []),
  ];
  return (
    <Section title={t("section")}>
      <div className="flex flex-col gap-1 text-12 text-text-3 tabular-nums">
        {models.models.length > 0 && (
          <p className="flex items-baseline gap-3">
            <span className="min-w-0 flex-1 text-13 break-words text-text">{models.models.join(", ")}</span>
            <span className="text-13 font-medium text-text">
              {costUsd === null ? t("noPrice") : costText(costUsd, t.language)}
            </span>
          </p>
        )}
        {facts.length > 0 && <p>{facts.join(", ")}</p>}
        {calls > 0 && <p>{t("tokens", { input: number(models.inputTokens), output: number(models.outputTokens) })}</p>}
        {cachedInputTokens > 0 && <p>{t("cachedTokens", { n: number(cachedInputTokens) })}</p>}
        {lost > 0 && <p>{t("lost", { n: lost })}</p>}
        {unpriced > 0 && costUsd !== null && <p>{t("unpriced", { n: unpriced })}</p>}
        {cache.map((look) => (
          <CacheLine key={look.key} look={look} />
        ))}
      </div>
    </Section>
  );
}

/** So many of its characters tell a key from others. */
const SHOWN = 8;

function CacheLine({ look }: { readonly look: NodeModels["cache"][number] }): JSX.Element {
  const t = useWords(modelWords);
  const { key, hit, given, expiresAt } = look;
  const code = (parts: ReactNode[]): ReactNode => (
    <code title={key} className="text-text-2">
      {parts}
    </code>
  );
  const isKept = hit || expiresAt !== null;
  const values = { k: code, key: `${key.slice(0, SHOWN)}…`, n: given };
  const until =
    expiresAt === null
      ? undefined
      : new Intl.DateTimeFormat(localeOf(t.language), { dateStyle: "medium", timeStyle: "short" }).format(expiresAt);
  return (
    <p>
      {isKept ? t.rich(hit ? "hit" : "kept", values) : t.rich("gone", values)}
      {until !== undefined && <> {t("keptUntil", { time: until })}</>}
    </p>
  );
}
