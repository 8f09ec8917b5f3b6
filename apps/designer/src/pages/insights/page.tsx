import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { JSX } from "react";
import { PageTop } from "../../app/top-bar.tsx";
import { useTRPC } from "../../rpc/client.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { Select } from "../../ui/select.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import { AgeBars, Chart, ShareBars, TimeBars, TrendBars } from "./charts.tsx";
import { byFlow, byGroup, type Insights, lengthText, openCount, shareText } from "./figures.ts";
import { Figure } from "./figure.tsx";
import { InsightsSkeleton } from "./insights-skeleton.tsx";
import { ModelView, type ModelViewProps } from "./model-view.tsx";
import { type InsightsSearch, type Span, SPANS } from "./search.ts";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/insights");

const USUAL: Span = 30;

const ABOUT = ["decisions", "models"] as const;
type About = (typeof ABOUT)[number];

/** How people decide, and what language models take. */
export function InsightsPage(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (next: InsightsSearch): void => void navigate({ search: next, replace: true });
  const { flow, days = USUAL, about = "decisions" } = search;
  const flows = useQuery(trpc.flows.list.queryOptions());
  return (
    <>
      <PageTop title={t("title")}>
        <Segmented<About>
          label={t("about")}
          value={about}
          options={ABOUT.map((each) => ({ value: each, label: t(`about_${each}`) }))}
          onChange={(value) => {
            const { about: _, ...rest } = search;
            set(value === "models" ? { ...rest, about: value } : rest);
          }}
        />
        <Select<string>
          label={t("flow")}
          size="sm"
          className="max-w-60"
          value={flow ?? ""}
          options={[
            { value: "", label: t("allFlows") },
            ...(flows.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => {
            const { flow: _, ...rest } = search;
            set(value === "" ? rest : { ...rest, flow: value });
          }}
        />
        <Segmented<`${Span}`>
          label={t("span")}
          value={`${days}`}
          options={SPANS.map((span) => ({ value: `${span}` as const, label: t(`span_${span}`) }))}
          onChange={(value) => {
            const { days: _, ...rest } = search;
            const span = SPANS.find((each) => `${each}` === value);
            set(span === undefined || span === USUAL ? rest : { ...rest, days: span });
          }}
        />
      </PageTop>
      {about === "models" ? <ModelView days={days} flow={flow} /> : <DecisionView days={days} flow={flow} />}
    </>
  );
}

/** How people decide. */
function DecisionView({ days, flow }: ModelViewProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const read = useQuery({
    ...trpc.insights.read.queryOptions({ days, timeZone, ...(flow === undefined ? {} : { flow }) }),
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
  if (data.total.decided === 0 && openCount(data.open.total) === 0) {
    return <EmptyState title={t("none")} text={t("noneText")} />;
  }
  return <Charts insights={data} />;
}

function Charts({ insights }: { readonly insights: Insights }): JSX.Element {
  const t = useWords(words);
  const { total, open } = insights;
  const nothing = total.decided === 0 ? t("nothing") : undefined;
  const noAi = nothing ?? (total.proposals === 0 ? t("noAi") : undefined);
  const nothingOpen = openCount(open.total) === 0 ? t("nothingOpen") : undefined;
  const flows = byFlow(insights.byFlow);
  const groups = byGroup(insights.byGroup, t);
  const proposed = <Row extends { readonly figures: { readonly proposals: number } }>(rows: readonly Row[]): Row[] =>
    rows.filter(({ figures }) => figures.proposals > 0);
  return (
    // Scrolled by keys, too: nothing in it may have the focus.
    <div role="region" aria-label={t("title")} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <Headline insights={insights} />
      <div className="grid grid-cols-1 xl:grid-cols-2 xl:[&>*:nth-child(odd)]:border-r">
        <Chart title={t("timeByFlow")} help={t("timeHelp")} none={nothing}>
          <TimeBars label={t("timeByFlow")} first={t("colFlow")} rows={flows} />
        </Chart>
        <Chart title={t("timeByGroup")} help={t("timeHelp")} none={nothing}>
          <TimeBars label={t("timeByGroup")} first={t("colFor")} rows={groups} />
        </Chart>
        <Chart title={t("overruledByFlow")} help={t("overruledHelp")} none={noAi}>
          <ShareBars label={t("overruledByFlow")} first={t("colFlow")} rows={proposed(flows)} />
        </Chart>
        <Chart title={t("overruledByGroup")} help={t("overruledHelp")} none={noAi}>
          <ShareBars label={t("overruledByGroup")} first={t("colFor")} rows={proposed(groups)} />
        </Chart>
        <Chart title={t("openByFlow")} help={t("openHelp")} none={nothingOpen}>
          <AgeBars label={t("openByFlow")} first={t("colFlow")} rows={byFlow(open.byFlow)} />
        </Chart>
        <Chart title={t("openByGroup")} help={t("openHelp")} none={nothingOpen}>
          <AgeBars label={t("openByGroup")} first={t("colFor")} rows={byGroup(open.byGroup, t)} />
        </Chart>
      </div>
      <Chart title={t(`trendTitle_${insights.step}`)} help={t("trendHelp")} none={nothing}>
        <TrendBars insights={insights} />
      </Chart>
    </div>
  );
}

/** The figures of all, in one line. */
function Headline({ insights: { total, open } }: { readonly insights: Insights }): JSX.Element {
  const t = useWords(words);
  const number = (value: number): string => new Intl.NumberFormat(t.language).format(value);
  const { overdue } = open.total;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 border-b border-border px-4 py-3.5 sm:grid-cols-3 lg:grid-cols-5">
      <Figure name={t("decisions")} value={number(total.decided)} />
      <Figure name={t("median")} value={lengthText(total.median, t.language)} />
      <Figure name={t("p90")} value={lengthText(total.p90, t.language)} />
      <Figure
        name={t("overruled")}
        value={shareText(total.overruled, total.proposals, t.language)}
        detail={total.proposals === 0 ? t("noProposals") : t("ofProposals", { n: total.proposals })}
      />
      <Figure
        name={t("openNow")}
        value={number(openCount(open.total))}
        detail={overdue === 0 ? t("noneOverdue") : t("overdue", { n: overdue })}
        needsSomebody={overdue > 0}
      />
    </dl>
  );
}
