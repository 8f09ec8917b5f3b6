/** Expressions of a template as chips; the one that the cursor is in is open as text. */
import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import type { EditorState, Extension } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, keymap } from "@codemirror/view";
import type { Command, DecorationSet } from "@codemirror/view";
import { chipLabel, chipsOf } from "./chips.ts";
import type { Chip } from "./chips.ts";
import type { FieldIssue } from "./quick-fix.ts";

/** Tells the editor what is wrong in its text. */
export const setIssues = StateEffect.define<readonly FieldIssue[]>();

export const issuesField = StateField.define<readonly FieldIssue[]>({
  create: () => [],
  update(issues, transaction) {
    const set = transaction.effects.find((effect) => effect.is(setIssues));
    if (set !== undefined) return set.value;
    if (!transaction.docChanged) return issues;
    return issues.map((issue) => {
      const { start, end } = issue;
      if (start === undefined || end === undefined) return issue;
      return { ...issue, start: transaction.changes.mapPos(start, -1), end: transaction.changes.mapPos(end, 1) };
    });
  },
});

class ChipWidget extends WidgetType {
  readonly #label: string;
  readonly #mark: { readonly word: string; readonly style: string } | undefined;

  constructor(label: string, mark?: { readonly word: string; readonly style: string }) {
    super();
    this.#label = label;
    this.#mark = mark;
  }

  override eq(other: ChipWidget): boolean {
    return (
      other.#label === this.#label && other.#mark?.word === this.#mark?.word && other.#mark?.style === this.#mark?.style
    );
  }

  override toDOM(): HTMLElement {
    const chip = document.createElement("span");
    chip.className = "cm-chip";
    const mark = this.#mark;
    const at = mark === undefined ? -1 : this.#label.lastIndexOf(mark.word);
    if (mark === undefined) {
      chip.textContent = this.#label;
    } else if (at === -1) {
      chip.textContent = this.#label;
      chip.classList.add(mark.style);
    } else {
      const wrong = document.createElement("span");
      wrong.className = mark.style;
      wrong.textContent = mark.word;
      chip.append(this.#label.slice(0, at), wrong, this.#label.slice(at + mark.word.length));
    }
    return chip;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

const styleOf = (issue: FieldIssue): string => (issue.severity === "error" ? "cm-wrong" : "cm-doubtful");

function chipWidget(state: EditorState, chip: Chip): ChipWidget {
  const issue = state
    .field(issuesField)
    .find(({ start, end }) => start !== undefined && end !== undefined && start < chip.to && end > chip.from);
  if (issue === undefined) return new ChipWidget(chipLabel(chip.source));
  const word = state.sliceDoc(Math.max(issue.start ?? 0, chip.start), Math.min(issue.end ?? 0, chip.to)).trim();
  return new ChipWidget(chipLabel(chip.source), { word, style: styleOf(issue) });
}

const openMark = Decoration.mark({ class: "cm-chip-open" });

function isOpen(state: EditorState, { from, to }: Chip): boolean {
  return state.selection.ranges.some((range) => range.empty && range.head > from && range.head < to);
}

function chipDecorations(state: EditorState): { all: DecorationSet; atomic: DecorationSet } {
  const all = new RangeSetBuilder<Decoration>();
  const atomic = new RangeSetBuilder<Decoration>();
  for (const chip of chipsOf(state.doc.toString())) {
    if (isOpen(state, chip)) {
      all.add(chip.from, chip.to, openMark);
    } else {
      const decoration = Decoration.replace({ widget: chipWidget(state, chip) });
      all.add(chip.from, chip.to, decoration);
      atomic.add(chip.from, chip.to, decoration);
    }
  }
  return { all: all.finish(), atomic: atomic.finish() };
}

const chipsField = StateField.define<{ all: DecorationSet; atomic: DecorationSet }>({
  create: chipDecorations,
  update(value, transaction) {
    const changed =
      transaction.docChanged || transaction.selection !== undefined || transaction.effects.some((e) => e.is(setIssues));
    return changed ? chipDecorations(transaction.state) : value;
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ all }) => all),
    EditorView.atomicRanges.of((view) => view.state.field(field).atomic),
  ],
});

/** Opens the chip that ends at the cursor. */
const openBefore: Command = (view) => {
  const { state } = view;
  const { main } = state.selection;
  const chip = main.empty ? chipsOf(state.doc.toString()).find(({ to }) => to === main.head) : undefined;
  if (chip === undefined) return false;
  view.dispatch({ selection: { anchor: chip.start + chip.source.length }, scrollIntoView: true });
  return true;
};

/** Opens the chip that begins at the cursor. */
const openAfter: Command = (view) => {
  const { state } = view;
  const { main } = state.selection;
  const chip = main.empty ? chipsOf(state.doc.toString()).find(({ from }) => from === main.head) : undefined;
  if (chip === undefined) return false;
  view.dispatch({ selection: { anchor: chip.start }, scrollIntoView: true });
  return true;
};

/** Closes the chip that the cursor is in. */
const closeChip: Command = (view) => {
  const { state } = view;
  const { main } = state.selection;
  const chip = main.empty ? chipsOf(state.doc.toString()).find((one) => isOpen(state, one)) : undefined;
  if (chip === undefined) return false;
  view.dispatch({ selection: { anchor: chip.to }, scrollIntoView: true });
  return true;
};

const openOnClick = EditorView.domEventHandlers({
  mousedown(event, view) {
    const { target } = event;
    const element = target instanceof HTMLElement ? target.closest(".cm-chip") : null;
    if (element === null || event.button !== 0 || event.shiftKey) return false;
    const at = view.posAtDOM(element);
    const chip = chipsOf(view.state.doc.toString()).find(({ from, to }) => from <= at && at <= to);
    if (chip === undefined) return false;
    event.preventDefault();
    view.focus();
    view.dispatch({ selection: { anchor: chip.start + chip.source.length } });
    return true;
  },
});

export function chips(): Extension {
  return [
    chipsField,
    openOnClick,
    keymap.of([
      { key: "Backspace", run: openBefore },
      { key: "Delete", run: openAfter },
      { key: "Enter", run: closeChip },
      { key: "Escape", run: closeChip },
    ]),
  ];
}

/** Marks what is wrong, in the text and in open chips. */
export const issueMarks: Extension = EditorView.decorations.compute([issuesField, "doc"], (state) => {
  const { length } = state.doc;
  const marks = state.field(issuesField).flatMap((issue) => {
    const { start, end } = issue;
    if (start === undefined || end === undefined) return [];
    const from = Math.min(start, length);
    const to = Math.min(Math.max(end, start + 1), length);
    return from < to ? [Decoration.mark({ class: styleOf(issue) }).range(from, to)] : [];
  });
  return Decoration.set(marks, true);
});
