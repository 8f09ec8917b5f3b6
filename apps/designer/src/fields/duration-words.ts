import { defineWords } from "../words/words.ts";

export const words = defineWords(
  {
    amount: "{label}: how many",
    unit: "{label}: unit",
    invalid: "Write a number, or something like 2h 30m.",
    days: "days",
    hours: "hours",
    minutes: "minutes",
    seconds: "seconds",
    d: "{n, plural, one {# day} other {# days}}",
    h: "{n, plural, one {# hour} other {# hours}}",
    m: "{n, plural, one {# minute} other {# minutes}}",
    s: "{n, plural, one {# second} other {# seconds}}",
    ms: "{n, plural, one {# millisecond} other {# milliseconds}}",
  },
  {
    amount: "{label}: скільки",
    unit: "{label}: одиниця",
    invalid: "Напишіть число або щось на зразок 2h 30m.",
    days: "днів",
    hours: "годин",
    minutes: "хвилин",
    seconds: "секунд",
    d: "{n, plural, one {# день} few {# дні} many {# днів} other {# дня}}",
    h: "{n, plural, one {# година} few {# години} many {# годин} other {# години}}",
    m: "{n, plural, one {# хвилина} few {# хвилини} many {# хвилин} other {# хвилини}}",
    s: "{n, plural, one {# секунда} few {# секунди} many {# секунд} other {# секунди}}",
    ms: "{n, plural, one {# мілісекунда} few {# мілісекунди} many {# мілісекунд} other {# мілісекунди}}",
  },
);
