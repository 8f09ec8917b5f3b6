/** Values of rows as they are typed. */
import type { FieldType } from "./field-kind.ts";

const NUMBER = /^-?\d+(?:\.\d+)?$/;

type Scalar = string | number | boolean | null;

/** What a text is where the type is not known: a number if it looks like one; in quotes a text, whatever it looks like. */
export function readScalar(text: string, { kind }: FieldType): Scalar {
  if (kind !== "any") return text;
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  if (NUMBER.test(text)) return Number(text);
  return /^"(?:\\.|[^"\\])*"$/.test(text) ? unquoted(text) : text;
}

/** A text that reads as the value. */
export function scalarText(value: Scalar, type: FieldType): string {
  const text = String(value);
  return typeof value === "string" && readScalar(text, type) !== value ? JSON.stringify(value) : text;
}

/** `shop, web`; a text with a comma in it stands in quotes. */
export function listText(values: readonly (string | number)[]): string {
  return values
    .map((value) => (typeof value === "string" && /[,"]|^\s|\s$/.test(value) ? JSON.stringify(value) : value))
    .join(", ");
}

export function readList(text: string, { kind, values }: FieldType): (string | number)[] {
  const parts = text.match(/\s*"(?:\\.|[^"\\])*"|[^,]+/g) ?? [];
  return parts.flatMap((part): (string | number)[] => {
    const trimmed = part.trim();
    if (trimmed === "") return [];
    const known = values.find((value) => String(value) === trimmed);
    if (known !== undefined) return [known];
    if (trimmed.startsWith('"')) return [unquoted(trimmed)];
    return kind !== "text" && NUMBER.test(trimmed) ? [Number(trimmed)] : [trimmed];
  });
}

function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : text;
  } catch {
    return text;
  }
}
