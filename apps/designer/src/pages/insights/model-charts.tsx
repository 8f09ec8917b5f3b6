import { Link } from "@tanstack/react-router";
import type { JSX } from "react";
import type { Outputs } from "../../rpc/outputs.ts";
import { cx } from "../../ui/cx.ts";
import { localeOf } from "../../ui/time.ts";
import { costText, countText } from "../../values/cost.ts";
import type { Language } from "../../words/language.ts";
import { useWords } from "../../words/use-words.tsx";
import { BarRow, BarTable, HEAD, NUMBER, percent, ShareBar } from "./charts.tsx";
import { shareText, type Named } from "./figures.ts";
import { modelWords } from "./model-words.ts";

export type ModelUse = Outputs["insights"]["models"];
export type ModelFigures = ModelUse["total"];

interface RowsProps {
  readonly label: string;
  readonly first: string;
  readonly rows: readonly Named<ModelFigures>[];
}

/** The dearest first. */
export function CostBars({ label, first, rows }: RowsProps): JSX.Element {
  const t = useWords(modelWords);
  const most = Math.max(0, ...rows.map(({ figures }) => figures.costUsd ?? 0));
  return (
    <BarTable label={label} heads={[first, t("colCost"), t("colTokens"), t("colCalls")]}>
      {rows.map(({ key, name, figures: { costUsd, tokens, calls } }) => (
        <BarRow
          key={key}
          name={name}
          bar={
            <span
              className="block h-2.5 rounded-xs bg-edge"
              style={{ width: costUsd === null || costUsd === 0 ? 0 : percent(costUsd, most) }}
            />
          }
        >
          <td className={cx(NUMBER, "font-medium")}>
            {costUsd === null ? t("unknown") : costText(costUsd, t.language)}
          </td>
          <td className={cx(NUMBER, "text-text-2")}>{countText(tokens, t.language)}</td>
          <td className={cx(NUMBER, "text-text-2")}>{countText(calls, t.language)}</td>
        </BarRow>
      ))}
    </BarTable>
  );
}

/** How many of a hundred answers the cache had. */
export function CacheBars({ label, first, rows }: RowsProps): JSX.Element {
  const t = useWords(modelWords);
  return (
    <BarTable label={label} heads={[first, t("colShare"), t("colLooked")]}>
      {rows.map(({ key, name, figures: { looked, cached } }) => (
        <BarRow key={key} name={name} bar={<ShareBar part={cached} whole={looked} />}>
          <td className={cx(NUMBER, "font-medium")}>{shareText(cached, looked, t.language)}</td>
          <td className={cx(NUMBER, "text-text-2")}>{countText(looked, t.language)}</td>
        </BarRow>
      ))}
    </BarTable>
  );
}

type Budget = ModelUse["budgets"][number];

const amountText = (unit: Budget["unit"], amount: number, language: Language): string =>
  unit === "money" ? costText(amount, language) : countText(amount, language);

/** Spent, set aside and left of what a flow may take. */
export function BudgetBars({ budgets }: { readonly budgets: readonly Budget[] }): JSX.Element {
  const t = useWords(modelWords);
  return (
    <BarTable label={t("budgets")} heads={[t("colBudget"), t("colSpent"), t("colCap"), t("colLeft")]}>
      {budgets.map(({ scope, unit, cap, name, spent, reserved, added }) => {
        const allowed = cap + added;
        const left = Math.max(0, allowed - spent - reserved);
        const text = (amount: number): string => amountText(unit, amount, t.language);
        const limit = t("capOf", { name });
        return (
          <BarRow
            key={`${scope} ${unit}`}
            name={t(`scope_${scope}`, { unit })}
            title={added > 0 ? `${limit}, ${t("added", { amount: text(added) })}` : limit}
            bar={
              <span className="flex h-2.5 overflow-hidden rounded-xs bg-surface-hover">
                <span
                  className={cx("h-full shrink-0", left === 0 ? "bg-failed" : "bg-edge")}
                  style={{ width: spent === 0 ? 0 : `min(100%, ${percent(spent, allowed)})` }}
                />
                <span
                  className="h-full bg-border-strong"
                  style={{ width: reserved === 0 ? 0 : percent(reserved, allowed) }}
                />
              </span>
            }
          >
            <td className={cx(NUMBER, "font-medium")}>{text(spent)}</td>
            <td className={cx(NUMBER, "text-text-2")}>{text(allowed)}</td>
            <td className={cx(NUMBER, left === 0 ? "font-medium text-failed-text" : "text-text-2")}>{text(left)}</td>
          </BarRow>
        );
      })}
    </BarTable>
  );
}

