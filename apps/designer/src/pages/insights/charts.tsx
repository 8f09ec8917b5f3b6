import type { JSX, ReactNode } from "react";
import { cx } from "../../ui/cx.ts";
import { localeOf } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { type Decisions, type Insights, lengthText, type Named, type Open, openCount, shareText } from "./figures.ts";
import { words } from "./words.ts";

export interface ChartProps {
  readonly title: string;
  readonly help: string;
  /** In place of a chart that has nothing to show. */
  readonly none?: string | undefined;
  readonly children: ReactNode;
}

export function Chart({ title, help, none, children }: ChartProps): JSX.Element {
  return (
    <section className="min-w-0 border-b border-border bg-surface px-4 py-3.5">
      <h2 className="text-14 font-semibold">{title}</h2>
      <p className="mb-2.5 text-12 text-text-3">{help}</p>
      {none === undefined ? children : <p className="text-13 text-text-2">{none}</p>}
    </section>
  );
}

export const HEAD = "h-6 pb-1 text-left text-11 font-medium text-text-3";
export const NUMBER = "pl-4 text-right whitespace-nowrap tabular-nums";

interface TableProps {
  readonly label: string;
  readonly heads: readonly string[];
  readonly children: ReactNode;
}

/** The bars and the numbers are one table: whoever can't see the bars reads the same. */
export function BarTable({ label, heads, children }: TableProps): JSX.Element {
  const t = useWords(words);
  const [first = "", ...rest] = heads;
  return (
    <table aria-label={label} className="w-full border-collapse text-13">
      <thead>
        <tr>
          <th scope="col" className={cx(HEAD, "w-[34%]")}>
            {first}
          </th>
          <th scope="col" className={HEAD}>
            <span className="sr-only">{t("bar")}</span>
          </th>
          {rest.map((head) => (
            <th key={head} scope="col" className={cx(HEAD, "w-px pl-4 text-right whitespace-nowrap")}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

export function BarRow({
  name,
  title = name,
  bar,
  children,
}: {
  readonly name: string;
  /** On hover, if that is more than the name. */
  readonly title?: string;
  readonly bar: ReactNode;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <tr className="h-[30px]">
      <th scope="row" className="max-w-0 truncate pr-3 text-left font-normal" title={title}>
        {name}
      </th>
      <td aria-hidden className="w-auto">
        {bar}
      </td>
      {children}
    </tr>
  );
}

export const percent = (part: number, of: number): string => `${of === 0 ? 0 : Math.max(0.5, (part / of) * 100)}%`;

export interface RowsProps<Figures> {
  readonly label: string;
  readonly first: string;
  readonly rows: readonly Named<Figures>[];
}

/** The median as a bar, nine of ten as a mark. */
export function TimeBars({ label, first, rows }: RowsProps<Decisions>): JSX.Element {
  const t = useWords(words);
  const longest = Math.max(1, ...rows.map(({ figures }) => figures.p90 ?? 0));
  return (
    <BarTable label={label} heads={[first, t("colMedian"), t("colP90"), t("colDecided")]}>
      {rows.map(({ key, name, figures: { median, p90, decided } }) => (
        <BarRow
          key={key}
          name={name}
          bar={
            <span className="relative block h-2.5">
              <span className="block h-full rounded-xs bg-edge" style={{ width: percent(median ?? 0, longest) }} />
              <span
                className="absolute inset-y-[-2px] w-0.5 bg-text-2"
                style={{ left: `calc(${percent(p90 ?? 0, longest)} - 2px)` }}
              />
            </span>
          }
        >
          <td className={cx(NUMBER, "font-medium")}>{lengthText(median, t.language)}</td>
          <td className={cx(NUMBER, "text-text-2")}>{lengthText(p90, t.language)}</td>
          <td className={cx(NUMBER, "text-text-2")}>{decided}</td>
        </BarRow>
      ))}
    </BarTable>
  );
}

/** A part of a whole. */
export function ShareBar({ part, whole }: { readonly part: number; readonly whole: number }): JSX.Element {
  return (
    <span className="block h-2.5 rounded-xs bg-surface-hover">
      <span className="block h-full rounded-xs bg-edge" style={{ width: part === 0 ? 0 : percent(part, whole) }} />
    </span>
  );
}

/** How many of a hundred proposals were overruled. */
export function ShareBars({ label, first, rows }: RowsProps<Decisions>): JSX.Element {
  const t = useWords(words);
  return (
    <BarTable label={label} heads={[first, t("colShare"), t("colOf")]}>
      {rows.map(({ key, name, figures: { proposals, overruled } }) => (
        <BarRow key={key} name={name} bar={<ShareBar part={overruled} whole={proposals} />}>
          <td className={cx(NUMBER, "font-medium")}>{shareText(overruled, proposals, t.language)}</td>
          <td className={cx(NUMBER, "text-text-2")}>{proposals}</td>
        </BarRow>
      ))}
    </BarTable>
  );
}

/** The older, the darker. */
const AGES = [
  ["day", "colDay", "bg-border-strong"],
  ["threeDays", "colThree", "bg-edge"],
  ["week", "colWeek", "bg-text-2"],
  ["older", "colOlder", "bg-text"],
] as const;

/** Open tasks by age; what is overdue needs somebody, and has the color for it. */
export function AgeBars({ label, first, rows }: RowsProps<Open>): JSX.Element {
  const t = useWords(words);
  const most = Math.max(1, ...rows.map(({ figures }) => openCount(figures)));
  return (
    <>
      <BarTable label={label} heads={[first, t("colOpen"), t("colOverdue")]}>
        {rows.map(({ key, name, figures }) => (
          <BarRow
            key={key}
            name={name}
            bar={
              <span className="flex h-2.5 gap-px" style={{ width: percent(openCount(figures), most) }}>
                {AGES.map(([age, word, shade]) =>
                  figures[age] === 0 ? null : (
                    <span
                      key={age}
                      title={`${t(word)}: ${figures[age]}`}
                      className={cx("h-full min-w-[3px] first:rounded-l-xs last:rounded-r-xs", shade)}
                      style={{ flexGrow: figures[age] }}
                    />
                  ),
                )}
              </span>
            }
          >
            <td className={cx(NUMBER, "font-medium")}>
              {openCount(figures)}
              <span className="sr-only">
                {" "}
                {AGES.filter(([age]) => figures[age] > 0)
                  .map(([age, word]) => `${t(word)}: ${figures[age]}`)
                  .join(", ")}
              </span>
            </td>
            <td className={cx(NUMBER, figures.overdue > 0 ? "font-medium text-failed-text" : "text-text-3")}>
              {figures.overdue}
            </td>
          </BarRow>
        ))}
      </BarTable>
      <ul aria-hidden className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-11 text-text-3">
        {AGES.map(([age, word, shade]) => (
          <li key={age} className="flex items-center gap-1.5">
            <span className={cx("size-2.5 rounded-xs", shade)} />
            {t(word)}
          </li>
        ))}
      </ul>
    </>
  );
}

const HEIGHT = 96;
const DAY = 86_400_000;

/** The median of each day or week; one without a decision is a gap. */
export function TrendBars({ insights: { trend, step, from, to } }: { readonly insights: Insights }): JSX.Element {
  const t = useWords(words);
  const date = new Intl.DateTimeFormat(localeOf(t.language), { day: "numeric", month: "short" });
  const length = step === "day" ? DAY : 7 * DAY;
  const known = Date.parse(trend[0]?.at ?? to);
  // As far back as was asked, in whole days or weeks before the first that is known.
  const first = known - Math.max(0, Math.floor((known - Date.parse(from)) / length)) * length;
  const count = Math.max(1, Math.floor((Date.parse(to) - first) / length) + 1);
  const places = Array.from({ length: count }, (_, index) =>
    // A day has 23 or 25 hours twice a year: the nearest one is meant.
    trend.find(({ at }) => Math.round((Date.parse(at) - first) / length) === index),
  );
  const longest = Math.max(1, ...trend.map(({ median }) => median ?? 0));
  const title = t(`trendTitle_${step}`);
  return (
    <figure>
      <div aria-hidden className="flex items-end gap-0.5 border-b border-border-strong" style={{ height: HEIGHT }}>
        {places.map((place, index) => (
          <span
            key={place?.at ?? `gap ${index}`}
            title={
              place === undefined
                ? undefined
                : `${date.format(new Date(place.at))}: ${lengthText(place.median, t.language)} (${place.decided})`
            }
            className="min-w-px flex-1 rounded-t-xs bg-edge"
            style={{
              height:
                place?.median === undefined || place.median === null
                  ? 0
                  : Math.max(2, Math.round((place.median / longest) * HEIGHT)),
            }}
          />
        ))}
      </div>
      <figcaption aria-hidden className="mt-1 flex justify-between text-11 text-text-3 tabular-nums">
        <span>{date.format(new Date(first))}</span>
        <span>{lengthText(longest, t.language)}</span>
        <span>{date.format(new Date(to))}</span>
      </figcaption>
      <table aria-label={title} className="sr-only">
        <thead>
          <tr>
            <th scope="col">{t("colAt")}</th>
            <th scope="col">{t("colMedian")}</th>
            <th scope="col">{t("colDecided")}</th>
          </tr>
        </thead>
        <tbody>
          {trend.map(({ at, median, decided }) => (
            <tr key={at}>
              <th scope="row">{date.format(new Date(at))}</th>
              <td>{lengthText(median, t.language)}</td>
              <td>{decided}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
