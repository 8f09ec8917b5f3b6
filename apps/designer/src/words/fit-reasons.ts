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

interface Said {
  readonly en: string;
  readonly uk: string;
}

/** What a pattern of a node type asks for. */
const PATTERNS: Readonly<Record<string, Said>> = {
  "^[a-z][A-Za-z0-9_]{0,62}$": {
    en: "must begin with a small letter; then letters, digits and _",
    uk: "має починатися з малої латинської літери, далі літери, цифри та _",
  },
  "^[A-Za-z][A-Za-z0-9_-]{0,47}$": {
    en: "must begin with a letter; then letters, digits, _ and -, at most 48 in all",
    uk: "має починатися з латинської літери, далі літери, цифри, _ та -, разом щонайбільше 48",
  },
  "^[A-Za-z_][A-Za-z0-9_]{0,62}$": {
    en: "must begin with a letter or _; then letters, digits and _",
    uk: "має починатися з латинської літери чи _, далі літери, цифри та _",
  },
  "^(?:[A-Za-z0-9][A-Za-z0-9_.:/-]{0,199})?$": {
    en: "must be a name such as shop/order.paid: letters, digits and . _ : / -",
    uk: "має бути назвою на зразок shop/order.paid: латинські літери, цифри та . _ : / -",
  },
  "^[a-z][a-z0-9-]{0,62}$": {
    en: "must begin with a small letter; then small letters, digits and -",
    uk: "має починатися з малої латинської літери, далі малі літери, цифри та -",
  },
  "^[a-z][a-z0-9_]{0,62}$": {
    en: "must begin with a small letter; then small letters, digits and _",
    uk: "має починатися з малої латинської літери, далі малі літери, цифри та _",
  },
  "^[^.]+(?:\\.[^.]+)*$": {
    en: "must be a name, or names with dots between them, such as order.id",
    uk: "має бути назвою або назвами через крапку, як-от order.id",
  },
  "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$": {
    en: "must be the name of a header, such as X-Request",
    uk: "має бути назвою заголовка, як-от X-Request",
  },
  "^https?:\\/\\/[^/?#{}\\s]+(?:[/?#]\\S*)?$": {
    en: "must be an address that begins with https:// or http:// and a fixed host",
    uk: "має бути адресою, що починається з https:// чи http:// і сталої назви сервера",
  },
};

const ONE_OF_FIELDS: Said = {
  en: "needs one of its kinds to be chosen and filled in",
  uk: "виберіть один з видів і заповніть його",
};

/** Where the message says what only the schema knows. */
function plainly(reason: string): Said | undefined {
  if (reason.startsWith("needs one of the fields ")) return ONE_OF_FIELDS;
  const pattern = /^must match the pattern (.*)$/s.exec(reason)?.[1];
  return pattern === undefined || !Object.hasOwn(PATTERNS, pattern) ? undefined : PATTERNS[pattern];
}

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
  "must differ from the others": "тут має бути інше, ніж в інших",
  "must match the pattern *": "має відповідати шаблону *",
  "must be a valid *": "не схоже на правильне значення виду *",
  "fits none of the allowed forms": "не підходить жодній з дозволених форм",
  "must have only one of the fields *": "може бути лише одне з полів *",
  "must fit exactly one of the allowed forms": "має підходити рівно одній з дозволених форм",
  "lacks an element of the form that is needed": "бракує елемента потрібної форми",
  "has a form that is not allowed": "така форма недозволена",
  "is not a known field": "такого поля тут немає",
});

/** @returns undefined if it has no words in that language */
export function fitReason(language: Language, reason: string): string | undefined {
  const said = plainly(reason)?.[language];
  if (said !== undefined || language === "en") return said ?? reason;
  const types = /^must be (.*)$/s.exec(reason)?.[1]?.split(/ or (?!false)/);
  const known = types?.flatMap((type) => TYPES[type] ?? []);
  if (known !== undefined && known.length > 0 && known.length === types?.length) {
    return `тут має бути ${known.join(" або ")}`;
  }
  return inUkrainian(reason);
}
