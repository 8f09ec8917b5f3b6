import { defineWords } from "../words/words.ts";

export const words = defineWords(
  {
    title: "Keys of this page",
    off: "Keys of a single letter or sign are switched off in the settings. The rest works.",
    then: "then",
    palette: "Find or do",
    hint: "A flow, a run, a task, or what to do",
    none: "Nothing found for “{text}”.",
    searching: "Looking…",
    flows: "Flows",
    runs: "Runs",
    tasks: "Tasks",
    people: "People",
    nodes: "Nodes",
  },
  {
    title: "Клавіші цієї сторінки",
    off: "Клавіші з однієї літери чи знака вимкнено в налаштуваннях. Решта працює.",
    then: "потім",
    palette: "Знайти або зробити",
    hint: "Потік, запуск, завдання або дія",
    none: "За запитом «{text}» нічого не знайдено.",
    searching: "Шукаю…",
    flows: "Потоки",
    runs: "Запуски",
    tasks: "Завдання",
    people: "Люди",
    nodes: "Вузли",
  },
);
