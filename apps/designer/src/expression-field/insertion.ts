import { chipsOf, expressionAt } from "./chips.ts";
import type { FieldMode } from "./live-value.ts";
import type { TextChange } from "./quick-fix.ts";

/** The kind of data that a value dragged from a tree of outputs is. */
export const EXPRESSION_DRAG = "application/x-holdfast-expression";

/** The change that puts an expression into a text: in braces, unless the place is in some already. */
export function insertion(
  text: string,
  place: { readonly from: number; readonly to: number },
  expression: string,
  mode: FieldMode,
): TextChange {
  const bare = mode !== "template" || expressionAt(text, place.from) !== undefined;
  return { ...place, insert: bare ? expression : `{{ ${expression} }}` };
}

/**
 * Where the cursor goes when a closing brace is typed that stands there already: `{{` brings its `}}`, and who types
 * them all the same means those. Undefined: the brace is text.
 */
export function overBrace(text: string, head: number): number | undefined {
  const rest = /^\s*\}/.exec(text.slice(head))?.[0];
  const chip = chipsOf(text).find(({ from, to }) => head > from + 1 && head < to);
  if (rest === undefined || chip === undefined) return undefined;
  const written = text.slice(chip.from + 2, head);
  const isOpen = written.split("{").length > written.split("}").length;
  return isOpen ? undefined : head + rest.length;
}
