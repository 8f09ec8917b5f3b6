import { Link } from "@tanstack/react-router";
import { Ellipsis, Hourglass, Loader, type LucideIcon, OctagonAlert, PencilLine } from "lucide-react";
import type { JSX } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { cx } from "../../ui/cx.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Pill } from "../../ui/pill.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { TONE_MARK, TONE_TEXT, type Tone } from "../../ui/tone.ts";
import { useWords } from "../../words/use-words.tsx";
import { flowAddress, type FlowRow } from "./rows.ts";
import { useRowItems } from "./row-items.ts";
import { WeekBars } from "./week-bars.tsx";
import { words } from "./words.ts";

/** Name, what starts it, live version, what is going on, the week, owner and edited, the menu. */
export const COLUMNS =
  "grid grid-cols-[minmax(0,1fr)_36px] items-center gap-x-3 px-4 md:grid-cols-[minmax(0,1fr)_minmax(0,220px)_84px_150px_36px] xl:grid-cols-[minmax(0,1fr)_minmax(0,250px)_96px_168px_84px_minmax(0,190px)_36px]";

/** Pixels of a row; on a phone it has two lines. */
export const ROW_HEIGHT = 44;
export const PHONE_ROW_HEIGHT = 64;

export interface FlowRowProps {
  readonly row: FlowRow;
  /** Its place among all, from 1. */
  readonly position: number;
  readonly top: number;
  readonly height: number;
}

export function FlowRowView({ row, position, top, height }: FlowRowProps): JSX.Element {
  const t = useWords(words);
  const items = useRowItems(row);
  return (
    <div
      role="row"
      aria-rowindex={position + 1}
      className={cx(
        COLUMNS,
        "absolute inset-x-0 border-b border-border bg-surface hover:bg-surface-hover has-[a:focus-visible]:bg-accent-soft",
      )}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div role="cell" className="min-w-0">
        <div className="flex min-w-0 items-center gap-2.5">
          <Link
            to={flowAddress(row.id)}
            data-flow={row.id}
            className="truncate font-medium text-text outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
          >
            {row.name}
          </Link>
          <DraftPill row={row} />
        </div>
        <div className="mt-0.5 flex items-center gap-3 text-12 text-text-3 md:hidden">
          <Live row={row} />
          <Going row={row} />
          {row.editedAt !== null && <RelativeTime at={row.editedAt} className="ml-auto truncate" />}
        </div>
      </div>
      <div role="cell" className="hidden min-w-0 text-text-2 md:block">
        <Starts events={row.events} />
      </div>
      <div role="cell" className="hidden text-text-2 md:block">
        <Live row={row} />
      </div>
      <div role="cell" className="hidden md:flex">
        <Going row={row} />
      </div>
      <div role="cell" className="hidden xl:block">
        <WeekBars week={row.week} />
      </div>
      <div role="cell" className="hidden min-w-0 items-center gap-2 text-12 text-text-2 xl:flex">
        {row.owner !== null && (
          <>
            <Avatar name={row.owner.name} />
            <span className="truncate">{row.owner.name}</span>
          </>
        )}
        {row.editedAt !== null && (
          <RelativeTime at={row.editedAt} className="ml-auto shrink-0 whitespace-nowrap text-text-3" />
        )}
      </div>
      <div role="cell" className="relative z-10 justify-self-end">
        <Menu
          trigger={<IconButton icon={Ellipsis} label={t("actions", { name: row.name })} side="left" />}
          items={items}
        />
      </div>
    </div>
  );
}

function DraftPill({ row }: { row: FlowRow }): JSX.Element | null {
  const t = useWords(words);
  if (row.draft === null && row.versionCount > 0) return null;
  return (
    <Pill tone="draft" icon={PencilLine} className="shrink-0">
      {row.versionCount === 0 ? t("draftNew") : t("draft", { count: row.draft?.changes ?? 0 })}
    </Pill>
  );
}

function Starts({ events }: { events: readonly string[] }): JSX.Element {
  const t = useWords(words);
  const [first] = events;
  if (first === undefined) return <span className="block truncate text-12 text-text-3">{t("onCall")}</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={events.join("\n")}>
      <code className="truncate text-12">{first}</code>
      {events.length > 1 && (
        <span className="shrink-0 text-12 text-text-3">{t("moreEvents", { count: events.length - 1 })}</span>
      )}
    </span>
  );
}

function Live({ row }: { row: FlowRow }): JSX.Element {
  const t = useWords(words);
  if (row.liveVersion === null) return <span className="whitespace-nowrap text-text-3">{t("notLive")}</span>;
  return (
    <span className="tabular-nums">
      <span aria-hidden>{t("version", { version: row.liveVersion })}</span>
      <span className="sr-only">{t("versionSpoken", { version: row.liveVersion })}</span>
    </span>
  );
}

/** What is going on now; what is nothing is not shown. */
function Going({ row }: { row: FlowRow }): JSX.Element {
  const t = useWords(words);
  return (
    <span className="flex items-center gap-3">
      <Count
        tone="incident"
        icon={OctagonAlert}
        count={row.incidents}
        label={t("incidents", { count: row.incidents })}
      />
      <Count tone="waiting" icon={Hourglass} count={row.waiting} label={t("waiting", { count: row.waiting })} />
      <Count tone="running" icon={Loader} count={row.running} label={t("running", { count: row.running })} />
    </span>
  );
}

interface CountProps {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly count: number;
  readonly label: string;
}

function Count({ tone, icon: Icon, count, label }: CountProps): JSX.Element | null {
  if (count === 0) return null;
  return (
    <span
      title={label}
      className={cx("relative z-10 flex items-center gap-[5px] text-12 font-medium tabular-nums", TONE_TEXT[tone])}
    >
      <Icon aria-hidden className={cx("size-3.5", TONE_MARK[tone])} strokeWidth={1.75} />
      <span aria-hidden>{count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
