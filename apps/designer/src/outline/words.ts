import { defineWords } from "../words/words.ts";

export const words = defineWords(
  {
    outline: "Outline of “{name}”",
    canvas: "Show as a canvas",
    endsHere: "the run ends here",
    open: "leads nowhere",
    on: "on {port}",
    each: "for each one",
    goesTo: "goes to {name}",
    addAfter: "Add after {name}",
    addOn: "Add after {name}, on {port}",
    hint: "Arrows move, plus adds, C connects, Delete removes, F2 renames.",
    problem: "Problem: {text}",
    renameLabel: "New name of {name}",
  },
  {
    outline: "Структура «{name}»",
    canvas: "Показати полотно",
    endsHere: "запуск завершується тут",
    open: "нікуди не веде",
    on: "вихід «{port}»",
    each: "для кожного",
    goesTo: "веде до «{name}»",
    addAfter: "Додати після «{name}»",
    addOn: "Додати після «{name}», вихід «{port}»",
    hint: "Стрілки ведуть, плюс додає, C з’єднує, Delete видаляє, F2 перейменовує.",
    problem: "Проблема: {text}",
    renameLabel: "Нова назва для «{name}»",
  },
);
