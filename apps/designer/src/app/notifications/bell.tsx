import { useQuery, type QueryFilters } from "@tanstack/react-query";
import { Bell as BellIcon } from "lucide-react";
import { Suspense, lazy, useEffect, useRef, useState, type JSX } from "react";
import { announce } from "../../keys/announce.ts";
import { useTRPC } from "../../rpc/client.ts";
import { useLiveRuns } from "../../rpc/use-live-runs.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Popover } from "../../ui/popover.tsx";
import { useWords } from "../../words/use-words.tsx";
import { useMay } from "../session.ts";
import { words } from "./words.ts";

/** It writes amounts as the language of flows does, which the first page has no need of. */
const NoticeList = lazy(async () => ({ default: (await import("./notice-list.tsx")).NoticeList }));

/** While changes do not arrive by themselves it is read again. Milliseconds. */
const FALLBACK = 15_000;
const MOST = 99;

/** Whatever is told of tasks is told with a change of their runs. */
const NOTICES: QueryFilters = {
  predicate: ({ queryKey: [path] }) => Array.isArray(path) && path[0] === "notifications",
};

/** What the person has been told, and how much of it is new. */
export function Bell(): JSX.Element | null {
  const may = useMay("notification.read");
  return may ? <OwnBell /> : null;
}

function OwnBell(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const { data } = useQuery(trpc.notifications.count.queryOptions());
  useLiveRuns(NOTICES, { fallback: FALLBACK });
  const unread = data?.unread ?? 0;
  useTellMore(unread, t("open", { n: unread }));
  return (
    <span className="relative -my-1 inline-grid shrink-0">
      <Popover
        open={open}
        onOpenChange={setOpen}
        align="end"
        label={t("title")}
        className="flex max-h-[min(70dvh,560px)] !w-[400px] flex-col !p-0"
        trigger={<IconButton icon={BellIcon} size="lg" label={t("open", { n: unread })} />}
      >
        <Suspense>
          <NoticeList unread={unread} onClose={() => setOpen(false)} />
        </Suspense>
      </Popover>
      {unread > 0 && (
        <span
          aria-hidden
          className="pointer-events-none absolute top-0 right-0 min-w-4 rounded-full bg-accent px-1 text-center text-11 leading-4 font-medium text-on-accent tabular-nums"
        >
          {unread > MOST ? `${MOST}+` : unread}
        </span>
      )}
    </span>
  );
}

/** More than before: said, for who does not see the number. */
function useTellMore(unread: number, text: string): void {
  const before = useRef(unread);
  useEffect(() => {
    if (unread > before.current) announce(text);
    before.current = unread;
  }, [unread, text]);
}
