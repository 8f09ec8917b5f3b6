/** The editor itself: JSON with marks, completion and problems. */
import {
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  foldGutter,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
  syntaxTree,
} from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { editorTheme, styleNonce } from "../expression-field/editor-theme.ts";
import { placeAt } from "./json-places.ts";
import { searchLook } from "./search-look.ts";
import { nameHints, valueHints, type HintSource } from "./schema-hints.ts";

const colors = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--hf-text)" },
  { tag: tags.string, color: "var(--hf-accent-text)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--hf-waiting-text)" },
  { tag: tags.punctuation, color: "var(--hf-text-3)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "var(--hf-text-12)", backgroundColor: "var(--hf-surface)" },
  ".cm-scroller": { fontFamily: "var(--hf-font-mono)", lineHeight: "18px", overflow: "auto" },
  ".cm-content": { padding: "12px 0" },
  ".cm-gutters": {
    backgroundColor: "var(--hf-surface-sunken)",
    color: "var(--hf-text-3)",
    borderRight: "1px solid var(--hf-border)",
  },
  ".cm-activeLine": { backgroundColor: "color-mix(in oklch, var(--hf-surface-hover) 55%, transparent)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--hf-surface-hover)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--hf-surface-hover)", border: "0", color: "var(--hf-text-2)" },
  ".cm-diagnostic": { padding: "4px 8px", borderLeft: "3px solid var(--hf-failed)", fontFamily: "var(--hf-font-sans)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--hf-waiting)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--hf-failed)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--hf-waiting)",
    textUnderlineOffset: "3px",
  },
});

export interface CodeEditorOptions {
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  /** What the search says, by what CodeMirror says in English. */
  readonly phrases: Readonly<Record<string, string>>;
  readonly hints: () => HintSource;
  readonly onText: (text: string) => void;
}

export function createCodeEditor(parent: HTMLElement, options: CodeEditorOptions): EditorView {
  const nonce = styleNonce();
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [nonce === "" ? [] : EditorView.cspNonce.of(nonce), extensions(options)],
    }),
  });
}

function extensions({ label, readOnly, phrases, hints, onText }: CodeEditorOptions): Extension {
  return [
    look,
    editorTheme,
    EditorView.lineWrapping,
    syntaxHighlighting(colors),
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    highlightActiveLine(),
    history(),
    json(),
    bracketMatching(),
    indentOnInput(),
    search({ top: true }),
    searchLook,
    EditorState.phrases.of(phrases),
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
    autocompletion({ override: [(context) => complete(context, hints())], icons: false }),
    keymap.of([
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...defaultKeymap.filter(({ key }) => key !== "Escape" && key !== "Mod-Enter" && key !== "Mod-k"),
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onText(update.state.doc.toString());
    }),
  ];
}

const WORD = /"?[\w.]*"?$/;

function complete(context: CompletionContext, source: HintSource): CompletionResult | null {
  const text = {
    tree: syntaxTree(context.state),
    slice: (from: number, to: number) => context.state.sliceDoc(from, to),
  };
  const { path, role } = placeAt(text, context.pos);
  const before = context.matchBefore(WORD);
  if (before === null || (before.text === "" && !context.explicit)) return null;
  const closes = context.state.sliceDoc(context.pos, context.pos + 1) === '"' ? 1 : 0;
  const options =
    role === "name"
      ? nameHints(source, path).map(({ label, detail }) => ({ label: `"${label}"`, apply: `"${label}": `, detail }))
      : valueHints(source, path).map(({ label, detail }) => ({ label, apply: label, detail }));
  if (options.length === 0) return null;
  return {
    from: before.from,
    to: context.pos + closes,
    filter: true,
    options: options.map(({ label, apply, detail }) => ({ label, apply, ...(detail !== undefined && { detail }) })),
  };
}
