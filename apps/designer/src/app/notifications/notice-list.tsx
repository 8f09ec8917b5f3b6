import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import {
  ArrowUpRight,
  Bell,
  CheckCheck,
  CircleUser,
  CornerDownRight,
  MessageSquare,
  Settings2,
  UserCheck,
} from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { JSX } from "react";
import type { Outputs } from "../../rpc/outputs.ts";
import { useTRPC } from "../../rpc/client.ts";
import { buttonClass } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { readable } from "../../values/readable.ts";
import { titleText } from "../../pages/inbox/node-texts.ts";
import { withMoney } from "../../values/money-text.ts";
import { type Translate, useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

type Notice = Outputs["notifications"]["list"]["items"][number];
type T = Translate<keyof typeof words.en>;

const ICONS: Readonly<Record<Notice["kind"], LucideIcon>> = {
  assigned: CircleUser,
  reminder: Bell,
  escalated: ArrowUpRight,
  delegated: CornerDownRight,
  handedOver: CornerDownRight,
  commented: MessageSquare,
  decided: UserCheck,
  givenBack: CircleUser,
};

export interface NoticeListProps {
  readonly unread: number;
  readonly onClose: () => void;
}

/** The newest first. To open one is to have read what there is about its task. */
export function NoticeList({ unread, onClose }: NoticeListProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const list = useQuery(trpc.notifications.list.queryOptions({}));
  const mark = useMutation(
    trpc.notifications.markRead.mutationOptions({
      onSettled: () => client.invalidateQueries(trpc.notifications.pathFilter()),
    }),
  );
  const items = list.data?.items;
  return (
    <>
      <div className="flex min-h-11 shrink-0 items-center gap-1 border-b border-border pr-2 pl-3.5">
        <h2 className="flex-1 text-13 font-semibold">{t("title")}</h2>
        {unread > 0 && <IconButton icon={CheckCheck} label={t("allRead")} onClick={() => mark.mutate({ all: true })} />}
        <Link
          to="/settings/$section"
          params={{ section: "profile" }}
          aria-label={t("settings")}
          onClick={onClose}
          className={cx(buttonClass("ghost", "sm"), "px-1.5 pointer-coarse:size-9")}
        >
          <Settings2 aria-hidden className="size-4" strokeWidth={1.75} />
        </Link>
      </div>
      {list.isError && items === undefined && (
        <ErrorState title={t("loadFailed")} error={list.error} retry={() => void list.refetch()} />
      )}
      {items?.length === 0 && <p className="px-3.5 py-5 text-text-2">{t("none")}</p>}
      <ul aria-label={t("title")} className="min-h-0 overflow-y-auto empty:hidden">
        {items?.map((notice) => (
          <NoticeRow
            key={notice.id}
            notice={notice}
            onOpen={() => {
              mark.mutate({ task: notice.task });
              onClose();
            }}
          />
        ))}
      </ul>
    </>
  );
}

function NoticeRow({ notice, onOpen }: { readonly notice: Notice; readonly onOpen: () => void }): JSX.Element {
  const t = useWords(words);
  const { kind, task, title, at, read } = notice;
  const Icon = ICONS[kind];
  const note = noteOf(notice, t);
  return (
    <li className="border-b border-border last:border-b-0">
      <Link
        to="/inbox"
        search={{ task }}
        onClick={onOpen}
        className="flex gap-2.5 px-3.5 py-2.5 outline-offset-[-2px] hover:bg-surface-hover"
      >
        <Icon
          aria-hidden
          className={cx("mt-0.5 size-4 shrink-0", read ? "text-text-3" : "text-text")}
          strokeWidth={1.75}
        />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className={cx("min-w-0 flex-1 truncate text-12", read ? "text-text-3" : "font-medium text-text-2")}>
              {t(kind, { by: notice.by ?? t("somebody") })}
            </span>
            <RelativeTime at={at} className="shrink-0 text-11 text-text-3" />
          </span>
          <span className={cx("block break-words", read ? "text-text-2" : "font-medium")}>
            {withMoney(titleText(title, t.language), t.language)}
          </span>
          {note !== undefined && <span className="line-clamp-2 text-12 break-words text-text-2">{note}</span>}
        </span>
        {!read && (
          <span className="mt-1.5 size-2 shrink-0 rounded-full bg-accent">
            <span className="sr-only">{t("unread")}</span>
          </span>
        )}
      </Link>
    </li>
  );
}

/** The comment or the reason as it was written; an answer in the reader's words. */
function noteOf({ kind, note }: Notice, t: T): string | undefined {
  if (note === null) return undefined;
  if (kind !== "decided") return note;
  return note === "approved" || note === "rejected" ? t(note) : readable(note);
}
