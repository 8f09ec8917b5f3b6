/** Why a value does not fit its schema, in the reader's language: the messages of the schema check come in English. */
import type { Language } from "./language.ts";
import { sentencesIn } from "./sentences.ts";

const TYPES: Readonly<Record<string, string>> = {
  text: "текст",
  "a number": "число",
  "a whole number": "ціле число",
  "true or false": "так або ні",
  "an object": "об’єкт",
  "a list": "список",
  null: "порожнє значення",
};

const inUkrainian = sentencesIn({
  "lacks the field *": "бракує поля *",
  "must be *": "має бути *",
  "must be one of *": "тут можливе лише одне з: *",
  "must be at least *": "має бути не менше ніж *",
  "must be at most *": "має бути не більше ніж *",
  "must be more than *": "має бути більше ніж *",
  "must be less than *": "має бути менше ніж *",
  "must be a multiple of *": "має ділитися на *",
  "must not be empty": "це не може бути порожнім",
  "must have at least * characters": "символів має бути щонайменше *",
  "must have at most * characters": "символів може бути щонайбільше *",
  "must have at most * character": "символів може бути щонайбільше *",
  "must have at least * elements": "елементів має бути щонайменше *",
  "must have at least * element": "елементів має бути щонайменше *",
  "must have at most * elements": "елементів може бути щонайбільше *",
  "must have at most * element": "елементів може бути щонайбільше *",
  "must have at least * fields": "полів має бути щонайменше *",
  "must have at least * field": "полів має бути щонайменше *",
  "must have at most * fields": "полів може бути щонайбільше *",
  "must have at most * field": "полів може бути щонайбільше *",
  "must not hold the same element twice": "той самий елемент не може бути двічі",
  "must match the pattern *": "має відповідати шаблону *",
  "must be a valid *": "не схоже на правильне значення виду *",
  "fits none of the allowed forms": "не підходить жодній з дозволених форм",
  "must fit exactly one of the allowed forms": "має підходити рівно одній з дозволених форм",
  "lacks an element of the form that is needed": "бракує елемента потрібної форми",
  "has a form that is not allowed": "така форма недозволена",
  "is not a known field": "такого поля тут немає",
});

/** @returns undefined if it has no words in that language */
export function fitReason(language: Language, reason: string): string | undefined {
  if (language === "en") return reason;
  const types = /^must be (.*)$/s.exec(reason)?.[1]?.split(/ or (?!false)/);
  const known = types?.flatMap((type) => TYPES[type] ?? []);
  if (known !== undefined && known.length > 0 && known.length === types?.length) {
    return `тут має бути ${known.join(" або ")}`;
  }
  return inUkrainian(reason);
}
