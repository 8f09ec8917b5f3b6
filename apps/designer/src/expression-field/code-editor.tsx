/** The editor behind an expression field. Loaded when the first such field is shown. */
import { acceptCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, insertNewline } from "@codemirror/commands";
import { Annotation, Compartment, EditorState, Prec } from "@codemirror/state";
import type { Extension } from "@codemirror/state";
import { EditorView, dropCursor, keymap, placeholder } from "@codemirror/view";
import { useEffect, useRef, type JSX } from "react";
import { chips, issueMarks, issuesField, setIssues } from "./editor-chips.ts";
import { completion, type Surroundings } from "./editor-completion.ts";
import { editorTheme, styleNonce } from "./editor-theme.ts";
import { EXPRESSION_DRAG, insertion, overBrace } from "./insertion.ts";
import type { FieldIssue } from "./quick-fix.ts";

/** What the field around it can ask the editor to do. */
export interface EditorHandle {
  /** Puts an expression where the cursor is, in braces where they are needed. `replace` characters before go. */
  insert(expression: string, replace?: number): void;
  /** The brace that opened the picker was meant as the first of two. */
  openBraces(): void;
  focus(): void;
}

export interface CodeEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly surroundings: Surroundings;
  readonly issues: readonly FieldIssue[];
  readonly name: string;
  readonly labelledBy?: string | undefined;
  readonly describedBy?: string | undefined;
  readonly invalid: boolean;
  readonly required?: boolean | undefined;
  readonly multiline: boolean;
  readonly placeholder?: string | undefined;
  readonly autoFocus?: boolean | undefined;
  /** `typed`: a brace was typed, which the picked value replaces. */
  readonly onPick: (typed: boolean) => void;
  readonly onReady?: ((handle: EditorHandle | undefined) => void) | undefined;
}

/** Marks a change that came from outside, which is not told outside again. */
const fromOutside = Annotation.define<boolean>();

export function CodeEditor(props: CodeEditorProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  const attributes = useRef(new Compartment());
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const { value, autoFocus, onReady } = latest.current;
    const parent = host.current;
    if (parent === null) return undefined;
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: value,
        selection: { anchor: value.length },
        extensions: [extensions(latest), attributes.current.of(contentAttributes(latest.current))],
      }),
    });
    view.current = editor;
    onReady?.(handleOf(editor, () => latest.current.surroundings.mode));
    if (autoFocus === true) editor.focus();
    return () => {
      onReady?.(undefined);
      view.current = null;
      editor.destroy();
    };
  }, []);
  const { value, issues, name, labelledBy, describedBy, invalid, required } = props;
  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    });
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({ effects: setIssues.of(issues) });
  }, [issues]);
  useEffect(() => {
    const next = contentAttributes({ name, labelledBy, describedBy, invalid, required, multiline: props.multiline });
    view.current?.dispatch({ effects: attributes.current.reconfigure(next) });
  }, [name, labelledBy, describedBy, invalid, required, props.multiline]);
  return <div ref={host} className="min-w-0" />;
}

function contentAttributes(
  props: Pick<CodeEditorProps, "name" | "labelledBy" | "describedBy" | "invalid" | "required" | "multiline">,
): Extension {
  const { name, labelledBy, describedBy, invalid, required, multiline } = props;
  return EditorView.contentAttributes.of({
    "aria-label": name,
    "aria-multiline": String(multiline),
    ...(labelledBy !== undefined && { "aria-labelledby": labelledBy }),
    ...(describedBy !== undefined && { "aria-describedby": describedBy }),
    ...(invalid && { "aria-invalid": "true" }),
    ...(required === true && { "aria-required": "true" }),
    spellcheck: "false",
    autocorrect: "off",
    autocapitalize: "off",
  });
}

