/** The document as text, beside the drawing: what is changed in one appears in the other. */
import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { syntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { canonicalText, validateFlow, type FlowDocument, type Issue } from "@holdfast/dsl";
import schema from "@holdfast/dsl/flow.schema.json" with { type: "json" };
import { useCallback, useEffect, useRef, useState, type JSX } from "react";
import { useMay } from "../app/session.ts";
import type { OpenDraft } from "../draft/use-draft.ts";
import { issueText, issueWords } from "../problems/issue-words.ts";
import { Button } from "../ui/button.tsx";
import { done } from "../ui/toast.ts";
import { useWords } from "../words/use-words.tsx";
import { createCodeEditor } from "./editor.ts";
import { brokenAt, rangeIn, rangeOf } from "./json-places.ts";
import { keepText, keptText } from "./kept-text.ts";
import { basisOf, mergeText, patchOf, readText, type Reading } from "./text-model.ts";
import { words } from "./words.ts";

/** What the line under the text says. */
interface Standing {
  readonly kind: "same" | "broken" | "wrong" | "conflicts";
  readonly count: number;
  readonly others: boolean;
}

const SAME: Standing = { kind: "same", count: 0, others: false };

export function CodeView({ draft }: { readonly draft: OpenDraft }): JSX.Element {
  const t = useWords(words);
  const host = useRef<HTMLDivElement>(null);
  const { standing, showDrawing } = useCode(host, draft);
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
          <Button size="sm" onClick={showDrawing}>
            {t("discard")}
          </Button>
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

/** Milliseconds after typing until the text is read. */
const READ_AFTER = 250;

function useCode(
  host: React.RefObject<HTMLDivElement | null>,
  draft: OpenDraft,
): { readonly standing: Standing; readonly showDrawing: () => void } {
  const t = useWords(words);
  const say = useWords(issueWords);
  const mayEdit = useMay("draft.edit");
  const [standing, setStanding] = useState(SAME);
  const show = useRef<() => void>(() => undefined);
  const { store, manifests } = draft;
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const gesture = `code ${crypto.randomUUID()}`;
    const { id } = store.getState().flow;
    const kept = keptText(id);
    let basis: FlowDocument = kept?.basis ?? basisOf(store.getState().flow);
    let own = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const editor = createCodeEditor(parent, {
      text: kept?.text ?? canonicalText(store.getState().flow),
      label: t("label"),
      readOnly: !mayEdit,
      hints: () => ({ schema, manifests, valueAt: (path) => valueAt(store.getState().flow, path) }),
      onText: () => {
        if (own) return;
        clearTimeout(timer);
        timer = setTimeout(read, READ_AFTER);
      },
    });
    const put = (text: string): void => {
      const patch = patchOf(editor.state.doc.toString(), text);
      if (patch === undefined) return;
      own = true;
      editor.dispatch({ changes: patch });
      own = false;
    };
    const mark = (reading: Reading): void => {
      // Not those of the store: its edges may stand in another order.
      const issues = reading.kind === "flow" ? validateFlow(reading.flow, manifests).issues : issuesOf(reading);
      const text = (issue: Issue): string => (issue.code === "flow_id_fixed" ? t("idFixed") : issueText(issue, say));
      const found = reading.kind === "broken" ? syntaxMarks(editor, t("syntax")) : issueMarks(editor, issues, text);
      editor.dispatch(setDiagnostics(editor.state, found));
    };
    const read = (): void => {
      clearTimeout(timer);
      const text = editor.state.doc.toString();
      const reading = readText(text, id);
      if (reading.kind === "flow") {
        const merged = mergeText(store.getState().flow, basis, reading.flow);
        basis = reading.flow;
        own = true;
        store.getState().run(t("label_edit"), () => merged.flow, { coalesce: gesture });
        own = false;
        basis = follow(store.getState().flow, basis, put);
        keepText(id, undefined);
        setStanding(merged.conflicts > 0 ? { kind: "conflicts", count: merged.conflicts, others: false } : SAME);
      } else {
        keepText(id, { text, basis });
        const count = reading.kind === "wrong" ? reading.issues.length : 0;
        setStanding((before) => ({ kind: reading.kind, count, others: before.others }));
      }
      mark(reading);
    };
    const forget = store.subscribe((now, before) => {
      if (own) return;
      if (now.flow !== before.flow) {
        const reading = readText(editor.state.doc.toString(), id);
        if (reading.kind === "flow") basis = follow(now.flow, basis, put);
        else setStanding((standing) => ({ ...standing, others: true }));
      }
      if (now.issues !== before.issues) mark(readText(editor.state.doc.toString(), id));
    });
    show.current = () => {
      keepText(id, undefined);
      basis = basisOf(store.getState().flow);
      put(canonicalText(store.getState().flow));
      setStanding(SAME);
      mark({ kind: "flow", flow: basis });
    };
    read();
    editor.focus();
    return () => {
      read();
      clearTimeout(timer);
      forget();
      editor.destroy();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [host, store, manifests, mayEdit, t, say]);
  return { standing, showDrawing: useCallback(() => show.current(), []) };
}

/** Shows what the drawing has and the text has not. @returns what both have now */
function follow(flow: FlowDocument, basis: FlowDocument, put: (text: string) => void): FlowDocument {
  const now = basisOf(flow);
  if (canonicalText(now) === canonicalText(basis)) return basis;
  put(canonicalText(flow));
  return now;
}

const issuesOf = (reading: Reading): readonly Issue[] => (reading.kind === "wrong" ? reading.issues : []);

function valueAt(flow: FlowDocument, path: readonly string[]): unknown {
  let value: unknown = flow;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function syntaxMarks(editor: EditorView, message: string): Diagnostic[] {
  const end = editor.state.doc.length;
  return brokenAt(syntaxTree(editor.state))
    .slice(0, 20)
    .map(({ from, to }) => ({
      from: Math.max(0, Math.min(from, end - 1)),
      to: Math.max(Math.min(from + 1, end), Math.min(to, end)),
      severity: "error",
      message,
    }));
}

function issueMarks(editor: EditorView, issues: readonly Issue[], say: (issue: Issue) => string): Diagnostic[] {
  const text = {
    tree: syntaxTree(editor.state),
    slice: (from: number, to: number) => editor.state.sliceDoc(from, to),
  };
  return issues.slice(0, 200).map((issue) => {
    const range = rangeOf(text, issue.pointer);
    const exact = issue.range === undefined ? range : rangeIn(text, range, issue.range);
    return { ...exact, severity: issue.severity, message: say(issue) };
  });
}
