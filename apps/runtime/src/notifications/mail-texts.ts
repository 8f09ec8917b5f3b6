/** What notices say by mail. Nothing of a task's facts: a mail is read by who finds it. */
import type { NoticeKind } from "./kinds.ts";
import type { NoticeMail } from "./post.ts";
import type { NotifySettings } from "./settings.ts";

type Language = NotifySettings["language"];

export interface ToldTask {
  readonly title: string;
  /** Milliseconds; null: at no time. */
  readonly due: number | null;
  readonly link: string | undefined;
}

export interface ToldNotice extends ToldTask {
  readonly id: string;
  readonly kind: NoticeKind;
  /** Who caused it, by name. */
  readonly by: string | null;
  readonly note: string | null;
  /** Whether the reader can decide it. */
  readonly may: boolean;
}

export interface Reader {
  readonly email: string;
  readonly settings: NotifySettings;
}

interface Words {
  readonly subject: Readonly<Record<NoticeKind, string>>;
  readonly says: Readonly<Record<NoticeKind, string>>;
  readonly due: string;
  readonly decide: string;
  readonly look: string;
  readonly once: string;
  readonly several: string;
  readonly digest: string;
  readonly overdue: string;
  readonly today: string;
  readonly later: string;
  readonly settings: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    subject: {
      assigned: "To decide: {title}",
      reminder: "Still open: {title}",
      escalated: "You may decide too: {title}",
      delegated: "{by} asks you to decide: {title}",
      handedOver: "{by} handed over to you: {title}",
      commented: "{by} wrote on: {title}",
      decided: "Decided: {title}",
      givenBack: "Open again: {title}",
    },
    says: {
      assigned: "This waits for a decision:",
      reminder: "This still waits for a decision:",
      escalated: "Nobody has decided this so far, so it comes to you too:",
      delegated: "{by} asks you to decide this instead:",
      handedOver: "{by} handed this over to you:",
      commented: "{by} wrote on this task:",
      decided: "{by} decided this:",
      givenBack: "Nobody works on this any more; it waits for a decision:",
    },
    due: "It is due {time}.",
    decide: "Decide here: {link}",
    look: "See it here: {link}",
    once: "The link is yours alone. It decides once, and expires after 72 hours or at the deadline.",
    several: "{n} tasks wait for you",
    digest: "Your tasks: {n} open",
    overdue: "Overdue",
    today: "Today",
    later: "Later",
    settings: "How you are told is set in your profile.",
  },
  uk: {
    subject: {
      assigned: "До вирішення: {title}",
      reminder: "Ще відкрите: {title}",
      escalated: "Тепер можете вирішити й ви: {title}",
      delegated: "{by} просить вас вирішити: {title}",
      handedOver: "{by} передає вам: {title}",
      commented: "{by} пише про: {title}",
      decided: "Вирішено: {title}",
      givenBack: "Знову відкрите: {title}",
    },
    says: {
      assigned: "Це чекає на рішення:",
      reminder: "Це досі чекає на рішення:",
      escalated: "Цього ще ніхто не вирішив, тож воно прийшло й до вас:",
      delegated: "{by} просить вас вирішити це замість себе:",
      handedOver: "{by} передає це вам:",
      commented: "{by} пише до цього завдання:",
      decided: "Рішення тут: {by}.",
      givenBack: "Над цим більше ніхто не працює; воно чекає на рішення:",
    },
    due: "Термін: {time}.",
    decide: "Вирішити тут: {link}",
    look: "Подивитися тут: {link}",
    once: "Це посилання лише ваше. Воно вирішує один раз і діє 72 години або до кінцевого терміну.",
    several: "На вас чекають завдання: {n}",
    digest: "Ваші завдання: відкритих {n}",
    overdue: "Прострочені",
    today: "Сьогодні",
    later: "Пізніше",
    settings: "Як вас сповіщати, можна змінити у профілі.",
  },
};