const HEIGHT = 96;
const DAY = 86_400_000;

/** The cost of each day; one without a call is a gap. Where no price is known, its tokens. */
export function CostTrend({ use: { trend, from, to } }: { readonly use: ModelUse }): JSX.Element {
  const t = useWords(modelWords);
  const date = new Intl.DateTimeFormat(localeOf(t.language), { day: "numeric", month: "short", timeZone: "UTC" });
  const first = Date.parse(from.slice(0, 10));
  const last = Math.max(Date.parse(to.slice(0, 10)), Date.parse(trend.at(-1)?.day ?? to.slice(0, 10)));
  const days = Array.from({ length: Math.round((last - first) / DAY) + 1 }, (_, index) =>
    new Date(first + index * DAY).toISOString().slice(0, 10),
  );
  const hasCost = trend.some(({ costUsd }) => costUsd > 0);
  const sizeOf = (place: ModelUse["trend"][number]): number => (hasCost ? place.costUsd : place.tokens);
  const most = Math.max(0, ...trend.map(sizeOf));
  const text = (place: ModelUse["trend"][number]): string =>
    hasCost ? costText(place.costUsd, t.language) : t("tokensAdded", { n: countText(place.tokens, t.language) });
  return (
    <figure>
      <div aria-hidden className="flex items-end gap-0.5 border-b border-border-strong" style={{ height: HEIGHT }}>
        {days.map((day) => {
          const place = trend.find((each) => each.day === day);
          const height =
            place === undefined || most === 0 ? 0 : Math.max(2, Math.round((sizeOf(place) / most) * HEIGHT));
          return (
            <span
              key={day}
              title={place === undefined ? undefined : `${date.format(Date.parse(day))}: ${text(place)}`}
              className="min-w-px flex-1 rounded-t-xs bg-edge"
              style={{ height }}
            />
          );
        })}
      </div>
      <figcaption aria-hidden className="mt-1 flex justify-between text-11 text-text-3 tabular-nums">
        <span>{date.format(first)}</span>
        <span>{hasCost ? costText(most, t.language) : countText(most, t.language)}</span>
        <span>{date.format(last)}</span>
      </figcaption>
      <table aria-label={t("trend")} className="sr-only">
        <thead>
          <tr>
            <th scope="col">{t("colDay")}</th>
            <th scope="col">{t("colCost")}</th>
            <th scope="col">{t("colTokens")}</th>
            <th scope="col">{t("colCalls")}</th>
          </tr>
        </thead>
        <tbody>
          {trend.map(({ day, costUsd, tokens, calls }) => (
            <tr key={day}>
              <th scope="row">{date.format(Date.parse(day))}</th>
              <td>{costText(costUsd, t.language)}</td>
              <td>{countText(tokens, t.language)}</td>
              <td>{calls}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** What people added, the newest first. */
export function TopUps({ topUps }: { readonly topUps: ModelUse["topUps"] }): JSX.Element {
  const t = useWords(modelWords);
  const when = new Intl.DateTimeFormat(localeOf(t.language), { dateStyle: "medium", timeStyle: "short" });
  const heads = [t("colWhen"), t("colAmount"), t("colFor"), t("colNode"), t("colBy")];
  return (
    <div className="overflow-x-auto">
      <table aria-label={t("topUps")} className="w-full border-collapse text-13">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={cx(HEAD, "pr-4 whitespace-nowrap")}>
                {head}
              </th>
            ))}
            <th scope="col" className={HEAD}>
              <span className="sr-only">{t("openRun")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {topUps.map(({ at, unit, amount, scope, node, by, runId }) => (
            <tr key={`${runId} ${at}`} className="h-[30px] whitespace-nowrap">
              <td className="pr-4 text-text-2 tabular-nums">{when.format(new Date(at))}</td>
              <td className="pr-4 font-medium tabular-nums">
                {unit === "money"
                  ? costText(amount, t.language)
                  : t("tokensAdded", { n: countText(amount, t.language) })}
              </td>
              <td className="pr-4">{t(`for_${scope}`)}</td>
              <td className="pr-4">{node}</td>
              <td className="pr-4">{by ?? "–"}</td>
              <td>
                <Link
                  to="/runs/$run"
                  params={{ run: runId }}
                  search={{ node }}
                  className="text-accent-text hover:underline"
                >
                  {t("openRun")}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
