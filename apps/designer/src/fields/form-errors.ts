/** What does not fit in a form, by field, in the reader's words. */
import type { SchemaError } from "@holdfast/dsl";
import type { Translate } from "../words/use-words.tsx";
import { defineWords } from "../words/words.ts";

/** By the path of the field, such as `address/street` or `lines/0/qty`; of the form as a whole by "". */
export type FormErrors = Readonly<Record<string, string>>;

export const words = defineWords(
  {
    required: "Fill this in.",
    type_text: "Write a text.",
    type_number: "Write a number.",
    type_whole: "Write a whole number.",
    type_boolean: "Say yes or no.",
    type_list: "This has to be a list.",
    type_object: "This has to have fields.",
    enum: "Choose one of: {v}.",
    const: "This has to be {v}.",
    minimum: "At least {v}.",
    maximum: "At most {v}.",
    exclusiveMinimum: "More than {v}.",
    exclusiveMaximum: "Less than {v}.",
    multipleOf: "A multiple of {v}.",
    empty: "Don’t leave this empty.",
    minLength: "At least {v} characters.",
    maxLength: "At most {v} characters.",
    minItems: "At least {v} of them.",
    maxItems: "At most {v} of them.",
    uniqueItems: "The same is there twice.",
    format_date: "Write a date.",
    format_email: "Write an e-mail address.",
    format_uri: "Write the whole address, with https://.",
    pattern: "It has to match {v}.",
    other: "This does not fit here.",
  },
  {
    required: "Заповніть це поле.",
    type_text: "Напишіть текст.",
    type_number: "Напишіть число.",
    type_whole: "Напишіть ціле число.",
    type_boolean: "Скажіть «так» або «ні».",
    type_list: "Тут має бути список.",
    type_object: "Тут мають бути поля.",
    enum: "Виберіть одне з: {v}.",
    const: "Тут має бути {v}.",
    minimum: "Щонайменше {v}.",
    maximum: "Щонайбільше {v}.",
    exclusiveMinimum: "Більше за {v}.",
    exclusiveMaximum: "Менше за {v}.",
    multipleOf: "Має ділитися на {v}.",
    empty: "Не залишайте порожнім.",
    minLength: "Щонайменше символів: {v}.",
    maxLength: "Щонайбільше символів: {v}.",
    minItems: "Щонайменше елементів: {v}.",
    maxItems: "Щонайбільше елементів: {v}.",
    uniqueItems: "Одне й те саме тут двічі.",
    format_date: "Напишіть дату.",
    format_email: "Напишіть адресу пошти.",
    format_uri: "Напишіть повну адресу, з https://.",
    pattern: "Має відповідати взірцю {v}.",
    other: "Це тут не підходить.",
  },
);

type Word = keyof (typeof words)["en"];
type T = Translate<Word>;

/** The first of each field; what is missing is told where it would stand. */
export function formErrors(errors: readonly SchemaError[], t: T): FormErrors {
  const found = new Map<string, string>();
  for (const error of errors) {
    const place = placeOf(error);
    if (!found.has(place)) found.set(place, textOf(error, t));
  }
  return Object.fromEntries(found);
}

function placeOf({ pointer, keyword, message }: SchemaError): string {
  const names = pointer.split("/").slice(1).map(unescaped);
  const missing = keyword === "required" ? /^lacks the field "(.*)"$/s.exec(message)?.[1] : undefined;
  return [...names, ...(missing === undefined ? [] : [missing])].join("/");
}

const unescaped = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");

const TYPES: Readonly<Record<string, Word>> = {
  "must be text": "type_text",
  "must be a number": "type_number",
  "must be a whole number": "type_whole",
  "must be true or false": "type_boolean",
  "must be a list": "type_list",
  "must be an object": "type_object",
};

const FORMATS: Readonly<Record<string, Word>> = {
  date: "format_date",
  "date-time": "format_date",
  email: "format_email",
  uri: "format_uri",
};

/** Keywords that have a sentence of their own. */
const BY_KEYWORD = [
  "required",
  "uniqueItems",
  "enum",
  "const",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "maxLength",
  "minItems",
  "maxItems",
  "pattern",
] as const satisfies readonly Word[];

/** How a message ends, by keyword: the value that the schema names. */
const VALUE =
  /(?:must be (?:one of|at least|at most|more than|less than|a multiple of|a valid)?|must match the pattern|must have at (?:least|most)) ?(.*?)(?: characters?| elements?| fields?)?$/s;

function textOf({ keyword, message }: SchemaError, t: T): string {
  const v = VALUE.exec(message)?.[1] ?? "";
  switch (keyword) {
    case "type":
      return t(TYPES[message] ?? "other");
    case "format":
      return message.includes("pattern") ? t("pattern", { v }) : t(FORMATS[v] ?? "other");
    case "minLength":
      return message === "must not be empty" ? t("empty") : t("minLength", { v });
    default:
      return t(BY_KEYWORD.find((word) => word === keyword) ?? "other", { v });
  }
}

/** What is wrong at a field, or within one that is shown as a whole. */
export function errorAt(errors: FormErrors, path: string, whole: boolean): string | undefined {
  if (Object.hasOwn(errors, path)) return errors[path];
  return whole ? Object.entries(errors).find(([place]) => place.startsWith(`${path}/`))?.[1] : undefined;
}
