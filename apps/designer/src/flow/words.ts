import { defineWords } from "../words/words.ts";

/** What the fixes of `fixesFor` are called. */
export const fixWords = defineWords(
  {
    endHere: "End the run at “{port}”",
    removeEdge: "Remove the edge",
    usePort: "Let it leave by “{port}”",
    startHere: "Start with {node}",
    deleteNode: "Delete {node}",
    addCall: "Let people start it",
    remove: "Remove it",
    useInstead: "Use {name}",
    guard: "Read {value} where it is absent",
  },
  {
    endHere: "Завершити запуск на виході «{port}»",
    removeEdge: "Прибрати зв’язок",
    usePort: "Вести з виходу «{port}»",
    startHere: "Почати з {node}",
    deleteNode: "Видалити {node}",
    addCall: "Дозволити запуск людьми",
    remove: "Прибрати",
    useInstead: "Узяти {name}",
    guard: "Читати {value}, якщо значення немає",
  },
);
