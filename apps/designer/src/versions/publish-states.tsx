/** Why nothing is published: there is nothing, or something stands in the way. */
import { TriangleAlert } from "lucide-react";
import type { JSX } from "react";
import type { Issue } from "@holdfast/dsl";
import type { OpenDraft } from "../draft/use-draft.ts";
import { nodeOf } from "../problems/groups.ts";
import { spokenNode, type IssueSource } from "../problems/issue-place.ts";
import { issueText, issueWords } from "../problems/issue-words.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/dialog.tsx";
import { useWords } from "../words/use-words.tsx";
import { words } from "./sheet-words.ts";

/** The draft is as the version that is live. */
export function NothingToPublish({ version, onClose }: { version: number; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  return (
    <Sheet
      open
      onClose={onClose}
      title={t("nothingTitle")}
      size="md"
      footer={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <p className="text-text-2">{t("nothingText", { version })}</p>
    </Sheet>
  );
}

/** Whose problem it is. */
function CardOf({ source, issue }: { source: IssueSource; issue: Issue }): JSX.Element | null {
  const node = nodeOf(source.flow, issue);
  return node === undefined ? null : <b className="font-medium text-text">{spokenNode(source, node)}: </b>;
}

/** What stands in the way, each with the way to it. */
export function Blocking(props: {
  issues: readonly Issue[];
  draft: OpenDraft;
  onGoTo: (node: string | undefined) => void;
}): JSX.Element {
  const { issues, draft, onGoTo } = props;
  const t = useWords(words);
  const say = useWords(issueWords);
  const { flow } = draft.store.getState();
  const source = { flow, manifests: draft.manifests };
  return (
    <section className="mb-4 rounded-md border border-failed px-3 py-2.5">
      <h3 className="mb-1.5 flex items-center gap-1.5 font-semibold text-failed-text">
        <TriangleAlert aria-hidden className="size-3.5" strokeWidth={1.75} />
        {t("problems", { count: issues.length })}
      </h3>
      <ul className="m-0 flex list-none flex-col gap-1 p-0 text-12">
        {issues.slice(0, 20).map((issue) => (
          <li key={`${issue.code} ${issue.pointer} ${issue.range?.start ?? ""}`} className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 text-text-2">
              <CardOf source={source} issue={issue} />
              {issueText(issue, say, source)}
            </span>
            <button
              type="button"
              className="shrink-0 text-accent-text hover:underline"
              onClick={() => onGoTo(nodeOf(flow, issue))}
            >
              {t("goTo")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
