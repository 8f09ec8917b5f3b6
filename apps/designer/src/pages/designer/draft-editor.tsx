import type { Issue } from "@holdfast/dsl";
import { useEffect, useMemo, useRef, type JSX } from "react";
import { FlowEditor } from "../../canvas/flow-editor.tsx";
import type { EditingState } from "../../canvas/use-editing.ts";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { useFlow } from "../../flow/flow-store-context.tsx";
import { issueText, issueWords } from "../../problems/issue-words.ts";
import { useWords } from "../../words/use-words.tsx";
import { draftCards } from "./draft-cards.ts";
import { words } from "./words.ts";

/** The draft with what is new and what is wrong on its cards. */
export function DraftEditor(props: {
  state: EditingState;
  draft: OpenDraft;
  view: "canvas" | "outline";
  onView: (view: "canvas" | "outline") => void;
  onOpen: () => void;
  onIssue: (issue: Issue) => void;
}): JSX.Element {
  const { state, draft, view, onView, onOpen, onIssue } = props;
  const t = useWords(words);
  const say = useWords(issueWords);
  const issues = useFlow((store) => store.issues);
  const flow = useFlow((store) => store.flow);
  const latest = useRef(onIssue);
  useEffect(() => {
    latest.current = onIssue;
  });
  const views = useMemo(
    () =>
      draftCards({
        flow,
        base: draft.base,
        issues,
        say: (issue) => issueText(issue, say),
        t,
        onGoTo: (issue) => latest.current(issue),
      }),
    [flow, draft.base, issues, say, t],
  );
  const cards = useMemo(() => (id: string) => views.get(id), [views]);
  return <FlowEditor state={state} cards={cards} view={view} onView={onView} onOpen={onOpen} />;
}
