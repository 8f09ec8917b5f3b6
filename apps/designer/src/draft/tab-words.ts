import { defineWords } from "../words/words.ts";

export const tabWords = defineWords(
  {
    pages: "Pages of this flow",
    crumb: "Where you are",
    flows: "Flows",
    design: "Design",
    runs: "Runs",
    versions: "Versions",
    settings: "Settings",
    draft:
      "{count, plural, one {Draft, # change since version {version}} other {Draft, # changes since version {version}}}",
    live: "Version {version}, live",
    behind: "Version {version}",
    draftFirst: "Draft, never published",
  },
  {
    pages: "Сторінки цього потоку",
    crumb: "Де ви",
    flows: "Потоки",
    design: "Побудова",
    runs: "Запуски",
    versions: "Версії",
    settings: "Налаштування",
    draft:
      "{count, plural, one {Чернетка, # зміна після версії {version}} few {Чернетка, # зміни після версії {version}} many {Чернетка, # змін після версії {version}} other {Чернетка, # зміни після версії {version}}}",
    live: "Версія {version}, чинна",
    behind: "Версія {version}",
    draftFirst: "Чернетка, ще не опублікована",
  },
);
