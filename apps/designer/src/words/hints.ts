/**
 * What would be right, in the reader's language. Problems come with their hint in English; in Ukrainian it is found by
 * its sentence, in which `*` stands for whatever is named there and is put where the Ukrainian one has it.
 */
import type { Language } from "./language.ts";
import { sentencesIn } from "./sentences.ts";

const IN_UKRAINIAN: Readonly<Record<string, string>> = {
  // Documents
  "Migrate the document first.": "Спершу перенесіть документ на цей формат.",
  "Update Holdfast.": "Оновіть Holdfast.",
  "Fields that nothing would carry out are refused; remove it or check its spelling.":
    "Поля, яких ніщо не виконує, не приймаються: приберіть його або перевірте написання.",
  "Check the spelling, or remove it.": "Перевірте написання або приберіть.",
  "Did you mean *?": "Можливо, *?",
  "Let the branches meet in one node before the end.": "Зведіть гілки в один вузол перед кінцем.",
  "To do something again, put it into the body of a loop.": "Щоб повторити щось, покладіть це в цикл.",
  "Lead the edge to the loop node, or from it.": "Ведіть зв’язок до вузла-циклу або від нього.",
  "Draw an edge from it to the next node or to the end.":
    "Проведіть від нього зв’язок до наступного вузла або до кінця.",
  "Its ports are *.": "Виходи тут такі: *.",
  "Use a type that acts outside, such as http.request.": "Візьміть тип, який діє назовні, як-от http.request.",
  "Use a type that acts, such as http.request.": "Візьміть тип, який щось робить, як-от http.request.",
  "Take it out here, or out of the fixed ones.": "Приберіть це тут або із заданих.",
  "Let a person approve it, compare it in a branch with what your own data say, or pay the smaller of both: min([a, b]).":
    "Дайте людині це погодити, порівняйте в розгалуженні з власними даними або платіть менше з двох: min([a, b]).",
  "Let a person approve it, or let the branch ask for something that your own data say.":
    "Дайте людині це погодити або додайте в розгалуження умову про власні дані.",
  "Let a person be asked before the tool is used.": "Нехай перед використанням інструмента питають людину.",
  "Read the address from your own data by an id, let a person see it first, or check it in a branch.":
    "Візьміть адресу з власних даних за id, спершу покажіть її людині або перевірте в розгалуженні.",
  "Name the people, roles or groups in the flow, or read them from your own data.":
    "Назвіть людей, ролі або групи в потоці чи візьміть їх із власних даних.",
  "Build the value in another node and insert it here.": "Складіть значення в іншому вузлі й вставте його сюди.",
  "Write 30s, 15m, 2h or 7d.": "Пишіть 30s, 15m, 2h або 7d.",
  "Write names with dots between them, such as order.id.": "Пишіть назви через крапку, як-от order.id.",
  "Steps that do: *.": "Кроки, які це роблять: *.",
  "Name roles, groups or people who may decide too from then on.":
    "Назвіть ролі, групи або людей, які відтоді теж можуть вирішувати.",
  "Name roles, groups or people, or leave it out: then everybody may decide.":
    "Назвіть ролі, групи або людей чи залиште порожнім: тоді вирішувати можуть усі.",
  "Begin with a value that the field can hold, or leave it empty.":
    "Почніть зі значення, яке поле може містити, або залиште порожнім.",
  "Say in settings.requester who asked.": "Скажіть у settings.requester, хто просить.",
  "Name a credential on the node instead; it is resolved when the step sends.":
    "Натомість назвіть у вузлі облікові дані: їх буде взято, коли крок надсилатиме.",
  "Convert it, for example with *, or choose other data.":
    "Перетворіть його, наприклад через *, або виберіть інші дані.",
  "There are *.": "Є такі: *.",
  "Publish it before this one is to run it.": "Опублікуйте його раніше, ніж цей потік його запускатиме.",

  "Open a node of this type and choose “Use version *”, or set “uses/*” to * and change its params where they no longer fit.":
    "Відкрийте вузол цього типу й виберіть «Узяти версію *» або задайте «uses/*» як * і змініть налаштування, які вже не підходять.",
  "Use version * by hand: change the params, or place the node anew":
    "Перейдіть на версію * вручну: змініть налаштування або поставте вузол заново",

  // Expressions
  "Begin with one of *": "Почніть з одного з цих: *",
  "It has *": "Тут є *",
  "It can be *": "Можливі значення: *",
  "Write has(input.x) without the question mark, or input.?x.hasValue()":
    "Пишіть has(input.x) без знака питання або input.?x.hasValue()",
  "Test with has(…), or write .?* and .orValue(…) for what may be absent":
    "Перевірте через has(…) або пишіть .?* і .orValue(…) для того, чого може не бути",
  "Write .?name for what may be absent": "Пишіть .?назва для того, чого може не бути",
  "Write * and .orValue(…), or test with has(…) first": "Пишіть * і .orValue(…) або спершу перевірте через has(…)",
  "Write * and .orValue(…), or test * first": "Пишіть * і .orValue(…) або спершу перевірте *",
  "Write *": "Пишіть *",
  "End it with .orValue(…) first": "Спершу завершіть його через .orValue(…)",
  "End it with .orValue(…)": "Завершіть його через .orValue(…)",
  "End it with .orValue(false)": "Завершіть його через .orValue(false)",
  "End what may be absent with .orValue(…)": "Те, чого може не бути, завершіть через .orValue(…)",
  "Only nodes that lead here can be read": "Читати можна лише вузли, від яких ведуть шляхи сюди",
  "Compare it with something, such as == or >": "Порівняйте це з чимось, наприклад через == або >",
  "Make text of it with text(…), or use a template": "Зробіть із цього текст через text(…) або візьміть шаблон",
  "For a part of a text, use .contains(…)": "Для частини тексту є .contains(…)",
  'To write two braces as text, use {{ "{{" }}': 'Дві дужки як текст пишуть так: {{ "{{" }}',

  // The runtime
  "/api/v1/openapi.json lists what there is": "Усе, що є, перелічено в /api/v1/openapi.json",
  "Answer with their values, or let them take their answers back.":
    "Відповідайте з тими самими значеннями, або нехай попередні відповіді відкличуть.",
  "Archive the flow if it is not needed": "Якщо потік не потрібен, відправте його в архів",
  "Choose another name": "Виберіть іншу назву",
  "Decide it in the inbox.": "Вирішіть це у Вхідних.",
  "Decide together what the same step of the same flow asks.":
    "Разом вирішують те, про що питає один крок одного потоку.",
  "Duplicate the flow to have it under another id": "Щоб мати потік під іншим id, зробіть його копію",
  "For example support/refund.requested": "Наприклад, support/refund.requested",
  "Give it another name, or change that one.": "Дайте йому іншу назву або змініть той.",
  "It may be cut off, or long over. Open it from the mail again, or look into the inbox.":
    "Можливо, його обрізано або воно давно скінчилося. Відкрийте його з листа ще раз або загляньте у Вхідні.",
  "Look at what has changed, and publish again": "Перегляньте, що змінилося, й опублікуйте знову",
  "Look at what it changed, and publish again": "Перегляньте, що вона змінила, й опублікуйте знову",
  "Look for a loop without end, or move the clock less far":
    "Пошукайте цикл без кінця або пересуньте годинник не так далеко",
  "Open the draft anew": "Відкрийте чернетку заново",
  "Remove one that you no longer use.": "Приберіть той, яким уже не користуєтеся.",
  "Repair the flow or the scenario, or publish despite it": "Виправте потік чи сценарій або опублікуйте попри це",
  "Say why in the comment.": "Поясніть у коментарі.",
  "Start it as a person, or give settings.requester a value":
    "Запустіть від імені людини або задайте settings.requester",
  "an administrator can detach it on the page of people": "Адміністратор може від’єднати його на сторінці людей.",
  "an administrator can give you a link to set one": "Адміністратор може дати вам посилання, щоб задати його.",
  "ask an administrator for an invitation": "Попросіть адміністратора про запрошення.",
  "ask an administrator for the role": "Попросіть адміністратора про роль.",
  "make somebody else an administrator first": "Спершу зробіть адміністратором когось іншого.",
  "revoke it first, or choose another name": "Спершу відкличте їх або виберіть іншу назву.",
  "send the header Authorization: Bearer hold_live_…": "Надішліть заголовок Authorization: Bearer hold_live_…",
  "send the header Content-Type: application/json": "Надішліть заголовок Content-Type: application/json",
  "set HOLDFAST_PUBLIC_URL to the https address that leads here, or open the page on the server itself":
    "Задайте HOLDFAST_PUBLIC_URL як адресу https, що веде сюди, або відкрийте сторінку на самому сервері.",
  "set HOLDFAST_SECRET_KEYS or HOLDFAST_SECRET_KEYS_FILE, the same for every process":
    "Задайте HOLDFAST_SECRET_KEYS або HOLDFAST_SECRET_KEYS_FILE, однаково для кожного процесу.",
  "sign in with e-mail and password, or try again in a minute":
    "Увійдіть з адресою й паролем або спробуйте за хвилину.",
  "such as api.example.com, api.example.com:8443 or *.example.com":
    "Наприклад, api.example.com, api.example.com:8443 або *.example.com",
  "take nextCursor of the page before, or leave it out to begin anew":
    "Візьміть nextCursor попередньої сторінки або почніть спочатку.",
  "try again in a moment": "Спробуйте трохи згодом.",
  "Whoever gave it to you can hand it over to others.": "Передати його іншим може той, хто передав його вам.",
  "* can hand it over to others.": "Передати його іншим може *.",
  "One of: *": "Одне з цих: *",
  "Sign in as *, or look into your own inbox.": "Увійдіть як * або загляньте у свої Вхідні.",
  "create a key with the scope *": "Створіть ключ з правом *",
};

const inUkrainian = sentencesIn(IN_UKRAINIAN);

/** @returns undefined if it has no words in that language: then the problem's own sentence has to do */
export function hintIn(language: Language, hint: string | undefined): string | undefined {
  if (hint === undefined || language === "en") return hint;
  return inUkrainian(hint);
}
