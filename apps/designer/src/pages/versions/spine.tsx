import { useVirtualizer } from "@tanstack/react-virtual";
import { Braces, EllipsisVertical, History, RotateCcw, Check } from "lucide-react";
import { useRef, type JSX } from "react";
import type { OpenDraft } from "../../draft/use-draft.ts";
import type { Outputs } from "../../rpc/outputs.ts";
import { cx } from "../../ui/cx.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Pill } from "../../ui/pill.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useNow } from "../../ui/now.ts";
import { relativeText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Side } from "./search.ts";
import { words } from "./words.ts";

export type Version = Outputs["flows"]["versions"][number];

export interface SpineProps {
  readonly versions: readonly Version[];
  readonly draft: OpenDraft;
  readonly changed: boolean;
  readonly a: Side | undefined;
  readonly b: Side | undefined;
  readonly onPick: (side: Side) => void;
  /** The row that the keys A and B are about. */
  readonly onPoint: (side: Side) => void;
  readonly onExport: (version: number) => void;
  readonly onRestore: ((version: number) => void) | undefined;
  readonly onRollBack: ((version: number) => void) | undefined;
}

const ROW = 78;

/** The draft on top, then every version for good: the newest first. */
export function Spine(props: SpineProps): JSX.Element {
  const { versions } = props;
  const t = useWords(words);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: versions.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => versions[index]?.version ?? index,
    overscan: 12,
  });
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto border-t border-border">
      <DraftRow {...props} />
      {versions.length === 0 && <p className="px-4 py-3 text-12 text-text-2">{t("none")}</p>}
      <ol className="relative m-0 list-none p-0" style={{ height: rows.getTotalSize() }} aria-label={t("title")}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const version = versions[index];
          return version === undefined ? null : (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className="absolute inset-x-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              <VersionRow {...props} version={version} last={index === versions.length - 1} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function rowClass(picked: boolean): string {
  return cx(
    "relative flex w-full items-start border-b border-border py-[9px] pr-3.5 pl-10 text-left",
    picked ? "bg-accent-soft" : "hover:bg-surface-hover",
  );
}

function Mark({ side, a, b }: { side: Side; a: Side | undefined; b: Side | undefined }): JSX.Element | null {
  if (side === b) return <Kbd>B</Kbd>;
  return side === a ? <Kbd>A</Kbd> : null;
}

function DraftRow({ draft, changed, versions, a, b, onPick, onPoint }: SpineProps): JSX.Element {
  const t = useWords(words);
  const now = useNow();
  const when = relativeText(new Date(draft.editedAt), now, t.language);
  const saved = draft.editedBy === null ? when : t("draftSaved", { who: draft.editedBy, when });
  const standing = changed || draft.baseVersion === null ? saved : t("draftSame", { version: draft.baseVersion });
  return (
    <div className={rowClass(a === "draft" || b === "draft")} onPointerEnter={() => onPoint("draft")}>
      {versions.length > 0 && (
        <span
          aria-hidden
          className="absolute top-5 bottom-0 left-[21px] w-0.5 bg-[repeating-linear-gradient(var(--hf-draft)_0_4px,transparent_4px_7px)]"
        />
      )}
      <span
        aria-hidden
        className="absolute top-3.5 left-[17px] size-2.5 rounded-full border-[1.5px] border-draft bg-surface"
      />
      <button
        type="button"
        aria-pressed={a === "draft" || b === "draft"}
        className="min-w-0 flex-1 text-left after:absolute after:inset-0"
        onClick={() => onPick("draft")}
        onFocus={() => onPoint("draft")}
      >
        <b className="font-semibold">{t("draft")}</b>
        <span className="block text-12 text-text-2">{standing}</span>
      </button>
      <Mark side="draft" a={a} b={b} />
    </div>
  );
}

function VersionRow(props: SpineProps & { readonly version: Version; readonly last: boolean }): JSX.Element {
  const { version: row, last, a, b, onPick, onPoint } = props;
  const t = useWords(words);
  const { version } = row;
  const picked = a === version || b === version;
  return (
    <div className={cx(rowClass(picked), "group gap-2")} onPointerEnter={() => onPoint(version)}>
      <span
        aria-hidden
        className={cx("absolute top-0 left-[21px] w-0.5 bg-edge-taken", last ? "h-[18px]" : "bottom-0")}
      />
      <span aria-hidden className="absolute top-3.5 left-[17.5px] size-[9px] rounded-[1.5px] bg-edge-taken" />
      <button
        type="button"
        aria-pressed={picked}
        className="min-w-0 flex-1 text-left after:absolute after:inset-0"
        onClick={() => onPick(version)}
        onFocus={() => onPoint(version)}
      >
        <span className="flex flex-wrap items-center gap-x-2 pr-28">
          <b className="font-semibold">{t("version", { version })}</b>
          {row.live && (
            <Pill tone="completed" icon={Check}>
              {t("live")}
            </Pill>
          )}
        </span>
        <span className="line-clamp-2 text-12 text-text-2">{row.note ?? row.summary.join("; ")}</span>
        <span className="block pr-6 text-12 text-text-3">
          {row.publishedBy.name ?? (row.publishedBy.kind === "key" ? t("aKey") : row.publishedBy.id)} ·{" "}
          {t("runsWaiting", { count: row.waitingRuns })}
        </span>
      </button>
      <span className="absolute top-2.5 right-3.5 pointer-coarse:right-14 flex items-center gap-2 text-12 text-text-3">
        <RelativeTime at={row.publishedAt} />
        <Mark side={version} a={a} b={b} />
      </span>
      <span className="absolute right-2 bottom-1.5 z-10 pointer-coarse:top-1.5">
        <RowMenu {...props} />
      </span>
    </div>
  );
}

function RowMenu({ version: row, onExport, onRestore, onRollBack }: SpineProps & { version: Version }): JSX.Element {
  const t = useWords(words);
  const { version } = row;
  return (
    <Menu
      trigger={
        <IconButton
          icon={EllipsisVertical}
          size="sm"
          label={t("more", { version })}
          className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-popup-open:opacity-100 pointer-coarse:opacity-100"
        />
      }
      items={[
        ...(onRestore === undefined
          ? []
          : [{ label: t("restore"), icon: History, onSelect: () => onRestore(version) }]),
        ...(onRollBack === undefined || row.live
          ? []
          : [{ label: t("rollBack", { version }), icon: RotateCcw, onSelect: () => onRollBack(version) }]),
        { label: t("asJson"), icon: Braces, onSelect: () => onExport(version) },
      ]}
    />
  );
}
