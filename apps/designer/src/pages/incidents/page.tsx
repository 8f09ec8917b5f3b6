import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { JSX } from "react";
import { PageTop } from "../../app/top-bar.tsx";
import { useTRPC } from "../../rpc/client.ts";
import { useLiveRuns } from "../../rpc/use-live-runs.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import { IncidentCard } from "./incident-card.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/incidents");

/** While changes do not arrive by themselves it is read again. Milliseconds. */
const FALLBACK = 5_000;

/** What waits for a person to repair, by what happened: alike ones are decided at once. */
export function IncidentsPage(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const { incident } = route.useSearch();
  const { data, error, refetch } = useQuery(trpc.incidents.groups.queryOptions());
  useLiveRuns(trpc.incidents.pathFilter(), { fallback: FALLBACK });
  const groups = data?.groups ?? [];
  const asked = groups.find(({ items }) => items.some(({ id }) => id === incident));
  const shown = asked === undefined ? groups : [asked, ...groups.filter((group) => group !== asked)];
  return (
    <>
      <PageTop
        title={t("title")}
        beside={
          data !== undefined && data.total > 0 ? (
            <span className="text-12 text-text-2 tabular-nums">{t("count", { n: data.total })}</span>
          ) : undefined
        }
      />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        {data === undefined && error !== null && (
          <ErrorState title={t("failed")} error={error} retry={() => void refetch()} />
        )}
        {data === undefined && error === null && (
          <div className="hf-late mx-auto flex w-full max-w-[760px] flex-col gap-4 p-6">
            <Skeleton className="h-36 w-full" />
            <Skeleton className="h-36 w-full" />
          </div>
        )}
        {data !== undefined && groups.length === 0 && <EmptyState title={t("none")} text={t("noneText")} />}
        {shown.length > 0 && (
          <ul className="mx-auto flex w-full max-w-[760px] flex-col gap-4 p-6 max-sm:p-3">
            {shown.map((group) => (
              <IncidentCard key={group.key} group={group} />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
