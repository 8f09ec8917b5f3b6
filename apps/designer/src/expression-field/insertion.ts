import { expressionAt } from "./chips.ts";
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
