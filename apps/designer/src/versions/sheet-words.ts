import { defineWords } from "../words/words.ts";

export const words = defineWords(
  {
    title: "Publish version {version}",
    nothingTitle: "Nothing to publish",
    nothingText:
      "The draft is as version {version}, which is live. Change something, and it can be published as the next version.",
    close: "Close",
    changes: "What changes",
    since:
      "{count, plural, =0 {nothing since version {version}} one {# change since version {version}} other {# changes since version {version}}}",
    first: "the first version",
    added: "added",
    changed: "changed",
    removed: "removed",
    more: "Show {count, plural, one {# more change} other {# more changes}}",
    summary: "Summary for the history",
    written: "written from the changes",
    rewrite: "Write it again",
    problems: "{count, plural, one {# problem stands in the way} other {# problems stand in the way}}",
    goTo: "Go to it",
    noProblems: "No problems.",
    scenarios: "Scenarios",
    noScenarios: "This flow has no scenarios. Save one in the test bench, and every version is tried with it.",
    running: "Trying {count, plural, one {# scenario} other {# scenarios}}…",
    passed: "{count, plural, one {# scenario passes.} other {All # scenarios pass.}}",
    failedCount:
      "{failed} of {count, plural, one {# scenario} other {# scenarios}} {failed, plural, one {fails} other {fail}}",
    tryFailed: "Couldn’t try the scenarios.",
    again: "Try again",
    waiting: "What happens to runs",
    newRuns: "<b>New runs</b> use version {version}.",
    waitingOn:
      "<b>{count, plural, one {# run} other {# runs}}</b> waiting on version {version} will finish on version {version}.",
    noneWaiting: "No run is waiting.",
    publish: "Publish version {version}",
    despite: "Publish despite {failed, plural, one {# failing scenario} other {# failing scenarios}}",
    cancel: "Cancel",
    saving: "Saving what was typed last…",
    notSaved: "Not everything is saved yet: {why}",
    published: "Version {version} is live.",
    same: "Nothing has changed: version {version} stays live.",
    moved: "Somebody has changed the draft in the meantime. Look at the changes above, and publish again.",
    noRight: "Publishing needs the analyst role.",
    somebody: "Somebody",
    liveMoved:
      "<b>{name}</b> has made <b>version {live}</b> live, and this draft began from version {base}. Publishing it takes back what that version changed.",
    liveFirst:
      "<b>{name}</b> has made <b>version {live}</b> live beside this draft. Publishing it replaces that version.",
    takeIn: "Take in what version {live} changed",
    tookIn:
      "{kept, plural, =0 {The draft has what version {version} changed.} one {The draft has what version {version} changed, and keeps its own in # place.} other {The draft has what version {version} changed, and keeps its own in # places.}}",
  },
  {
    title: "Опублікувати версію {version}",
    nothingTitle: "Публікувати нічого",
    nothingText:
      "Чернетка така сама, як чинна версія {version}. Змініть щось, і це можна буде опублікувати наступною версією.",
    close: "Закрити",
    changes: "Що змінюється",
    since:
      "{count, plural, =0 {нічого після версії {version}} one {# зміна після версії {version}} few {# зміни після версії {version}} many {# змін після версії {version}} other {# зміни після версії {version}}}",
    first: "перша версія",
    added: "додано",
    changed: "змінено",
    removed: "вилучено",
    more: "Показати ще {count, plural, one {# зміну} few {# зміни} many {# змін} other {# зміни}}",
    summary: "Підсумок для історії",
    written: "складено за змінами",
    rewrite: "Скласти знову",
    problems:
      "{count, plural, one {Заважає # проблема} few {Заважають # проблеми} many {Заважають # проблем} other {Заважають # проблеми}}",
    goTo: "Перейти",
    noProblems: "Проблем немає.",
    scenarios: "Сценарії",
    noScenarios:
      "У цього потоку немає сценаріїв. Збережіть сценарій під час проби, і ним перевірятиметься кожна версія.",
    running: "Перевіряємо {count, plural, one {# сценарій} few {# сценарії} many {# сценаріїв} other {# сценарію}}…",
    passed:
      "{count, plural, one {# сценарій проходить.} few {Усі # сценарії проходять.} many {Усі # сценаріїв проходять.} other {Усі # сценарію проходять.}}",
    failedCount:
      "Не проходить {failed} із {count, plural, one {# сценарію} few {# сценаріїв} many {# сценаріїв} other {# сценарію}}",
    tryFailed: "Не вдалося перевірити сценарії.",
    again: "Спробувати знову",
    waiting: "Що буде із запусками",
    newRuns: "<b>Нові запуски</b> беруть версію {version}.",
    waitingOn:
      "<b>{count, plural, one {# запуск} few {# запуски} many {# запусків} other {# запуску}}</b>, що {count, plural, one {чекає} few {чекають} many {чекають} other {чекають}} на версії {version}, {count, plural, one {завершиться} few {завершаться} many {завершаться} other {завершаться}} на версії {version}.",
    noneWaiting: "Жоден запуск не чекає.",
    publish: "Опублікувати версію {version}",
    despite:
      "Опублікувати попри {failed, plural, one {# невдалий сценарій} few {# невдалі сценарії} many {# невдалих сценаріїв} other {# невдалого сценарію}}",
    cancel: "Не зараз",
    saving: "Зберігаємо останні зміни…",
    notSaved: "Ще не все збережено: {why}",
    published: "Версія {version} чинна.",
    same: "Нічого не змінилося: чинною лишається версія {version}.",
    moved: "Хтось тим часом змінив чернетку. Перегляньте зміни вище й опублікуйте ще раз.",
    noRight: "Для публікації потрібна роль аналітика.",
    somebody: "Хтось",
    liveMoved:
      "<b>{name}</b> робить чинною <b>версію {live}</b>, а ця чернетка почалася з версії {base}. Якщо її опублікувати, зміни тієї версії зникнуть.",
    liveFirst:
      "<b>{name}</b> робить чинною <b>версію {live}</b> поруч із цією чернеткою. Якщо її опублікувати, вона замінить ту версію.",
    takeIn: "Узяти зміни версії {live}",
    tookIn:
      "{kept, plural, =0 {У чернетці є зміни версії {version}.} one {У чернетці є зміни версії {version}; у # місці лишилося своє.} few {У чернетці є зміни версії {version}; у # місцях лишилося своє.} many {У чернетці є зміни версії {version}; у # місцях лишилося своє.} other {У чернетці є зміни версії {version}; у # місця лишилося своє.}}",
  },
);
