/** What can be written next, from the types of the place. */
import { autocompletion, startCompletion } from "@codemirror/autocomplete";
import type { Completion as Option, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { completionsAt } from "@holdfast/dsl";
import type { Completion, Roots, TypeEnv } from "@holdfast/dsl";
import { expressionAt } from "./chips.ts";
import type { FieldMode } from "./live-value.ts";
import { valueOfPath } from "./outputs-tree.ts";

/** What the editor knows of its place; the newest is asked each time. */
export interface Surroundings {
  readonly mode: FieldMode;
  readonly env: TypeEnv;
  readonly roots: Roots;
  readonly nodeName: (id: string) => string;
  /** The type in the reader's words. */
  readonly typeName: (type: string) => string;
}

export function completion(surroundings: () => Surroundings): Extension {
  return autocompletion({
    override: [(context) => complete(context, surroundings())],
    icons: false,
    activateOnTyping: true,
  });
}

function complete(context: CompletionContext, surroundings: Surroundings): CompletionResult | null {
  const text = context.state.doc.toString();
  const place = surroundings.mode === "template" ? expressionAt(text, context.pos) : { source: text, start: 0 };
  if (place === undefined) return null;
  const before = place.source.slice(0, context.pos - place.start);
  if (!context.explicit && !/[\w.]$/.test(before)) return null;
  const found = completionsAt(place.source, context.pos - place.start, surroundings.env);
  if (found.length === 0) return null;
  const typed = /\w*$/.exec(before)?.[0].length ?? 0;
  const path = /[A-Za-z_][\w.?]*$/.exec(before.slice(0, before.length - typed))?.[0] ?? "";
  return {
    from: context.pos - typed,
    options: found.map((one) => optionOf(one, { start: place.start, path, surroundings })),
    validFor: /^\w*$/,
  };
}

interface Around {
  /** Where the expression begins in the text. */
  readonly start: number;
  /** The path before the word. */
  readonly path: string;
  readonly surroundings: Surroundings;
}

function optionOf(found: Completion, { start, path, surroundings }: Around): Option {
  const { label, kind, detail, type } = found;
  const value = kind === "function" ? undefined : valueOfPath(path + label, surroundings.roots);
  const sample = value === undefined || typeof value === "object" ? "" : ` · ${String(value)}`;
  const name = kind === "node" ? surroundings.nodeName(label) : "";
  const info = [name === label ? "" : name, detail].filter((part) => part !== "").join(". ");
  return {
    label,
    detail: kind === "function" ? "ƒ" : surroundings.typeName(type) + sample,
    ...(info !== "" && { info }),
    boost: { field: 3, node: 3, root: 2, function: 0 }[kind],
    apply: (view: EditorView, _option: Option, _from: number, to: number) => {
      const from = start + found.start;
      view.dispatch({
        changes: { from, to: Math.max(to, start + found.end), insert: found.insert },
        selection: { anchor: from + found.insert.length },
        userEvent: "input.complete",
      });
      if (found.insert.endsWith(".")) startCompletion(view);
    },
  };
}
