import { CloudOff } from "lucide-react";
import { useEffect, useRef, type JSX, type ReactNode } from "react";
import { useWords } from "../words/use-words.tsx";
import { Bell } from "./notifications/bell.tsx";
import { useConnected } from "./connection.ts";
import { words } from "./words.ts";

/** The 48 px on top of every page, and under it the bar that tells of a lost connection. */
export function TopBar({ children }: { children: ReactNode }): JSX.Element {
  return (
    <>
      <header className="relative flex min-h-12 shrink-0 items-center gap-2.5 border-b border-border bg-surface py-1 pr-3 pl-4 max-sm:flex-wrap max-sm:gap-x-1.5 max-sm:py-2 max-sm:pr-14">
        {children}
        {/* On a phone what the page brings may take several rows; the bell stays in its corner. */}
        <span className="flex shrink-0 max-sm:absolute max-sm:top-2 max-sm:right-2">
          <Bell />
        </span>
      </header>
      <OfflineBar />
    </>
  );
}

function OfflineBar(): JSX.Element | null {
  const t = useWords(words);
  if (useConnected()) return null;
  return (
    <div
      role="status"
      className="flex min-h-8 shrink-0 items-center gap-2 border-b border-border bg-waiting-soft px-4 py-1 text-12 font-medium text-waiting-text"
    >
      <CloudOff aria-hidden className="size-3.5 shrink-0 text-waiting" strokeWidth={1.75} />
      {t("offline")}
    </div>
  );
}

/** Whether a page was shown before this one: then the new page's heading takes the focus. */
let moved = false;

/** The name of the browser's tab: "Flows · Holdfast". */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Holdfast" : `${title} · Holdfast`;
  }, [title]);
}

/** The page's only `h1`. It takes the focus when the page comes after another, and names the tab. */
export function PageHeading({ title, className }: { title: string; className?: string }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title);
  useEffect(() => {
    const inside = document.activeElement?.closest("main") ?? null;
    if (moved && inside === null) heading.current?.focus();
    moved = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={className ?? "truncate text-16 font-semibold tracking-[-.015em]"}>
      {title}
    </h1>
  );
}

export interface PageTopProps {
  readonly title: string;
  /** Beside the title: live mark, count. */
  readonly beside?: ReactNode;
  /** At the right: search, what can be done. */
  readonly children?: ReactNode;
}

/** The top of a list page. */
export function PageTop({ title, beside, children }: PageTopProps): JSX.Element {
  return (
    <TopBar>
      <PageHeading title={title} />
      {beside}
      <span className="flex-1" />
      {children}
    </TopBar>
  );
}
