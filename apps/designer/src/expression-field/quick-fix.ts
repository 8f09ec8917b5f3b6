/** The repair that an issue suggests, as a change of the text. */
import { checkExpression, kindsOf } from "@holdfast/dsl";
import type { JsonSchema, TypeEnv } from "@holdfast/dsl";

/** Something wrong in the text of a field. */
export interface FieldIssue {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint?: string;
  /** Where in the text; absent: all of it. */
  readonly start?: number;
  readonly end?: number;
}

export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Undefined where only a person knows what is meant. */
export function quickFix(issue: FieldIssue, text: string, env: TypeEnv): TextChange | undefined {
  const { code, start, end, hint } = issue;
  if (start === undefined || end === undefined) return undefined;
  const meant = /^Did you mean (?:"([^"]+)"|“([^”]+)”)\?$/.exec(hint ?? "");
  const name = meant?.[1] ?? meant?.[2];
  if (name !== undefined) return replaceWord(text, { start, end }, name, code === "never_equal");
  return code === "maybe_absent" || code === "optional_field" ? safeForm(text, start, end, env) : undefined;
}

/** The range may be the word itself, in quotes or not, or hold it. */
function replaceWord(
  text: string,
  { start, end }: { start: number; end: number },
  meant: string,
  isValue: boolean,
): TextChange | undefined {
  const marked = text.slice(start, end);
  if (isValue) {
    const literal = /(["'])(?:\\.|(?!\1).)*\1/.exec(marked);
    if (literal === null) return undefined;
    return {
      from: start + literal.index,
      to: start + literal.index + literal[0].length,
      insert: JSON.stringify(meant),
    };
  }
  if (/^["']/.test(marked)) return { from: start, to: end, insert: JSON.stringify(meant) };
  return { from: start, to: end, insert: meant };
}

/** `nodes.a.x` → `nodes.?a.x.orValue("")`: the path around the marked place, so that it can't fail. */
function safeForm(text: string, start: number, end: number, env: TypeEnv): TextChange | undefined {
  const before = /[A-Za-z_][\w.?]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const after = /^(?:\.\??[A-Za-z_]\w*(?!\w*\())*/.exec(text.slice(end))?.[0] ?? "";
  const from = start - before.length;
  const marked = text.slice(start, end);
  const rest = text.slice(end + after.length);
  if (rest.startsWith(".orValue(") || rest.startsWith("[") || !/^[\w.?]+$/.test(marked)) return undefined;
  const dot = marked.lastIndexOf(".");
  const head = dot === -1 ? before : before + marked.slice(0, dot + 1);
  const name = dot === -1 ? marked : marked.slice(dot + 1);
  if (!head.endsWith(".") || name.startsWith("?")) return undefined;
  const path = `${head}?${name}${after}`;
  const { schema } = checkExpression(`${path}.orValue(null)`, env);
  return { from, to: end + after.length, insert: `${path}.orValue(${fallbackText(schema)})` };
}

const FALLBACKS = { text: '""', number: "0", bool: "false", list: "[]", map: "{}", null: "null" } as const;

/** What stands in for a value of this type where it is absent. */
function fallbackText(schema: JsonSchema): string {
  const kinds = [...kindsOf(schema)].filter((kind) => kind !== "null");
  const [only] = kinds;
  return kinds.length === 1 && only !== undefined ? FALLBACKS[only] : "null";
}
