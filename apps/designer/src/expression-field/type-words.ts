/** The names of types, which the expression language tells in English, in the reader's language. */
import type { Translate } from "../words/use-words.tsx";
import type { words } from "./words.ts";

type T = Translate<Extract<keyof (typeof words)["en"], string>>;

const KEYS = new Map<string, Parameters<T>[0]>([
  ["text", "typeText"],
  ["a number", "typeNumber"],
  ["true or false", "typeBool"],
  ["a list", "typeList"],
  ["an object", "typeObject"],
  ["null", "typeNull"],
  ["anything", "typeAny"],
]);

/** "a number or null" → "number or nothing". What is no type of a value stays as it is. */
export function typeWords(type: string, t: T): string {
  const whole = KEYS.get(type);
  if (whole !== undefined) return t(whole);
  const parts = type.replace("true or false", "bool").split(" or ");
  const names = parts.map((part) => KEYS.get(part === "bool" ? "true or false" : part));
  if (names.some((name) => name === undefined)) return type;
  return names.flatMap((name) => (name === undefined ? [] : [t(name)])).reduce((a, b) => t("or", { a, b }));
}
