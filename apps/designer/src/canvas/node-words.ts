/**
 * Node types in the reader's language. A manifest speaks English; the built-in types are told in Ukrainian here, others
 * speak as they came.
 */
import {
  DEFAULT_PORT,
  isDuration,
  parseDuration,
  workingSpanOf,
  type NodeManifest,
  type SentenceWords,
} from "@holdfast/dsl";
import type { Language } from "../words/language.ts";
import { formatText } from "../words/message.ts";

interface TypeWords {
  readonly title: string;
  readonly sentence: string;
}

const UKRAINIAN: Readonly<Record<string, TypeWords>> = {
  "ai.object": { title: "Заповнити форму з ШІ", sentence: "З’ясувати {schema/properties:keys}[ моделлю {model}]" },
  "ai.text": { title: "Написати текст з ШІ", sentence: "Написати текст[ моделлю {model}]" },
  "ai.classify": { title: "Сортувати з ШІ", sentence: "Сортувати на {labels/*/port:or}[ моделлю {model}]" },
  "ai.agent": {
    title: "ШІ з інструментами",
    sentence: "Доручити ШІ[ з інструментами {tools/*/name}][, модель {model}]",
  },
  "http.request": { title: "Запит HTTP", sentence: "[{method}|GET] {url}" },
  "http.list": { title: "Список HTTP", sentence: "Прочитати все з {url}" },
  "slack.message": { title: "Повідомлення Slack", sentence: "Написати в Slack: [{title}|{text}]" },
  "teams.message": { title: "Повідомлення Teams", sentence: "Написати в Teams: [{title}|{text}]" },
  "email.send": { title: "Лист", sentence: "Лист до {to}: {subject}" },
  "postgres.query": { title: "Запит до Postgres", sentence: "Запит: {sql}" },
  "rows.read": { title: "Прочитати CSV чи Excel", sentence: "Прочитати з файлу [{columns/*/column}|рядки]" },
  "rows.write": { title: "Записати CSV чи Excel", sentence: "Записати у файл [{columns/*/field}|рядки]" },
  // Comes along with the refund.
  "payments.refund": {
    title: "Повернути кошти",
    sentence: "Повернути {amount}[ {currency}] за замовлення {orderId}",
  },
  branch: { title: "Розгалуження", sentence: "Далі за {cases/*/port:or}, або інакше" },
  "data.set": { title: "Задати дані", sentence: "Задати {values:keys}" },
  "json.transform": {
    title: "Перетворити список",
    sentence: "Перетворити список[, де {where}][, упорядкувати за {sortBy/*/field}][, згрупувати за {groupBy}]",
  },
  "json.validate": { title: "Перевірити дані", sentence: "Перевірити [{schema/properties:keys}|дані]" },
  "event.send": { title: "Надіслати подію", sentence: "Надіслати {event}" },
  invoke: { title: "Запустити потік", sentence: "Запустити {flow}[ версії {version}][, щонайбільше {timeout}]" },
  forEach: { title: "Для кожного", sentence: "Для кожного з {items}[, по {concurrency} одночасно]" },
  repeat: {
    title: "Повторювати",
    sentence: "Повторювати, доки {until}, щонайбільше {maxIterations} разів[, через {pause}]",
  },
  sleep: { title: "Пауза", sentence: "[Чекати {for}|Чекати до {until}]" },
  "wait.event": {
    title: "Чекати на подію",
    sentence:
      "[Запитати: {inbox/assignTo/roles/*}, рішення про «{inbox/title}»" +
      "|Запитати: {inbox/assignTo/groups/*}, рішення про «{inbox/title}»" +
      "|Запитати: {inbox/assignTo/people/*}, рішення про «{inbox/title}»" +
      "|Запитати про рішення: «{inbox/title}»" +
      "|Чекати на {outcomes/*/event:or}]" +
      "[, щонайбільше {timeout}][, нагадати через {inbox/reminders/*}]",
  },
  end: { title: "Кінець", sentence: "Закінчити тут[ з {output:keys}]" },
  fail: { title: "Помилка", sentence: "Завершити помилкою: {message}" },
};

