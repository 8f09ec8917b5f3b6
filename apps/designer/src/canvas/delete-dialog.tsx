import { TriangleAlert } from "lucide-react";
import { useRef, type JSX } from "react";
import type { Issue } from "@holdfast/dsl";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { issueText, issueWords } from "../problems/issue-words.ts";
import { useWords } from "../words/use-words.tsx";
import { editWords } from "./edit-words.ts";
import type { EditingState } from "./use-editing.ts";

/** What a deletion breaks, before it happens. */
export function DeleteDialog(props: {
  state: EditingState;
  ids: readonly string[];
  issues: readonly Issue[];
}): JSX.Element {
  const { state, ids, issues } = props;
  const t = useWords(editWords);
  const say = useWords(issueWords);
  const keep = useRef<HTMLButtonElement>(null);
  const [only] = ids;
  const close = (): void => {
    state.ask(undefined);
    state.focusCard(state.at.current);
  };
  const title =
    ids.length === 1 && only !== undefined
      ? t("breaksTitle", { name: state.editing.name(only) })
      : t("breaksTitleMany", { count: ids.length });
  return (
    <Dialog
      open
      onClose={close}
      title={title}
      initialFocus={keep}
      footer={
        <>
          <Button ref={keep} onClick={close}>
            {t("keep")}
          </Button>
          <Button variant="danger" onClick={() => state.deleteNow(ids)}>
            {t("deleteAnyway")}
          </Button>
        </>
      }
    >
      <p className="mb-2 text-text-2">{t("breaksText", { count: issues.length })}</p>
      <ul className="flex flex-col gap-1.5">
        {issues.map((issue) => (
          <li key={`${issue.pointer} ${issue.code} ${issue.message}`} className="flex gap-2">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-failed" strokeWidth={1.75} />
            <span>
              <b className="font-medium">{placeName(issue.pointer, state)}</b>:{" "}
              {issueText(issue, say, state.editing.source)}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** The innermost node of a pointer, by name. */
function placeName(pointer: string, { editing }: EditingState): string {
  const parts = pointer.split("/");
  const id = parts[parts.lastIndexOf("nodes") + 1];
  return parts.includes("nodes") && id !== undefined ? editing.name(id) : pointer;
}
