import { Link, type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import type { JSX } from "react";
import { buttonClass } from "../ui/button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../ui/states.tsx";
import { useWords } from "../words/use-words.tsx";
import { PageTop } from "./top-bar.tsx";
import { words } from "./words.ts";

/** In place of a page that broke; the navigation stays. */
export function BrokenPage({ error, reset }: ErrorComponentProps): JSX.Element {
  const t = useWords(words);
  const router = useRouter();
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <ErrorState title={t("pageFailed")} error={error} retry={retry} />
    </main>
  );
}

/** An address that leads nowhere. */
export function MissingPage(): JSX.Element {
  const t = useWords(words);
  return (
    <>
      <PageTop title={t("missing")} />
      <EmptyState
        title={t("missingText")}
        action={
          <Link to="/" className={buttonClass("primary")}>
            {t("toStart", { place: t("flows") })}
          </Link>
        }
      />
    </>
  );
}

/** While a page's code comes. */
export function PendingPage(): JSX.Element {
  return (
    <>
      <header className="flex h-12 shrink-0 items-center border-b border-border bg-surface px-4">
        <Skeleton className="w-32" />
      </header>
      <div className="flex flex-col gap-4 p-4">
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/2" />
        <Skeleton className="w-3/5" />
      </div>
    </>
  );
}
