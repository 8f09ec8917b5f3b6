/** Cuts a template string into text and expressions. */
import { ExpressionError } from "./error.ts";

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "expression";
      /** What stands between the braces. */
      readonly source: string;
      /** Offset of `source` in the string. */
      readonly offset: number;
    };

/** Whether the string holds an expression at all. */
export function isTemplate(text: string): boolean {
  return text.includes("{{");
}

/**
 * `Order {{ input.id }}` → text, expression. Braces inside string literals, comments and maps of the expression do
 * not end it.
 * @throws ExpressionError `template_syntax` with the position
 */
export function scanTemplate(text: string): Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  while (position < text.length) {
    const open = text.indexOf("{{", position);
    if (open === -1) break;
    if (open > position) pieces.push({ kind: "text", text: text.slice(position, open) });
    const close = findClose(text, open + 2);
    if (close === -1) throw syntax(text, open, text.length, 'This "{{" is never closed by "}}"');
    const source = text.slice(open + 2, close);
    if (source.trim() === "") throw syntax(text, open, close + 2, "There is nothing between the braces");
    pieces.push({ kind: "expression", source, offset: open + 2 });
    position = close + 2;
  }
  if (position < text.length) pieces.push({ kind: "text", text: text.slice(position) });
  return pieces;
}

/** Where the expression that begins at `start` ends, or -1. */
function findClose(text: string, start: number): number {
  let depth = 0;
  let position = start;
  while (position < text.length) {
    const character = text[position];
    if (character === '"' || character === "'") {
      position = skipString(text, position, character);
      continue;
    }
    if (character === "/" && text[position + 1] === "/") {
      position = skipComment(text, position);
      continue;
    }
    if (character === "{") depth += 1;
    if (character === "}") {
      if (depth === 0) return text[position + 1] === "}" ? position : -1;
      depth -= 1;
    }
    position += 1;
  }
  return -1;
}

function skipString(text: string, start: number, quote: string): number {
  const triple = text.startsWith(quote.repeat(3), start);
  const delimiter = triple ? quote.repeat(3) : quote;
  let position = start + delimiter.length;
  while (position < text.length) {
    if (text[position] === "\\") {
      position += 2;
    } else if (text.startsWith(delimiter, position)) {
      return position + delimiter.length;
    } else {
      position += 1;
    }
  }
  return text.length;
}

/** A comment reaches to the end of the line; in a template also to the braces that close the expression. */
function skipComment(text: string, start: number): number {
  const line = text.indexOf("\n", start);
  const close = text.indexOf("}}", start);
  const end = Math.min(line === -1 ? text.length : line, close === -1 ? text.length : close);
  return end;
}

function syntax(text: string, start: number, end: number, message: string): ExpressionError {
  return new ExpressionError({
    code: "template_syntax",
    message,
    start,
    end,
    expression: text.slice(start, end),
    hint: 'To write two braces as text, use {{ "{{" }}',
  });
}