/** English titles of the palette where the manifest's own is more technical. */
const ENGLISH: Readonly<Record<string, Partial<TypeWords>>> = {
  "ai.object": { title: "Fill a form with AI" },
  "ai.text": { title: "Write text with AI" },
  "email.send": { title: "E-mail" },
};

/** The manifest with its title and sentence in that language. */
export function localManifest(manifest: NodeManifest, language: Language): NodeManifest {
  const words = (language === "uk" ? UKRAINIAN : ENGLISH)[manifest.type];
  return words === undefined ? manifest : { ...manifest, ...words };
}

/** Their beginnings that have a title of their own. */
const UKRAINIAN_PRESETS: Readonly<Record<string, string>> = { "wait.event#approval": "Запитати людину" };

/** The title of one of a type's beginnings in that language, where it is not the manifest's. */
export function localPreset(entry: string, language: Language): string | undefined {
  return language === "uk" ? UKRAINIAN_PRESETS[entry] : undefined;
}

const LENGTHS = {
  en: {
    days: "{n, plural, one {# day} other {# days}}",
    hours: "{n, plural, one {# hour} other {# hours}}",
    minutes: "{n, plural, one {# minute} other {# minutes}}",
    seconds: "{n, plural, one {# second} other {# seconds}}",
  },
  uk: {
    days: "{n, plural, one {# день} few {# дні} many {# днів} other {# дня}}",
    hours: "{n, plural, one {# година} few {# години} many {# годин} other {# години}}",
    minutes: "{n, plural, one {# хвилина} few {# хвилини} many {# хвилин} other {# хвилини}}",
    seconds: "{n, plural, one {# секунда} few {# секунди} many {# секунд} other {# секунди}}",
  },
} as const;

/** A length in its largest whole unit: "7 days", "36 hours". */
export function formatLength(milliseconds: number, language: Language): string {
  const [unit, size] = unitOf(milliseconds);
  return formatText(LENGTHS[language][unit], language, { n: milliseconds / size });
}

/** "2 working days", "90 working minutes": as it is written, since eight working hours are no third of a day. */
function formatWorking(text: string, language: Language): string {
  const { days, ms } = workingSpanOf(text) ?? { days: 0, ms: 0 };
  const parts = [
    ...(days === 0 ? [] : [formatText(WORKING[language], language, { n: days })]),
    ...(ms === 0 ? [] : [formatText(WORKING_TIME[language], language, { time: formatLength(ms, language) })]),
  ];
  return parts.join(" ");
}

const WORKING = {
  en: "{n, plural, one {# working day} other {# working days}}",
  uk: "{n, plural, one {# робочий день} few {# робочі дні} many {# робочих днів} other {# робочого дня}}",
} as const;

const WORKING_TIME = { en: "{time} of working time", uk: "{time} робочого часу" } as const;

function unitOf(milliseconds: number): readonly ["days" | "hours" | "minutes" | "seconds", number] {
  if (milliseconds % 86_400_000 === 0) return ["days", 86_400_000];
  if (milliseconds % 3_600_000 === 0) return ["hours", 3_600_000];
  return milliseconds % 60_000 === 0 ? ["minutes", 60_000] : ["seconds", 1_000];
}

const englishPlural = (word: string): string => {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
};

/** How values stand in a sentence of that language. */
export function sentenceWords(language: Language): SentenceWords {
  return {
    and: language === "uk" ? "та" : "and",
    or: language === "uk" ? "або" : "or",
    duration: (text) => (isDuration(text) ? formatLength(parseDuration(text), language) : text),
    working: (text) => (isDuration(text) ? formatWorking(text, language) : text),
    plural: language === "uk" ? (word) => word : englishPlural,
  };
}

const PORTS_UK: Readonly<Record<string, string>> = {
  timeout: "час вийшов",
  error: "помилка",
  otherwise: "інакше",
  approved: "погоджено",
  rejected: "відхилено",
  yes: "так",
  no: "ні",
};

/** A port's name as it is shown. The only way out of most nodes is called `out` in the document alone. */
export function portWord(port: string, language: Language): string {
  if (port === DEFAULT_PORT) return language === "uk" ? "далі" : "next";
  return language === "uk" ? (PORTS_UK[port] ?? port) : port;
}
