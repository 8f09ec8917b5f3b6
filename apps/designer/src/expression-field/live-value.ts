/** What an expression gives with a sample. */
import { ExpressionError, compileCondition, compileTemplate } from "@holdfast/dsl";
import type { Json, Roots } from "@holdfast/dsl";

export type FieldMode = "template" | "condition" | "expression";

export type LiveValue =
  | { readonly ok: true; readonly value: Json }
  /** `absent`: the sample does not have what is read, which says nothing about the expression. */
  | { readonly ok: false; readonly absent: boolean; readonly message: string };

/** Undefined where there is nothing to show: no expression in the text. */
export function liveValue(
  mode: FieldMode,
  text: string,
  roots: Roots,
  escape: "none" | "html" = "none",
): LiveValue | undefined {
  if (text.trim() === "") return undefined;
  try {
    if (mode !== "template") return { ok: true, value: compileCondition(text).evaluate(roots) };
    const compiled = compileTemplate(text, { escape });
    return compiled.static ? undefined : { ok: true, value: compiled.evaluate(roots) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { ok: false, absent: error.code === "absent_value", message: error.message };
  }
}
