import { useQuery } from "@tanstack/react-query";
import type { JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { costText, countText } from "../../values/cost.ts";
import { useWords } from "../../words/use-words.tsx";
import { Chart } from "./charts.tsx";
import { Figure } from "./figure.tsx";
import { shareText } from "./figures.ts";
import { InsightsSkeleton } from "./insights-skeleton.tsx";
import { BudgetBars, CacheBars, CostBars, CostTrend, type ModelUse, TopUps } from "./model-charts.tsx";
import { modelWords } from "./model-words.ts";

export interface ModelViewProps {
  readonly days: number;
  readonly flow: string | undefined;
}

/** What language models took. */
export function ModelView({ days, flow }: ModelViewProps): JSX.Element {
  const t = useWords(modelWords);
  const trpc = useTRPC();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const read = useQuery({
    ...trpc.insights.models.queryOptions({ days, timeZone, ...(flow === undefined ? {} : { flow }) }),
    placeholderData: (before) => before,
  });
  const { data } = read;
  if (data === undefined) {
    return read.error === null ? (
      <InsightsSkeleton />
    ) : (
      <ErrorState title={t("failed")} error={read.error} retry={() => void read.refetch()} />
    );
  }
  if (data.total.calls + data.total.looked === 0 && data.budgets.length === 0) {
    return <EmptyState title={t("none")} text={t("noneText")} />;
  }
  return <ModelCharts use={data} flow={flow} />;
}

function ModelCharts({ use, flow }: { readonly use: ModelUse; readonly flow: string | undefined }): JSX.Element {
  const t = useWords(modelWords);
  const nothing = use.total.calls + use.total.looked === 0 ? t("none") : undefined;
  const nodes = use.byNode.map((row) => ({
    key: `${row.flow} ${row.node}`,
    name: flow === undefined ? `${nameOf(use, row.flow)}: ${row.name}` : row.name,
    figures: row,
  }));
  const looked = nodes.filter(({ figures }) => figures.looked > 0);
  const models = use.byModel.map((row) => ({ key: row.model, name: row.model, figures: row }));
  const flows = use.byFlow.map((row) => ({ key: row.flow, name: row.name, figures: row }));
  const noBudget = flow === undefined ? t("chooseFlow") : t("noBudgets");
  return (
    // Scrolled by keys, too: only links of top-ups may have the focus.
    <div role="region" aria-label={t("cost")} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <Headline use={use} />
      <div className="grid grid-cols-1 xl:grid-cols-2 xl:[&>*:nth-child(odd)]:border-r">
        <Chart title={t("budgets")} help={t("budgetsHelp")} none={use.budgets.length === 0 ? noBudget : undefined}>
          <BudgetBars budgets={use.budgets} />
        </Chart>
        <Chart title={t("byFlow")} help={t("costHelp")} none={nothing}>
          <CostBars label={t("byFlow")} first={t("colFlow")} rows={flows} />
        </Chart>
        <Chart title={t("byNode")} help={t("costHelp")} none={nothing}>
          <CostBars label={t("byNode")} first={t("colNode")} rows={nodes} />
        </Chart>
        <Chart title={t("byModel")} help={t("costHelp")} none={nothing}>
          <CostBars label={t("byModel")} first={t("colModel")} rows={models} />
        </Chart>
        <Chart title={t("cacheByNode")} help={t("cacheHelp")} none={looked.length === 0 ? t("noLooks") : undefined}>
          <CacheBars label={t("cacheByNode")} first={t("colNode")} rows={looked} />
        </Chart>
        <Chart title={t("topUps")} help={t("topUpsHelp")} none={use.topUps.length === 0 ? t("noTopUps") : undefined}>
          <TopUps topUps={use.topUps} />
        </Chart>
      </div>
      <Chart title={t("trend")} help={t("trendHelp")} none={nothing}>
        <CostTrend use={use} />
      </Chart>
    </div>
  );
}

const nameOf = (use: ModelUse, flow: string): string => use.byFlow.find((row) => row.flow === flow)?.name ?? flow;

/** The figures of all, in one line. */
function Headline({ use: { total } }: { readonly use: ModelUse }): JSX.Element {
  const t = useWords(modelWords);
  const { calls, failed, lost, tried, costUsd, unpriced, looked, cached } = total;
  const ended = [
    failed === 0 ? t("noneFailed") : t("failedCalls", { n: failed }),
    ...(lost === 0 ? [] : [t("lostCalls", { n: lost })]),
    ...(tried === 0 ? [] : [t("triedCalls", { n: tried })]),
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 border-b border-border px-4 py-3.5 lg:grid-cols-4">
      <Figure
        name={t("cost")}
        value={costUsd === null ? "–" : costText(costUsd, t.language)}
        detail={unpriced === 0 ? t("allPriced") : t("unpriced", { n: unpriced })}
      />
      <Figure
        name={t("tokens")}
        value={countText(total.tokens, t.language)}
        {...(total.inputTokens > 0 && {
          detail: t("ofInput", { share: shareText(total.cachedInputTokens, total.inputTokens, t.language) }),
        })}
      />
      <Figure name={t("calls")} value={countText(calls, t.language)} detail={ended.join(", ")} />
      <Figure
        name={t("fromCache")}
        value={shareText(cached, looked, t.language)}
        detail={looked === 0 ? t("noCache") : t("saved", { cost: costText(total.savedUsd, t.language) })}
      />
    </dl>
  );
}
