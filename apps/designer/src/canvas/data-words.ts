import { defineWords } from "../words/words.ts";

export const dataWords = defineWords(
  {
    show: "Show data: hold",
    all: "everything",
    input: "the input",
    from: "{values} from {name}",
    reads: "Reads {what}",
    readsNothing: "Reads nothing of other cards",
    gives: "Gives {what}",
    to: "{values} to {name}",
    told: "{name}: {reads}. {gives}.",
    givesNothing: "Nobody reads it",
  },
  {
    show: "Показати дані: тримати",
    all: "усе",
    input: "вхідні дані",
    from: "{values} з «{name}»",
    reads: "Читає {what}",
    readsNothing: "Нічого не читає з інших карток",
    gives: "Дає {what}",
    to: "{values} для «{name}»",
    told: "{name}: {reads}. {gives}.",
    givesNothing: "Ніхто цього не читає",
  },
);
