/** Two texts, word by word; what stands in braces is one word. */
export interface TextPart {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
  /** It is an expression, without its braces. */
  readonly code: boolean;
}

/** Longer texts are shown whole, as they were and as they are. */
const MOST_WORDS = 400;
/** Texts that have less in common, of one, are easier to read one after the other. */
const ALIKE = 0.35;

export function textDiff(before: string, after: string): readonly TextPart[] {
  const [old, current] = [wordsOf(before), wordsOf(after)];
  if (old.length * current.length > MOST_WORDS * MOST_WORDS) {
    return [...old.map((text) => part("removed", text)), ...current.map((text) => part("added", text))];
  }
  const parts = walk(old, current);
  const kept = lengthOf(parts.filter(({ kind }) => kind === "same"));
  if (kept >= ALIKE * Math.max(lengthOf(old), lengthOf(current))) return joined(parts);
  return joined([...old.map((text) => part("removed", text)), ...current.map((text) => part("added", text))]);
}

/** How many words, spaces apart. */
function lengthOf(list: readonly (string | TextPart)[]): number {
  return list.filter((one) => (typeof one === "string" ? one : one.text).trim() !== "").length;
}

function wordsOf(text: string): string[] {
  return text.match(/\{\{.*?\}\}|\s+|[^\s{]+|\{/gs) ?? [];
}

/** The longest common subsequence, read from the front. */
function walk(old: readonly string[], current: readonly string[]): TextPart[] {
  const width = current.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = current.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        old[row] === current[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const parts: TextPart[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < current.length) {
    const [was, is] = [old[row], current[column]];
    if (was !== undefined && was === is) {
      parts.push(part("same", was));
      row += 1;
      column += 1;
    } else if (was !== undefined && (is === undefined || at(row + 1, column) >= at(row, column + 1))) {
      parts.push(part("removed", was));
      row += 1;
    } else if (is !== undefined) {
      parts.push(part("added", is));
      column += 1;
    }
  }
  return parts;
}

function part(kind: TextPart["kind"], text: string): TextPart {
  const code = text.startsWith("{{") && text.endsWith("}}");
  return { kind, text: code ? text.slice(2, -2).trim() : text, code };
}

/** Words of one kind that follow each other are one part. */
function joined(parts: readonly TextPart[]): readonly TextPart[] {
  const out: TextPart[] = [];
  for (const one of parts) {
    const last = out.at(-1);
    if (last === undefined || last.kind !== one.kind || last.code || one.code) out.push(one);
    else out[out.length - 1] = { ...last, text: last.text + one.text };
  }
  return out;
}
