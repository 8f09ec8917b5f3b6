/** One editor and the store beside it: what is changed in one goes to the other. */
import { syntaxTree } from "@codemirror/language";
import { nextDiagnostic, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { openSearchPanel } from "@codemirror/search";
import type { EditorView } from "@codemirror/view";
import { canonicalText, validateFlow, type FlowDocument, type Issue } from "@holdfast/dsl";
import schema from "@holdfast/dsl/flow.schema.json" with { type: "json" };
import type { FlowStore } from "../flow/flow-store.ts";
import { spokenIn } from "../flow/manifests.ts";
import { createCodeEditor } from "./editor.ts";
import { brokenAt, rangeIn, rangeOf } from "./json-places.ts";
import { keepText, keptText } from "./kept-text.ts";
import { basisOf, mergeText, patchOf, readText, type Reading } from "./text-model.ts";

/** How the text stands to the drawing. */
export interface Standing {
  readonly kind: "same" | "broken" | "wrong" | "conflicts";
  readonly count: number;
  /** The drawing was changed while the text was no flow. */
  readonly others: boolean;
}

export const SAME: Standing = { kind: "same", count: 0, others: false };

export interface CodeSessionOptions {
  readonly parent: HTMLElement;
  readonly store: FlowStore;
  readonly readOnly: boolean;
  readonly onStanding: (standing: Standing) => void;
  readonly say: {
    readonly label: string;
    readonly edit: string;
    readonly syntax: string;
    readonly issue: (issue: Issue) => string;
    readonly search: Readonly<Record<string, string>>;
  };
}

/** Milliseconds after typing until the text is read. */
const READ_AFTER = 250;

export class CodeSession {
  readonly #options: CodeSessionOptions;
  readonly #editor: EditorView;
  readonly #id: string;
  /** All that is typed until the editor is closed is one entry of the history. */
  readonly #gesture = `code ${crypto.randomUUID()}`;
  readonly #forget: () => void;
  /** What the text and the drawing were when they were the same last. */
  #basis: FlowDocument;
  #standing = SAME;
  /** The change that is told right now was made here. */
  #own = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CodeSessionOptions) {
    const { parent, store, readOnly, say } = options;
    const { flow } = store.getState();
    this.#options = options;
    this.#id = flow.id;
    const kept = keptText(flow.id);
    this.#basis = kept?.basis ?? basisOf(flow);
    this.#editor = createCodeEditor(parent, {
      text: kept?.text ?? canonicalText(flow),
      label: say.label,
      readOnly,
      phrases: say.search,
      hints: () => ({
        schema,
        manifests: spokenIn(store.getState().flow, store.getState().manifests),
        valueAt: (path) => valueAt(store.getState().flow, path),
      }),
      onText: () => this.#typed(),
    });
    this.#forget = store.subscribe((now, before) => {
      if (!this.#own && now.flow !== before.flow) this.#drawn(now.flow);
    });
    this.#read();
    this.#editor.focus();
  }

  /** Opens the bar for finding. */
  find(): void {
    openSearchPanel(this.#editor);
  }

  /** Gives up the text. */
  showDrawing(): void {
    const { flow } = this.#options.store.getState();
    keepText(this.#id, undefined);
    this.#basis = basisOf(flow);
    this.#put(canonicalText(flow));
    this.#tell(SAME);
    this.#mark({ kind: "flow", flow: this.#basis });
  }

  /** To the next place that something is wrong with. */
  goToNext(): void {
    this.#editor.focus();
    nextDiagnostic(this.#editor);
  }

  close(): void {
    this.#read();
    this.#forget();
    this.#editor.destroy();
  }

  get #text(): string {
    return this.#editor.state.doc.toString();
  }

  #typed(): void {
    if (this.#own) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), READ_AFTER);
  }

  /** The drawing has changed, here by undo or elsewhere by others. */
  #drawn(flow: FlowDocument): void {
    const reading = readText(this.#text, this.#id);
    if (reading.kind !== "flow") {
      this.#tell({ ...this.#standing, others: true });
      return;
    }
    this.#basis = this.#follow(flow, this.#basis);
    this.#mark({ kind: "flow", flow: this.#basis });
  }

  #read(): void {
    clearTimeout(this.#timer);
    const text = this.#text;
    const reading = readText(text, this.#id);
    if (reading.kind === "flow") {
      this.#take(reading.flow);
    } else {
      keepText(this.#id, { text, basis: this.#basis });
      const count = reading.kind === "wrong" ? reading.issues.length : 0;
      this.#tell({ kind: reading.kind, count, others: this.#standing.others });
    }
    this.#mark(reading);
  }

  #take(typed: FlowDocument): void {
    const { store, say, readOnly } = this.#options;
    const merged = mergeText(store.getState().flow, this.#basis, typed);
    if (!readOnly) {
      this.#own = true;
      store.getState().run(say.edit, () => merged.flow, { coalesce: this.#gesture });
      this.#own = false;
    }
    this.#basis = this.#follow(store.getState().flow, typed);
    keepText(this.#id, undefined);
    this.#tell(merged.conflicts > 0 ? { kind: "conflicts", count: merged.conflicts, others: false } : SAME);
  }

  /** Shows what the drawing has and the text has not. @returns what both have now */
  #follow(flow: FlowDocument, typed: FlowDocument): FlowDocument {
    const now = basisOf(flow);
    if (canonicalText(now) === canonicalText(typed)) return typed;
    this.#put(canonicalText(flow));
    return now;
  }

  #put(text: string): void {
    const patch = patchOf(this.#text, text);
    if (patch === undefined) return;
    this.#own = true;
    this.#editor.dispatch({ changes: patch });
    this.#own = false;
  }

  #tell(standing: Standing): void {
    this.#standing = standing;
    this.#options.onStanding(standing);
  }

  #mark(reading: Reading): void {
    const { say, store } = this.#options;
    const found =
      reading.kind === "broken"
        ? syntaxMarks(this.#editor, say.syntax)
        : // Not the store's: its edges may stand in another order.
          issueMarks(this.#editor, issuesOf(reading, store), say.issue);
    this.#editor.dispatch(setDiagnostics(this.#editor.state, found));
  }
}

function issuesOf(reading: Exclude<Reading, { readonly kind: "broken" }>, store: FlowStore): readonly Issue[] {
  return reading.kind === "wrong" ? reading.issues : validateFlow(reading.flow, store.getState().manifests).issues;
}

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
