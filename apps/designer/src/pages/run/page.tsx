import { getRouteApi } from "@tanstack/react-router";
import type { JSX } from "react";
import { TopBar, usePageTitle } from "../../app/top-bar.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import { shortId } from "../../values/short-id.ts";
import { useRun } from "./use-run.ts";
import { words } from "./words.ts";
import { RunView } from "./run-view.tsx";

const route = getRouteApi("/signed-in/runs/$run");

/** One run on its own frozen version: what happened, what it waits for, and what can be done. */
export function RunPage(): JSX.Element {
  const t = useWords(words);
  const { run } = route.useParams();
  const { details: data, error, retry, live } = useRun(run);
  usePageTitle(data === undefined ? shortId(run) : `${data.run.flowName} ${shortId(run)}`);
  if (data !== undefined) return <RunView key={run} details={data} live={live} />;
  return (
    <>
      <TopBar>
        <h1 className="font-mono text-13 font-semibold">{shortId(run)}</h1>
      </TopBar>
      {error === null ? <RunSkeleton /> : <ErrorState title={t("failed")} error={error} retry={retry} />}
    </>
  );
}

function RunSkeleton(): JSX.Element {
  return (
    <div className="hf-late flex min-h-0 flex-1">
      <div className="flex w-[408px] flex-col gap-4 border-r border-border bg-surface p-4 max-lg:hidden">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} className="w-full" />
        ))}
      </div>
      <div className="flex flex-1 flex-col gap-8 p-8">
        {[0, 1, 2].map((card) => (
          <Skeleton key={card} className="h-[72px] w-72" />
        ))}
      </div>
    </div>
  );
}
