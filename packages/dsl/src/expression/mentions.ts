/** Where nodes are mentioned in source text. Forgiving: an expression that is still wrong is left out. */
import { parseCel } from "./cel.ts";
import { ExpressionError } from "./error.ts";
import { collectReferences } from "./references.ts";
import type { Reference } from "./references.ts";
import { isTemplate, scanTemplate } from "./scan.ts";

/** The place of a node's id in a text. */
export interface Mention {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** The nodes that a text mentions, in order; a condition is one expression, a template may hold several. */
export function mentionsIn(text: string, kind: "condition" | "template"): Mention[] {
  if (kind === "condition") return mentions(references(text), 0);
  if (!isTemplate(text)) return [];
  return pieces(text).flatMap((piece) =>
    piece.kind === "text" ? [] : mentions(references(piece.source), piece.offset),
  );
}

function mentions(found: readonly Reference[], offset: number): Mention[] {
  return found.flatMap(({ id, idStart, idEnd }) =>
    id === undefined || idStart === undefined || idEnd === undefined
      ? []
      : [{ id, start: idStart + offset, end: idEnd + offset }],
  );
}

function references(source: string): Reference[] {
  return attempt(() => collectReferences(parseCel(source).ast));
}

function pieces(text: string) {
  return attempt(() => scanTemplate(text));
}

function attempt<Item>(run: () => Item[]): Item[] {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

/** The text with another id wherever one node is mentioned, and not a character changed elsewhere. */
export function renameMentions(text: string, kind: "condition" | "template", from: string, to: string): string {
  let result = "";
  let position = 0;
  for (const mention of mentionsIn(text, kind)) {
    if (mention.id !== from) continue;
    result += text.slice(position, mention.start) + to;
    position = mention.end;
  }
  return result + text.slice(position);
}
