import { IntlMessageFormat } from "intl-messageformat";
import { Children, type ReactNode } from "react";
import type { Language } from "./language.ts";

/** What a placeholder or a tag of a text stands for. A tag's function gets what stands between its ends. */
export type Value = string | number | Date | ReactNode | ((parts: ReactNode[]) => ReactNode);
export type Values = Readonly<Record<string, Value>>;

const compiled = new Map<string, IntlMessageFormat>();

function compile(text: string, language: Language): IntlMessageFormat {
  const key = `${language} ${text}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const message = new IntlMessageFormat(text, language, undefined, { ignoreTag: false });
  compiled.set(key, message);
  return message;
}

const isPlain = (text: string): boolean => !/[{<'#]/.test(text);

/** A text with its values, as text. */
export function formatText(text: string, language: Language, values: Values = {}): string {
  if (isPlain(text)) return text;
  // Whoever wants text gives values that are text.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const parts = compile(text, language).format<string>(values as Record<string, string>);
  return Array.isArray(parts) ? parts.join("") : parts;
}

/** A text with its values, some of which are elements. */
export function formatNodes(text: string, language: Language, values: Values): ReactNode {
  // The library knows no other types of values than its own.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const parts = compile(text, language).format<ReactNode>(values as Record<string, ReactNode>) as ReactNode;
  // Several parts stand side by side: each gets a key by its place.
  return Children.toArray(parts);
}
