import { Link } from "@tanstack/react-router";
import type { JSX, ReactNode } from "react";
import { useStore } from "zustand";
import { TopBar } from "../app/top-bar.tsx";
import { DraftPill } from "../draft/draft-pill.tsx";
import { FlowTabs, type FlowPage } from "../draft/flow-tabs.tsx";
import { SaveMark } from "../draft/save-mark.tsx";
import { tabWords } from "../draft/tab-words.ts";
import type { OpenDraft } from "../draft/use-draft.ts";
import { useWords } from "../words/use-words.tsx";

export interface FlowTopProps {
  readonly flow: string;
  readonly draft: OpenDraft;
  readonly page: FlowPage;
  /** What can be done here. */
  readonly children?: ReactNode;
}

/** The top of a flow's pages besides the designer. */
export function FlowTop({ flow, draft, page, children }: FlowTopProps): JSX.Element {
  const t = useWords(tabWords);
  const name = useStore(draft.store, (state) => state.flow.name);
  return (
    <TopBar>
      <nav aria-label={t("crumb")} className="flex min-w-24 items-center gap-2 text-text-3">
        <Link to="/flows" search={{}} className="hover:text-text max-xl:hidden">
          {t("flows")}
        </Link>
        <span aria-hidden className="max-xl:hidden">
          /
        </span>
        <h1 title={name} className="truncate font-semibold text-text">
          {name}
        </h1>
      </nav>
      <DraftPill draft={draft} />
      <SaveMark draft={draft} />
      <span className="flex-1" />
      <FlowTabs flow={flow} page={page} />
      <span className="flex-1" />
      {children}
    </TopBar>
  );
}
