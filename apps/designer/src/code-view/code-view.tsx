/** The document as text, beside the drawing: what is changed in one appears in the other. */
import { canonicalText } from "@holdfast/dsl";
import { useCallback, useEffect, useRef, useState, type JSX, type RefObject } from "react";
import { useMay } from "../app/session.ts";
import type { OpenDraft } from "../draft/use-draft.ts";
import { useCommands } from "../keys/use-commands.ts";
import { issueText, issueWords } from "../problems/issue-words.ts";
import { Button } from "../ui/button.tsx";
import { done } from "../ui/toast.ts";
import { useWords } from "../words/use-words.tsx";
import { CodeSession, SAME, type Standing } from "./code-session.ts";
import { searchWords } from "./search-words.ts";
import { words } from "./words.ts";

export function CodeView({ draft }: { readonly draft: OpenDraft }): JSX.Element {
  const t = useWords(words);
  const host = useRef<HTMLDivElement>(null);
  const { standing, showDrawing, goToNext, find } = useCode(host, draft);
  useCommands([{ id: "code.find", label: t("find"), keys: "⌘F", group: t("label"), inInputs: true, run: find }]);
  const isOff = standing.kind === "broken" || standing.kind === "wrong";
  return (
    <section className="flex min-h-0 flex-1 flex-col bg-surface">
      <div ref={host} className="min-h-0 flex-1 overflow-hidden" />
      <footer className="flex min-h-9 shrink-0 flex-wrap items-center gap-3 border-t border-border px-4 py-1 text-12">
        <p role="status" className={isOff ? "m-0 min-w-0 flex-1 text-waiting-text" : "m-0 min-w-0 flex-1 text-text-3"}>
          {textOf(standing, t)} {standing.others && t("others")}
        </p>
        <span className="text-text-3 max-md:hidden">{t("keys")}</span>
        {isOff && (
          <>
            <Button size="sm" onClick={goToNext}>
              {t("goTo")}
            </Button>
            <Button size="sm" onClick={showDrawing}>
              {t("discard")}
            </Button>
          </>
        )}
        <Button
          size="sm"
          onClick={() =>
            void navigator.clipboard.writeText(canonicalText(draft.store.getState().flow)).then(() => done(t("copied")))
          }
        >
          {t("copy")}
        </Button>
      </footer>
    </section>
  );
}

function textOf({ kind, count }: Standing, t: ReturnType<typeof useWords<keyof (typeof words)["en"]>>): string {
  if (kind === "wrong") return t("notFlow", { count });
  if (kind === "conflicts") return t("conflicts", { count });
  return t(kind);
}

function useCode(
  host: RefObject<HTMLDivElement | null>,
  { store }: OpenDraft,
): {
  readonly standing: Standing;
  readonly showDrawing: () => void;
  readonly goToNext: () => void;
  readonly find: () => void;
} {
  const t = useWords(words);
  const say = useWords(issueWords);
  const mayEdit = useMay("draft.edit");
  const [standing, setStanding] = useState(SAME);
  const session = useRef<CodeSession>(undefined);
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const opened = new CodeSession({
      parent,
      store,
      readOnly: !mayEdit,
      onStanding: setStanding,
      say: {
        label: t("label"),
        edit: t("label_edit"),
        syntax: t("syntax"),
        search: searchWords[t.language],
        issue: (issue) => (issue.code === "flow_id_fixed" ? t("idFixed") : issueText(issue, say)),
      },
    });
    session.current = opened;
    return () => {
      session.current = undefined;
      opened.close();
    };
  }, [host, store, mayEdit, t, say]);
  return {
    standing,
    showDrawing: useCallback(() => session.current?.showDrawing(), []),
    goToNext: useCallback(() => session.current?.goToNext(), []),
    find: useCallback(() => session.current?.find(), []),
  };
}
