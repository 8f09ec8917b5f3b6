import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { JSX } from "react";
import { TopBar, usePageTitle } from "../../app/top-bar.tsx";
import { useDraft } from "../../draft/use-draft.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import { VersionsView } from "./versions-view.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/flows/$flow/versions");

/** Every version of a flow, and what differs between any two. */
export function VersionsPage(): JSX.Element {
  const t = useWords(words);
  const { flow } = route.useParams();
  const { draft, error, retry } = useDraft(flow);
  const trpc = useTRPC();
  const versions = useQuery(trpc.flows.versions.queryOptions({ id: flow }));
  usePageTitle(`${draft?.store.getState().flow.name ?? flow}: ${t("title")}`);
  if (draft !== undefined && versions.data !== undefined) {
    return <VersionsView key={flow} flow={flow} draft={draft} versions={versions.data} />;
  }
  const wrong = error ?? versions.error;
  return (
    <>
      <TopBar>
        <h1 className="truncate font-semibold">{flow}</h1>
      </TopBar>
      {wrong === null || wrong === undefined ? (
        <Waiting />
      ) : (
        <ErrorState
          title={t("couldNot")}
          error={wrong}
          retry={() => {
            retry();
            void versions.refetch();
          }}
        />
      )}
    </>
  );
}

function Waiting(): JSX.Element {
  return (
    <div className="hf-late flex min-h-0 flex-1">
      <div className="flex w-[284px] flex-col gap-6 border-r border-border bg-surface p-4 max-lg:hidden">
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} className="h-10 w-full" />
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
