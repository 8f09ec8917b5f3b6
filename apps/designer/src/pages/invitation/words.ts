import { defineWords } from "../../words/words.ts";

export const words = defineWords(
  {
    title: "Welcome, {name}",
    resetTitle: "A new password, {name}",
    text: "Set a password for {email}. Then you are signed in.",
    password: "Password",
    passwordHelp: "12 characters or more. A sentence is good.",
    passwordShort: "{left, plural, one {# more character} other {# more characters}}",
    goOn: "Set the password and sign in",
    badTitle: "This link no longer works",
    badText: "It was used, or it is too old. Ask an administrator for a new one.",
    toSignIn: "Go to sign-in",
    loading: "Invitation",
  },
  {
    title: "Вітаємо, {name}",
    resetTitle: "Новий пароль, {name}",
    text: "Задайте пароль для {email}. Після цього ви увійдете.",
    password: "Пароль",
    passwordHelp: "Щонайменше 12 символів. Речення теж годиться.",
    passwordShort: "{left, plural, one {Ще # символ} few {Ще # символи} many {Ще # символів} other {Ще # символу}}",
    goOn: "Задати пароль і увійти",
    badTitle: "Це посилання вже не діє",
    badText: "Його використано або воно застаріло. Попросіть в адміністратора нове.",
    toSignIn: "До входу",
    loading: "Запрошення",
  },
);
