import { CircleSlash, Zap } from "lucide-react";
import { useMemo, useState, type JSX } from "react";
import { cx } from "../../ui/cx.ts";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { STATUS_ICON, STATUS_TONE } from "../../ui/status-mark.tsx";
import { durationText, localeOf } from "../../ui/time.ts";
import { TONE_MARK } from "../../ui/tone.ts";
import { useWords } from "../../words/use-words.tsx";
import { foldedAxis, scaledAxis, type TimeAxis } from "./time-axis.ts";
import { TimelineBars, TimelineGround } from "./timeline-bars.tsx";
import type { Progress, Timeline, TimelineRow } from "./timeline.ts";
import { words } from "./words.ts";

export interface TimelinePanelProps {
  readonly timeline: Timeline;
  /** What started it: the first row. */
  readonly trigger: string;
  readonly startedAt: number;
  /** Absent: it is over. */
  readonly now?: number;
  readonly selected?: string | undefined;
  readonly onSelect: (node: string) => void;
}

const COLUMNS = "grid grid-cols-[minmax(0,158px)_minmax(80px,1fr)_76px] items-center pl-3.5";

/** What happened when: waits folded, so that seconds of work beside days of waiting can be read, or to scale. */
export function TimelinePanel(props: TimelinePanelProps): JSX.Element {
  const { timeline, trigger, startedAt, now, selected, onSelect } = props;
  const t = useWords(words);
  const [scale, setScale] = useState<"folded" | "scaled">("folded");
  const axis = useMemo(
    () => (scale === "folded" ? foldedAxis(timeline.span, timeline.work) : scaledAxis(timeline.span)),
    [timeline, scale],
  );
  const clock = new Intl.DateTimeFormat(localeOf(t.language), { timeStyle: "medium" }).format(startedAt);
  const row = (each: TimelineRow): JSX.Element => (
    <Row key={each.id} row={each} axis={axis} selected={each.node === selected} onSelect={onSelect} />
  );
  return (
    <section aria-label={t("timeline")} className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-2 px-3.5 pt-2.5 pb-1.5">
        <h2 className="flex-1 text-13 font-semibold">{t("timeline")}</h2>
        <Segmented
          size="sm"
          label={t("scale")}
          value={scale}
          onChange={setScale}
          options={[
            { value: "folded", label: t("folded") },
            { value: "scaled", label: t("toScale") },
          ]}
        />
      </div>
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <TimelineGround axis={axis} now={now} columns={COLUMNS} />
        <ol className="relative pb-2">
          <li className={cx(COLUMNS, "h-[34px]")}>
            <span className="flex min-w-0 items-center gap-[7px] font-medium">
              <Zap aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
              <span className="truncate">{trigger}</span>
            </span>
            <span className="relative h-full">
              <span className="absolute top-[11px] left-0 h-3 w-[3px] rounded-[2px] bg-completed" />
            </span>
            <span className="pr-3.5 text-right text-11 text-text-2 tabular-nums">{clock}</span>
          </li>
          {timeline.rows.map(row)}
          {timeline.aside.length > 0 && <li aria-hidden className="mx-3.5 my-2 w-[136px] border-b border-border" />}
          {timeline.aside.map(row)}
        </ol>
      </div>
    </section>
  );
}

/** Under the row of a step that says how far it is. */
function ProgressRow({ name, progress }: { readonly name: string; readonly progress: Progress }): JSX.Element {
  const t = useWords(words);
  const { part, note } = progress;
  return (
    <div className={cx(COLUMNS, "h-6 text-12 text-text-2")}>
      <span className="truncate pr-2 pl-[21px]" title={note ?? undefined}>
        {note}
      </span>
      <ProgressBar part={part} label={t("progressOf", { name, note: note ?? "none" })} />
      <span className="pr-3.5 text-right text-11 tabular-nums">{t("percent", { part })}</span>
    </div>
  );
}

interface RowProps {
  readonly row: TimelineRow;
  readonly axis: TimeAxis;
  readonly selected: boolean;
  readonly onSelect: (node: string) => void;
}

function Row({ row, axis, selected, onSelect }: RowProps): JSX.Element {
  const t = useWords(words);
  const Icon = row.status === "skipped" ? CircleSlash : STATUS_ICON[row.status];
  const reached = row.bars.length > 0;
  return (
    <li>
      <button
        type="button"
        aria-current={selected ? "true" : undefined}
        onClick={() => onSelect(row.node)}
        className={cx(
          COLUMNS,
          "h-[34px] w-full text-left outline-offset-[-2px] hover:bg-surface-hover pointer-coarse:h-11",
          selected && "bg-accent-soft shadow-[inset_2px_0_0_var(--hf-accent)] hover:bg-accent-soft",
        )}
      >
        <span className={cx("flex min-w-0 items-center gap-[7px]", reached ? "font-medium" : "text-text-3")}>
          <Icon
            aria-hidden
            className={cx(
              "size-3.5 shrink-0",
              TONE_MARK[STATUS_TONE[row.status]],
              row.status === "running" && "hf-turn",
            )}
            strokeWidth={1.75}
          />
          <span className="truncate" title={row.name}>
            {row.name}
          </span>
          <span className="sr-only">{t(`status_${row.status}`)}</span>
        </span>
        <TimelineBars bars={row.bars} axis={axis} />
        <span className="truncate pr-3.5 text-right text-11 text-text-2 tabular-nums">
          {row.took !== undefined && durationText(row.took, t.language)}
          {row.only !== undefined && t("ifPort", { port: row.only })}
        </span>
      </button>
      {row.progress !== undefined && <ProgressRow name={row.name} progress={row.progress} />}
      {row.tries.length > 0 && (
        <ol>
          {row.tries.map(({ id, attempt, bar, error }) => (
            <li key={id} className={cx(COLUMNS, "h-6 text-12 text-text-2")}>
              <span className="truncate pl-[21px]" title={error}>
                {error === undefined ? t("try", { n: attempt }) : t("tryFailed", { n: attempt, error })}
              </span>
              <TimelineBars bars={[bar]} axis={axis} small />
              <span className="pr-3.5 text-right text-11 tabular-nums">
                {durationText(bar.to - bar.from, t.language)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}
