import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { JSX } from "react";
import type { RunRow } from "../../rpc/outputs.ts";
import { buttonClass } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { StatusMark } from "../../ui/status-mark.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useWords } from "../../words/use-words.tsx";
import { RunWait } from "./run-wait.tsx";
import { shortId } from "../../values/short-id.ts";
import { readable } from "../../values/readable.ts";
import { columnText, standingText, statusOf } from "./standing.ts";
import { words } from "./words.ts";
import { failureText } from "../../words/step-errors.ts";

/** A run beside the list: what it is about and where it stands. */
export function RunPeek({ row, onClose }: { readonly row: RunRow; readonly onClose: () => void }): JSX.Element {
  const t = useWords(words);
  return (
    <aside
      aria-label={t("peek", { id: shortId(row.id) })}
      className="flex w-[340px] shrink-0 flex-col gap-3 overflow-y-auto border-l border-border bg-surface p-4 max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-30 max-md:max-h-[70dvh] max-md:w-full max-md:rounded-t-lg max-md:border-t max-md:border-l-0 max-md:shadow-modal"
    >
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate text-14 font-semibold">
          {row.flowName} <span className="font-mono text-13 font-normal text-text-2">{shortId(row.id)}</span>
        </h2>
        <IconButton icon={X} size="sm" label={t("clear")} onClick={onClose} />
      </div>
      <StatusMark status={statusOf(row)} />
      <p>{standingText(row, t)}</p>
      <RunWait row={row} />
      {row.error !== null && <p className="text-failed-text">{failureText(row.error)}</p>}
      <dl className="grid grid-cols-[104px_1fr] gap-x-3 gap-y-1.5 text-12">
        {Object.entries(row.columns).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="truncate text-text-3">{readable(name)}</dt>
            <dd className="min-w-0 break-words">{columnText(value, t.language)}</dd>
          </div>
        ))}
        <dt className="text-text-3">{t("colStarted")}</dt>
        <dd>
          <RelativeTime at={row.startedAt} />
        </dd>
        <dt className="text-text-3">{t("colVersion")}</dt>
        <dd className="tabular-nums">{row.version}</dd>
      </dl>
      <Link to="/runs/$run" params={{ run: row.id }} className={buttonClass("primary")}>
        {t("open")}
      </Link>
    </aside>
  );
}
