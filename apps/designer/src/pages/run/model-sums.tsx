import { walkNodes, type FlowDocument } from "@holdfast/dsl";
import { Link } from "@tanstack/react-router";
import type { JSX, ReactNode } from "react";
import type { RunDetails } from "../../rpc/outputs.ts";
import { costText, countText } from "../../values/cost.ts";
import { useWords } from "../../words/use-words.tsx";
import { modelWords } from "./model-words.ts";

type Figures = NonNullable<RunDetails["run"]["models"]>;

/** Tokens and cost of a run, beside its other sums. */
export function ModelTotals({ models }: { readonly models: Figures }): JSX.Element {
  const t = useWords(modelWords);
  const bold = (parts: ReactNode[]): ReactNode => <b className="font-semibold text-text tabular-nums">{parts}</b>;
  const n = countText(models.tokens, t.language);
  const { costUsd } = models;
  if (costUsd === null) return <span>{t.rich("ofTokens", { b: bold, n })}</span>;
  return <span>{t.rich("ofTokensFor", { b: bold, n, cost: costText(costUsd, t.language) })}</span>;
}

interface ModelNotesProps {
  readonly details: RunDetails;
  readonly flow: FlowDocument;
}

/** What the sums leave out or guess; and, if several nodes asked, what each of them took. */
export function ModelNotes({ details, flow }: ModelNotesProps): JSX.Element | null {
  const t = useWords(modelWords);
  const { run, models: nodes } = details;
  if (run.models === null) return null;
  const { lost, unpriced, looked, cached, savedUsd } = run.models;
  const names = new Map([...walkNodes(flow)].map(({ id, node }) => [id, node.name ?? id]));
  const asked = Object.entries(nodes).toSorted(([, a], [, b]) => b.tokens - a.tokens);
  return (
    <div className="mt-2 flex flex-col gap-1 text-text-3">
      {asked.length > 1 && (
        <ul className="flex flex-col gap-0.5 text-text-2 tabular-nums">
          {asked.map(([node, figures]) => (
            <li key={node} className="flex gap-3">
              <span className="min-w-0 flex-1 truncate" title={node}>
                {names.get(node) ?? node}
              </span>
              <span className="text-text-3">{countText(figures.tokens, t.language)}</span>
              <span className="min-w-24 text-right">
                {figures.costUsd === null ? t("noPrice") : costText(figures.costUsd, t.language)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {cached > 0 && <p>{t("cachedOf", { cached, looked, saved: costText(savedUsd, t.language) })}</p>}
      {lost > 0 && <p>{t("lost", { n: lost })}</p>}
      {unpriced > 0 && <p>{t("unpriced", { n: unpriced })}</p>}
      <p>
        <Link to="/insights" search={{ about: "models", flow: run.flow }} className="text-accent-text hover:underline">
          {t("more")}
        </Link>
      </p>
    </div>
  );
}