function extensions(latest: { readonly current: CodeEditorProps }): Extension {
  const { surroundings, multiline, placeholder: hint } = latest.current;
  const template = surroundings.mode === "template";
  const nonce = styleNonce();
  return [
    nonce === "" ? [] : EditorView.cspNonce.of(nonce),
    editorTheme,
    EditorView.lineWrapping,
    history(),
    dropCursor(),
    issuesField,
    issueMarks,
    completion(() => latest.current.surroundings),
    Prec.high(keymap.of([...completionKeymap, { key: "Tab", run: acceptCompletion }])),
    template ? chips() : [],
    hint === undefined ? [] : placeholder(hint),
    pickerKeys(latest, template),
    dropped(latest),
    keymap.of([
      multiline ? { key: "Enter", run: insertNewline } : { key: "Enter", run: () => true },
      ...historyKeymap,
      ...defaultKeymap.filter(({ key }) => key !== "Escape" && key !== "Mod-Enter" && key !== "Mod-k"),
    ]),
    EditorView.updateListener.of((update) => {
      const told = update.transactions.some((transaction) => transaction.annotation(fromOutside) === true);
      if (update.docChanged && !told) latest.current.onChange(update.state.doc.toString());
    }),
    multiline ? [] : singleLine,
  ];
}

/** What is pasted into a field of one line becomes one line. */
const singleLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  if (transaction.annotation(fromOutside) === true) return transaction;
  const text = transaction.newDoc.toString().replaceAll(/\s*\n\s*/g, " ");
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert: text },
    selection: { anchor: text.length },
  };
});

function pickerKeys(latest: { readonly current: CodeEditorProps }, template: boolean): Extension {
  const open = (typed: boolean) => (): boolean => {
    latest.current.onPick(typed);
    return true;
  };
  return [
    keymap.of([
      { key: "Alt-Space", run: open(false) },
      // Some keyboards write a hard space with Alt.
      { key: "Alt-\u00A0", run: open(false) },
    ]),
    template
      ? EditorView.inputHandler.of((view, from, to, text) => {
          const over = text === "}" && from === to ? overBrace(view.state.doc.toString(), from) : undefined;
          if (over !== undefined) view.dispatch({ selection: { anchor: over } });
          if (text !== "{") return over !== undefined;
          const before = view.state.sliceDoc(Math.max(0, from - 1), from);
          view.dispatch({
            changes: { from, to, insert: before === "{" ? "{  }}" : "{" },
            selection: { anchor: from + (before === "{" ? 2 : 1) },
            userEvent: "input.type",
          });
          if (before !== "{") latest.current.onPick(true);
          return true;
        })
      : [],
  ];
}

/** A value dragged from a tree of outputs. */
function dropped(latest: { readonly current: CodeEditorProps }): Extension {
  return EditorView.domEventHandlers({
    dragover(event) {
      if (event.dataTransfer?.types.includes(EXPRESSION_DRAG) !== true) return false;
      event.preventDefault();
      return true;
    },
    drop(event, view) {
      const expression = event.dataTransfer?.getData(EXPRESSION_DRAG) ?? "";
      if (expression === "") return false;
      event.preventDefault();
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length;
      put(
        view,
        insertion(view.state.doc.toString(), { from: at, to: at }, expression, latest.current.surroundings.mode),
      );
      return true;
    },
  });
}

function handleOf(view: EditorView, mode: () => Surroundings["mode"]): EditorHandle {
  return {
    insert(expression, replace = 0) {
      const { from, to } = view.state.selection.main;
      const place = { from: Math.max(0, from - replace), to };
      put(view, insertion(view.state.doc.toString(), place, expression, mode()));
    },
    openBraces() {
      const { head } = view.state.selection.main;
      view.dispatch({
        changes: { from: Math.max(0, head - 1), to: head, insert: "{{  }}" },
        selection: { anchor: Math.max(0, head - 1) + 3 },
        userEvent: "input.type",
      });
      view.focus();
    },
    focus: () => view.focus(),
  };
}

function put(view: EditorView, change: ReturnType<typeof insertion>): void {
  const { from, insert } = change;
  view.dispatch({ changes: change, selection: { anchor: from + insert.length }, userEvent: "input.insert" });
  view.focus();
}
