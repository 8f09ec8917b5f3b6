import { defineWords } from "../words/words.ts";

export const words = defineWords(
  {
    connection: "Connection",
    help: "How it signs in. The value is kept apart and never stands in a flow.",
    none: "None",
    mailDefault: "The mail server of this installation",
    choose: "Choose or type a name",
    notYet: "not for this flow yet",
    wrongKind: "“{name}” is of the kind “{kind}”, which this node can’t sign in with.",
    notGranted: "This flow may not use “{name}” yet: its steps would stop here.",
    grant: "Let this flow use it",
    granted: "This flow may use {name} now.",
    askFor: "A developer allows it under <l>Connections</l>.",
    change: "Its flows stand under <l>Connections</l>.",
    unknown:
      "“{name}” is not stored here. It has to come from the server’s environment, as {variable}, or be <l>stored</l>.",
    empty: "There is no connection of this kind yet. <l>Set one up</l>",
    emptyAsk: "There is no connection of this kind yet. A developer sets one up under <l>Connections</l>.",
    goesTo: "It is sent to {hosts} alone.",
  },
  {
    connection: "Підключення",
    help: "Чим вузол входить. Саме значення зберігається окремо й ніколи не стоїть у потоці.",
    none: "Немає",
    mailDefault: "Поштовий сервер цього встановлення",
    choose: "Виберіть або напишіть назву",
    notYet: "ще не для цього потоку",
    wrongKind: "«{name}» має вид «{kind}», а цей вузол так увійти не може.",
    notGranted: "Цьому потоку ще не можна брати «{name}»: його кроки тут зупиняться.",
    grant: "Дозволити цьому потоку",
    granted: "Тепер цей потік може брати {name}.",
    askFor: "Дозволяє розробник у розділі <l>Підключення</l>.",
    change: "Потоки перелічено в розділі <l>Підключення</l>.",
    unknown:
      "«{name}» тут не зберігається. Значення має прийти із середовища сервера як {variable}, або його треба <l>зберегти</l>.",
    empty: "Підключення такого виду ще немає. <l>Створити</l>",
    emptyAsk: "Підключення такого виду ще немає. Створює його розробник у розділі <l>Підключення</l>.",
    goesTo: "Надсилається лише до {hosts}.",
  },
);
