/** Values of rows as they are typed. */
import type { FieldType } from "./field-kind.ts";

const NUMBER = /^-?\d+(?:\.\d+)?$/;

type Scalar = string | number | boolean | null;

/** Where the type is not known, what looks like a number stays one if the value was one before. */
export function readScalar(text: string, { kind }: FieldType, before: Scalar | undefined): Scalar {
  if (kind !== "any") return text;
  if (text === "true" || text === "false") return text === "true";
  return NUMBER.test(text) && typeof before !== "string" ? Number(text) : text;
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