/** One line, as a subject has to be. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");

/** Titles that node types write by themselves, in English; what an analyst wrote stays as it is. */
const NODE_TITLES: readonly (readonly [RegExp, string])[] = [
  [/^Budget used up: ([^,]+, [^,]+)$/, "Бюджет вичерпано: $1"],
  [/^May the model use “(.*)”\?$/, "Чи може модель скористатися «$1»?"],
];

/** In one line, as the reader reads it. */
function titleOf(title: string, language: Language): string {
  const line = oneLine(title);
  if (language === "en") return line;
  const found = NODE_TITLES.find(([pattern]) => pattern.test(line));
  return found === undefined ? line : line.replace(...found);
}

const SUBJECT = 200;

/** `Mon 23 Nov, 11:40 (Europe/Kyiv)` */
function timeText(at: number, { language, timeZone }: NotifySettings): string {
  const format = new Intl.DateTimeFormat(language === "uk" ? "uk-UA" : "en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return `${format.format(at)} (${timeZone})`;
}

/** A mail of its own for one notice. */
export function noticeMail(notice: ToldNotice, { email, settings }: Reader): NoticeMail {
  const words = WORDS[settings.language];
  const by = notice.by ?? "Holdfast";
  const title = titleOf(notice.title, settings.language);
  const values = { title, by, link: notice.link ?? "" };
  const lines = [
    filled(words.says[notice.kind], values),
    title,
    ...(notice.note === null ? [] : [notice.note.trim()]),
    ...(notice.may && notice.due !== null ? [filled(words.due, { time: timeText(notice.due, settings) })] : []),
    ...(notice.link === undefined ? [] : [filled(notice.may ? words.decide : words.look, values)]),
    ...(notice.link !== undefined && notice.may ? [words.once] : []),
    words.settings,
  ];
  return {
    key: `notice:${notice.id}`,
    to: email,
    subject: filled(words.subject[notice.kind], values).slice(0, SUBJECT),
    text: lines.join("\n\n"),
  };
}

/** One mail for several notices that came at once. */
export function noticesMail(notices: readonly ToldNotice[], { email, settings }: Reader): NoticeMail {
  const words = WORDS[settings.language];
  const lines = notices.map((notice) => {
    const says = filled(words.subject[notice.kind], {
      title: titleOf(notice.title, settings.language),
      by: notice.by ?? "Holdfast",
    });
    return taskLines({ ...notice, title: says }, settings);
  });
  return {
    key: `notices:${notices[0]?.id ?? ""}`,
    to: email,
    subject: filled(words.several, { n: String(notices.length) }),
    text: [...lines, ...(notices.some(({ may }) => may) ? [words.once] : []), words.settings].join("\n\n"),
  };
}

/** The list of a day: what is late, what is due before the reader's day ends, and the rest. */
export function digestMail(
  tasks: readonly ToldTask[],
  { email, settings }: Reader,
  { now, endOfDay }: { readonly now: number; readonly endOfDay: number },
): NoticeMail {
  const words = WORDS[settings.language];
  const groupOf = ({ due }: ToldTask): "overdue" | "today" | "later" => {
    if (due === null || due >= endOfDay) return "later";
    return due < now ? "overdue" : "today";
  };
  const groups = (["overdue", "today", "later"] as const).flatMap((name) => {
    const those = tasks.filter((task) => groupOf(task) === name);
    if (those.length === 0) return [];
    return [`${words[name]} (${those.length})`, ...those.map((task) => taskLines(task, settings))];
  });
  return {
    // One that is sent again, after a process has died with it, is the same.
    key: `digest:${email}:${endOfDay}:${settings.at}`,
    to: email,
    subject: filled(words.digest, { n: String(tasks.length) }),
    text: [...groups, words.once, words.settings].join("\n\n"),
  };
}

function taskLines({ title, due, link }: ToldTask, settings: NotifySettings): string {
  const when = due === null ? [] : [`  ${timeText(due, settings)}`];
  return [`- ${titleOf(title, settings.language)}`, ...when, ...(link === undefined ? [] : [`  ${link}`])].join("\n");
}
