/** Texts that have to be short enough. */

/** A text, and whether something of it is missing. */
export interface Clipped {
  readonly text: string;
  readonly clipped: boolean;
}

/** At most `limit` signs, an ellipsis at the end included where something was cut. */
export function clip(text: string, limit: number): Clipped {
  if (text.length <= limit) return { text, clipped: false };
  return { text: `${text.slice(0, whole(text, limit - 1))}…`, clipped: true };
}

/** Pieces of at most `limit` signs, which end at line breaks or between words where they can. */
export function pieces(text: string, limit: number): readonly string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const head = rest.slice(0, whole(rest, limit));
    const end = [head.lastIndexOf("\n"), head.lastIndexOf(" ")].find((at) => at > limit / 2) ?? head.length;
    found.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^[ \n]/, "");
  }
  return [...found, rest];
}

/** Where the text can be cut at `at` or a little before: not within `&lt;`, `<…>`, an escape or a sign of two parts. */
function whole(text: string, at: number): number {
  const head = text.slice(0, at);
  const broken = /(?:&[a-z#\d]{0,6}|<[^<>\n]{0,2000}|\\|[\uD800-\uDBFF])$/.exec(head);
  // What only looks like the beginning of a mark is cut as it is.
  return broken === null || broken.index === 0 ? at : broken.index;
}
