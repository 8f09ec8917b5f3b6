/** The parts of a template that are shown as chips. */
import { scanTemplate } from "@holdfast/dsl";

export interface Chip {
  /** From the first brace to behind the last one. */
  readonly from: number;
  readonly to: number;
  /** The expression between the braces, without the spaces around it. */
  readonly source: string;
  /** Where `source` begins in the text. */
  readonly start: number;
}

/** The whole `{{ … }}` of a text, up to the first that is not closed yet. */
export function chipsOf(text: string): Chip[] {
  for (let end = text.length; end > 0; end = text.lastIndexOf("{{", end - 1)) {
    const chips = chipsIn(text.slice(0, end));
    if (chips !== undefined) return chips;
  }
  return [];
}

function chipsIn(text: string): Chip[] | undefined {
  try {
    return scanTemplate(text).flatMap((piece): Chip[] => {
      if (piece.kind === "text") return [];
      const source = piece.source.trim();
      const start = piece.offset + piece.source.indexOf(source);
      return [{ from: piece.offset - 2, to: piece.offset + piece.source.length + 2, source, start }];
    });
  } catch {
    return undefined;
  }
}

/** The expression that the place stands in, open or closed; undefined in the text around. */
export function expressionAt(
  text: string,
  place: number,
): { readonly source: string; readonly start: number } | undefined {
  const chip = chipsOf(text).find(({ from, to }) => place > from + 1 && place < to - 1);
  if (chip !== undefined) {
    const start = chip.from + 2;
    return { source: text.slice(start, chip.to - 2), start };
  }
  const open = text.lastIndexOf("{{", place - 1);
  if (open === -1 || open + 2 > place) return undefined;
  const closed = chipsOf(text).some(({ from, to }) => from <= open && open < to);
  if (closed) return undefined;
  const rest = text.slice(open + 2);
  const next = /\{\{|\n/.exec(rest)?.index ?? rest.length;
  return open + 2 + next < place ? undefined : { source: rest.slice(0, next), start: open + 2 };
}

const SAFE_PATH = /^([a-z]+(?:\.\??[A-Za-z_]\w*)+)(?:\.orValue\((?:"[^"]*"|[\w.-]*|\[\]|\{\})\))?$/;

/** What a chip says: a path in short, without what only keeps it from failing; any other expression as it stands. */
export function chipLabel(source: string): string {
  const path = SAFE_PATH.exec(source)?.[1];
  if (path === undefined) return source.replaceAll(/\s+/g, " ");
  const names = path.replaceAll("?", "");
  return names.startsWith("nodes.") && names.split(".").length > 2 ? names.slice("nodes.".length) : names;
}
