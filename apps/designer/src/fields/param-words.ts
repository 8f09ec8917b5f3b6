import { aiParamWords, type ParamWords } from "./ai-param-words.ts";

/**
 * The params of the built-in node types in Ukrainian, by type and place; English stands in their manifests. `=value` is
 * one value of an enumeration.
 */
export const PARAM_WORDS: ParamWords = {
  ...aiParamWords("ai.object", {
    prompt: { label: "Завдання", help: "Що модель має зробити, разом із потрібними даними." },
    schema: {
      label: "Поля відповіді",
      help: "Поля, які заповнює модель. Наступні вузли можуть читати кожне з них.",
    },
  }),
  ...aiParamWords("ai.text", {
    prompt: { label: "Завдання", help: "Що модель має написати, разом із потрібними даними." },
  }),
  ...aiParamWords("ai.classify", {
    prompt: {
      label: "Що сортувати",
      help: "Текст і все, що допомагає його оцінити: повідомлення клієнта, рядки замовлення.",
    },
    labels: {
      label: "Мітки",
      help: "Кожна з них: окремий вихід із цього кроку. Варто мати одну для всього іншого.",
    },
    "labels/*/port": { label: "Назва" },
    "labels/*/description": {
      label: "Що до неї належить",
      help: "Словами, для моделі. Якщо порожньо, модель зважає на назву.",
    },
  }),
  "http.request/method": { label: "Метод" },
  "http.request/url": { label: "Адреса" },
  "http.request/query": {
    label: "Запит",
    help: "Додається до адреси після знака питання. Що має значення null, пропускається.",
  },
  "http.request/headers": { label: "Заголовки", help: "Ніколи не секрети: ті зберігаються в обліковому записі." },
  "http.request/body": {
    label: "Тіло",
    help: "Надсилається як JSON. Текст надсилається як є, якщо заголовки називають його тип.",
  },
  "http.request/idempotencyHeader": {
    label: "Заголовок для ключа",
    help: "Де сервіс чекає на ключ, за яким упізнає повторний виклик, часто Idempotency-Key.",
  },
  "http.request/responseSchema": {
    label: "Поля відповіді",
    help: "Що відповідає сервіс, щоб наступні вузли могли це читати. Інша відповідь: помилка кроку.",
  },
  "http.request/expect": { label: "Очікувані коди", help: "Якщо порожньо: від 200 до 299." },
  "email.send/to": { label: "Кому" },
  "email.send/cc": { label: "Копія" },
  "email.send/bcc": { label: "Прихована копія" },
  "email.send/replyTo": { label: "Відповідати на" },
  "email.send/from": { label: "Від кого", help: "Якщо порожньо: скринька облікового запису." },
  "email.send/subject": { label: "Тема" },
  "email.send/text": { label: "Текст" },
  "email.send/html": { label: "HTML", help: "Вставлені значення знешкоджуються: вони не можуть стати HTML." },
  "branch/cases": { label: "Випадки" },
  "branch/cases/*/port": { label: "Назва" },
  "branch/cases/*/when": { label: "Коли" },
  "data.set/values": { label: "Значення", help: "Кожну назву можуть читати наступні вузли." },
  "wait.event/outcomes": { label: "Відповіді" },
  "wait.event/outcomes/*/port": { label: "Відповідь" },
  "wait.event/outcomes/*/event": { label: "Подія" },
  "wait.event/outcomes/*/match": {
    label: "Збіг",
    help: "Поле даних події та значення, яке воно мусить мати. Визначається, коли починається очікування.",
  },
  "wait.event/outcomes/*/where": { label: "Лише якщо" },
  "wait.event/timeout": {
    label: "Термін",
    help: "Рахується від початку очікування. Коли час вийде, запуск піде виходом «timeout».",
  },
  "wait.event/lookBack": {
    label: "Скільки зазирати назад",
    help: "Наскільки давньою може бути подія, що надійшла до очікування. Якщо порожньо: як сам запуск.",
  },
  "wait.event/inbox": { label: "Запитати людей у Вхідних" },
  "wait.event/inbox/title": { label: "Запитання", help: "Перший рядок завдання у Вхідних і в листах." },
  "wait.event/inbox/description": { label: "Пояснення" },
  "wait.event/inbox/context": { label: "Факти", help: "Що людина має знати, щоб вирішити; стоїть над формою." },
  "wait.event/inbox/assignTo": { label: "Хто вирішує", help: "Якщо порожньо: усі, хто може вирішувати завдання." },
  "wait.event/inbox/assignTo/roles": { label: "Ролі" },
  "wait.event/inbox/assignTo/groups": { label: "Групи" },
  "wait.event/inbox/assignTo/people": { label: "Люди" },
  "wait.event/inbox/form": { label: "Форма", help: "Що заповнює людина. Поле може починатися зі значення із запуску." },
  "wait.event/inbox/columns": {
    label: "У списку Вхідних",
    help: "Факти й поля, які видно в списку біля кожного завдання.",
  },
  "wait.event/inbox/priority": { label: "Пріоритет" },
  "wait.event/inbox/priority=low": { label: "Низький" },
  "wait.event/inbox/priority=normal": { label: "Звичайний" },
  "wait.event/inbox/priority=high": { label: "Високий" },
  "wait.event/inbox/priority=urgent": { label: "Терміновий" },
  "wait.event/inbox/due": {
    label: "Вирішити за",
    help: "Коли це варто вирішити. Кінцевий термін лишається, яким є. Якщо порожньо: до кінцевого терміну.",
  },
  "wait.event/inbox/escalation": {
    label: "Залучити інших",
    help: "Хто ще зможе вирішувати, якщо минуло стільки часу. Їм про це скажуть; кінцевий термін лишається, яким є.",
  },
  "wait.event/inbox/escalation/*/after": { label: "Через" },
  "wait.event/inbox/escalation/*/assignTo": { label: "Хто ще може вирішувати" },
  "wait.event/inbox/escalation/*/assignTo/roles": { label: "Ролі" },
  "wait.event/inbox/escalation/*/assignTo/groups": { label: "Групи" },
  "wait.event/inbox/escalation/*/assignTo/people": { label: "Люди" },
  "wait.event/inbox/link": {
    label: "Посилання в листах",
    help: "За посиланням, яке вирішує, може вирішити кожен, хто прочитає лист.",
  },
  "wait.event/inbox/link=shows": { label: "Показує завдання після входу" },
  "wait.event/inbox/link=decides": { label: "Вирішує без входу" },
  "wait.event/inbox/reminders": { label: "Нагадати через", help: "Нагадування ніколи не зсуває термін." },
  "wait.event/inbox/notRequester": {
    label: "Не та людина, що просила",
    help: "Кого потік називає прохачем, той не може вирішувати.",
  },
  "wait.event/inbox/notDecidersOf": {
    label: "Не ті, хто вже вирішував",
    help: "Кроки цього потоку: хто вирішив один із них у тому самому запуску, тут вирішувати не може.",
  },
  "wait.event/inbox/needs": {
    label: "Скільки людей",
    help: "За відповідями: стільки різних людей мають її дати. Якщо порожньо: одна. Вирішує та, що набереться першою.",
  },
  "wait.event/inbox/reasonFor": { label: "Питати про причину", help: "Відповіді, які потребують коментаря." },
  "wait.event/inbox/attachments": { label: "Можна додавати файли" },
  "sleep/for": { label: "Скільки" },
  "sleep/until": {
    label: "До якого часу",
    help: "Дата й час, наприклад 2027-01-04T09:00, у часовому поясі потоку, якщо не названо інший. Час, що минув, не чекає.",
  },
  "forEach/items": { label: "Список", help: "Кроки всередині читають кожен елемент як item." },
  "forEach/concurrency": { label: "Скільки одночасно", help: "Над скількома елементами працювати водночас." },
  "forEach/onItemError": {
    label: "Коли елемент не вдався",
    help: "Зупинка скасовує елементи, над якими саме йде робота.",
  },
  "forEach/onItemError=stop": { label: "Зупинитися з помилкою" },
  "forEach/onItemError=collect": { label: "Продовжити й перелічити помилки" },
  "repeat/until": { label: "Доки не", help: "Читає те, що дав прохід, як last." },
  "repeat/maxIterations": {
    label: "Щонайбільше разів",
    help: "Якщо доти умова не справдиться, крок завершиться помилкою.",
  },
  "repeat/pause": { label: "Пауза між проходами" },
  "invoke/flow": { label: "Потік" },
  "invoke/input": { label: "Вхідні дані", help: "З чим починається потік." },
  "invoke/version": { label: "Версія", help: "Якщо порожньо: та, що чинна, коли починається крок." },
  "invoke/timeout": { label: "Термін", help: "Потік, що триває довше, скасовується, а крок завершується помилкою." },
  "invoke/output": {
    label: "Вихідні дані",
    help: "Поля, які дає потік, щоб наступні вузли могли їх читати. Інші вихідні дані: помилка кроку.",
  },
  "event.send/event": { label: "Подія", help: "Її назва, наприклад support/refund.paid." },
  "event.send/data": { label: "Дані", help: "Що можуть прочитати ті, хто на неї чекає." },
  "end/output": { label: "Вихідні дані", help: "Що запуск дає тому, хто його почав." },
  "fail/message": { label: "Повідомлення", help: "Що пішло не так, для людини, яка це прочитає." },
  "fail/code": { label: "Код", help: "Коротка назва для програм: малі літери, цифри та _." },
};
