import type { Issue } from "@holdfast/dsl";
import { UserRound } from "lucide-react";
import { useEffect, useMemo, useRef, type JSX } from "react";
import { useSession } from "../../app/session.ts";
import { editWords } from "../../canvas/edit-words.ts";
import { FlowEditor } from "../../canvas/flow-editor.tsx";
import { useDataShown } from "../../canvas/use-data-shown.ts";
import type { EditingState } from "../../canvas/use-editing.ts";
import { Conflicts } from "../../draft/conflicts.tsx";
import { onePerPerson } from "../../draft/people.tsx";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { useFlow } from "../../flow/flow-store-context.tsx";
import { issueText, issueWords } from "../../problems/issue-words.ts";
import { initials } from "../../ui/avatar.tsx";
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
        say: (issue) => issueText(issue, say, { flow, manifests: draft.manifests }),
        t,
        onGoTo: (issue) => latest.current(issue),
      }),
    [flow, draft.base, draft.manifests, issues, say, t],
  );
  const { person } = useSession();
  const data = useDataShown(useWords(editWords)("group"));
  const cards = useMemo(() => {
    const there = new Map(onePerPerson(draft.people, person.id).map((one) => [one.node, one.person.name]));
    return (id: string) => {
      const name = there.get(id);
      const own = data === undefined ? views.get(id) : { ...views.get(id), ...data(id) };
      if (name === undefined) return own;
      return { ...own, badge: { tone: "neutral" as const, icon: UserRound, text: initials(name) } };
    };
  }, [views, data, draft.people, person.id]);
  return (
    <>
      <FlowEditor state={state} cards={cards} view={view} onView={onView} onOpen={onOpen} />
      <div className="absolute inset-x-3 top-3 z-20 mx-auto max-w-md empty:hidden">
        <Conflicts draft={draft} />
      </div>
    </>
  );
}
