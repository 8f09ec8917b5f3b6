import { defineWords } from "../words/words.ts";

export const words = defineWords(
  {
    label: "The flow as JSON",
    same: "The drawing and this text are the same.",
    broken: "This is not JSON yet. The drawing stays as it was; your text is kept.",
    notFlow:
      "This is not a flow yet: {count, plural, one {# place} other {# places}} to look at. The drawing stays as it was; your text is kept.",
    others: "Somebody has changed the drawing meanwhile. It is put together with your text as soon as that is right.",
    conflicts:
      "{count, plural, one {# place was} other {# places were}} changed in the drawing, too. The drawing’s value was kept there.",
    discard: "Show the drawing’s text again",
    label_edit: "Edited as JSON",
    syntax: "Something is missing or too much here.",
    idFixed: "A flow keeps its id.",
    goTo: "Go to the next place",
    copy: "Copy",
    copied: "Copied.",
    keys: "⌃Space completes",
    find: "Find in the text",
  },
  {
    label: "Потік як JSON",
    same: "Малюнок і цей текст однакові.",
    broken: "Це ще не JSON. Малюнок лишається, як був; ваш текст збережено.",
    notFlow:
      "Це ще не потік: перегляньте {count, plural, one {# місце} few {# місця} many {# місць} other {# місця}}. Малюнок лишається, як був; ваш текст збережено.",
    others: "Хтось тим часом змінив малюнок. Щойно ваш текст стане правильним, їх буде поєднано.",
    conflicts:
      "{count, plural, one {# місце змінено} few {# місця змінено} many {# місць змінено} other {# місця змінено}} й на малюнку. Там лишилося значення з малюнка.",
    discard: "Знову показати текст малюнка",
    label_edit: "Правка як JSON",
    syntax: "Тут чогось бракує або щось зайве.",
    idFixed: "Потік зберігає свій ідентифікатор.",
    goTo: "До наступного місця",
    copy: "Копіювати",
    copied: "Скопійовано.",
    keys: "⌃Space доповнює",
    find: "Знайти в тексті",
  },
);
