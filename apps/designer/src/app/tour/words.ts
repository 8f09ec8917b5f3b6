import { defineWords } from "../../words/words.ts";

export const words = defineWords(
  {
    label: "Tour, step {step} of {of}",
    step: "{step} of {of}",
    skip: "Skip the tour",
    back: "Back",
    next: "Next",
    end: "Done",
    cardTitle: "A card is a sentence",
    cardText:
      "This one asks managers to approve the amount within 7 days. The rail is that time: one segment a day, and the deadline leaves at its right end.",
    runTitle: "Run it, and nothing happens outside",
    runText: "Test plays the flow with test data. Nothing is sent, nobody is asked. Press Test, or keep reading.",
    decideTitle: "Decide as the manager",
    decideText: "The run waits for a person now. Answer for the manager and watch which way it goes.",
    skipTitle: "Skip seven days",
    skipText: "Or press Restart and let nobody answer: skip to the next timer, and see who is asked after a week.",
    waitsFor: "Open the test first: press Test at the top.",
  },
  {
    label: "Знайомство, крок {step} з {of}",
    step: "{step} з {of}",
    skip: "Пропустити знайомство",
    back: "Назад",
    next: "Далі",
    end: "Готово",
    cardTitle: "Картка — це речення",
    cardText:
      "Ця просить менеджерів погодити суму за 7 днів. Смуга — це час: одна поділка на день, а з її правого кінця виходить строк.",
    runTitle: "Запустіть, назовні нічого не станеться",
    runText:
      "Тест програє потік на тестових даних. Нічого не надсилається, нікого не питають. Натисніть «Тест» або читайте далі.",
    decideTitle: "Вирішіть за менеджера",
    decideText: "Тепер запуск чекає на людину. Дайте відповідь за менеджера й подивіться, куди він піде.",
    skipTitle: "Пропустіть сім днів",
    skipText:
      "Або натисніть «Спочатку», і хай не відповість ніхто: перейдіть до наступного таймера й побачите, кого питають за тиждень.",
    waitsFor: "Спершу відкрийте тест: натисніть «Тест» угорі.",
  },
);
