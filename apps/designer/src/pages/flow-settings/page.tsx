import { getRouteApi } from "@tanstack/react-router";
import type { JSX } from "react";
import { TopBar, usePageTitle } from "../../app/top-bar.tsx";
import { Conflicts } from "../../draft/conflicts.tsx";
import { useDraft, type OpenDraft } from "../../draft/use-draft.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { FlowTop } from "../../versions/flow-top.tsx";
import { useWords } from "../../words/use-words.tsx";
import { About, Address, Archive, DraftPart } from "./parts.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/flows/$flow/settings");

/** What can be said of a flow as a whole, and done with it. */
export function FlowSettingsPage(): JSX.Element {
  const t = useWords(words);
  const { flow } = route.useParams();
  const { draft, error, retry } = useDraft(flow);
  usePageTitle(`${draft?.store.getState().flow.name ?? flow}: ${t("title")}`);
  if (draft !== undefined) return <Opened key={flow} flow={flow} draft={draft} />;
  return (
    <>
      <TopBar>
        <h1 className="truncate font-semibold">{flow}</h1>
      </TopBar>
      {error === null || error === undefined ? (
        <div className="hf-late mx-auto flex w-full max-w-[640px] flex-col gap-6 p-6">
          {[0, 1, 2, 3].map((row) => (
            <Skeleton key={row} className="h-8 w-full" />
          ))}
        </div>
      ) : (
        <ErrorState title={t("couldNot")} error={error} retry={retry} />
      )}
    </>
  );
}

function Opened({ flow, draft }: { flow: string; draft: OpenDraft }): JSX.Element {
  return (
    <>
      <FlowTop flow={flow} draft={draft} page="settings" />
      <div className="min-h-0 flex-1 overflow-y-auto bg-surface px-4 py-6">
        <div className="mx-auto flex max-w-[640px] flex-col">
          <Conflicts draft={draft} />
          <About draft={draft} />
          <Address flow={flow} draft={draft} />
          <DraftPart flow={flow} draft={draft} />
          <Archive flow={flow} draft={draft} />
        </div>
      </div>
    </>
  );
}
