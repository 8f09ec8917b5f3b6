import { END } from "@holdfast/dsl";
import { getRouteApi } from "@tanstack/react-router";
import { useState, type JSX } from "react";
import { TopBar, usePageTitle } from "../../app/top-bar.tsx";
import { useDraft, type OpenDraft } from "../../draft/use-draft.ts";
import { FlowStoreProvider } from "../../flow/flow-store-context.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import { Designer } from "./designer.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/flows/$flow");

/** A flow's draft, to be drawn, tried and published. */
export function DesignerPage(): JSX.Element {
  const t = useWords(words);
  const { flow } = route.useParams();
  const { draft, error, retry } = useDraft(flow);
  usePageTitle(draft?.store.getState().flow.name ?? flow);
  if (draft !== undefined) return <Opened key={flow} flow={flow} draft={draft} />;
  return (
    <>
      <TopBar>
        <h1 className="truncate font-semibold">{flow}</h1>
      </TopBar>
      {error === null || error === undefined ? (
        <Waiting />
      ) : (
        <ErrorState title={t("failed")} error={error} retry={retry} />
      )}
    </>
  );
}

function Opened({ flow, draft }: { flow: string; draft: OpenDraft }): JSX.Element {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  // Before the first render, which writes what is selected into the address.
  useState(() => {
    const { node } = search;
    if (node !== undefined && node !== END) draft.store.getState().select({ nodes: new Set([node]) });
  });
  return (
    <FlowStoreProvider store={draft.store}>
      <Designer
        flowId={flow}
        draft={draft}
        node={search.node}
        onNode={(node) =>
          void navigate({
            search: ({ node: _, ...rest }) => (node === undefined ? rest : { ...rest, node }),
            replace: true,
          })
        }
        testing={search.test === true}
        code={search.view === "code"}
        onCode={(open) =>
          void navigate({ search: ({ view: _, ...rest }) => (open ? { ...rest, view: "code" } : rest) })
        }
        onTest={(open) => void navigate({ search: ({ test: _, ...rest }) => (open ? { ...rest, test: true } : rest) })}
      />
    </FlowStoreProvider>
  );
}

function Waiting(): JSX.Element {
  return (
    <div className="hf-late flex min-h-0 flex-1">
      <div className="flex w-[200px] flex-col gap-4 border-r border-border bg-surface p-4 max-lg:hidden">
        {[0, 1, 2, 3, 4, 5, 6].map((row) => (
          <Skeleton key={row} className="w-full" />
        ))}
      </div>
      <div className="flex flex-1 flex-col gap-8 p-8">
        {[0, 1, 2, 3].map((card) => (
          <Skeleton key={card} className="h-[72px] w-72" />
        ))}
      </div>
    </div>
  );
}
