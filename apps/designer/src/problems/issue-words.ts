/**
 * Problems in words. In English a problem's own sentence is the best there is; where it says less than it could, and in
 * every other language, it is told by its code, with what it names: `{a}` and `{b}` are the first two names in its text.
 */
import { joinPointer } from "@holdfast/dsl";
import type { Issue } from "@holdfast/dsl";
import { portWord } from "../canvas/node-words.ts";
import { fitReason } from "../words/fit-reasons.ts";
import { defineWords } from "../words/words.ts";
import { namesIn } from "../words/names-in.ts";
import type { Translate } from "../words/use-words.tsx";
import { spokenParam, type IssueSource } from "./issue-place.ts";

export const issueWords = defineWords(
  {
    not_json: "The document holds something that is not JSON.",
    document_too_large: "The document is larger than 4 MiB.",
    too_deep: "Lists and objects are nested more than 128 deep.",
    too_many_nodes: "The flow has more than 2,000 nodes.",
    forbidden_key: "`__proto__` can't be the name of a field.",
    forbidden_character: "The text holds a character that can't be stored.",
    unsupported_dsl: "This document is of a format that this version does not read.",
    unknown_field: "There is no field “{a}” here.",
    missing_field: "Something is missing: {a}.",
    wrong_type: "The value is of the wrong kind.",
    invalid_value: "This value is not possible here.",
    invalid_duration: "“{a}” is not a duration. Write it as 30s, 15m, 2h or 7d.",
    unknown_time_zone: "There is no time zone “{a}”.",
    invalid_node_id: "“{a}” can't be an id. Begin with a small letter, then letters, digits and _.",
    reserved_node_id: "“{a}” is a reserved word and can't be an id.",
    duplicate_node_id: "Two nodes have the id “{a}”.",
    unknown_node: "There is no node “{a}”.",
    edge_across_bodies: "An edge can't lead into or out of a loop.",
    edge_into_start: "No edge can lead to the start.",
    edge_from_end: "No edge can leave from the end.",
    duplicate_edge: "There are two edges from the same outcome to the same node.",
    unknown_port: "“{a}” has no outcome “{b}”.",
    unconnected_port: "“{b}” of “{a}” leads nowhere. Connect it, or end the run there.",
    unconnected_only: "Nothing follows “{a}”. Connect it, or end the run there.",
    open_port: "“{b}” leads nowhere. Connect it, or end the run there.",
    open_end: "Nothing follows. Connect it, or end the run there.",
    unreached: "No way leads here from the start.",
    nothing_to_join: "Fewer than two edges lead here, so there is nothing to join.",
    no_start: "Nothing follows the start. Connect it with the first node.",
    no_end: "No way through the flow comes to an end.",
    unreachable_node: "No way leads from the start to “{a}”.",
    cycle: "The edges lead in a circle. Use a loop node to repeat something.",
    ambiguous_output: "Two outputs can both be reached in one run.",
    join_without_choice: "Fewer than two edges lead to “{a}”, so there is nothing to join.",
    unknown_node_type: "There is no node type “{a}” here.",
    unknown_node_version: "The node type “{a}” is not installed in this version.",
    newer_node_version: "A newer version of the node type “{a}” is installed.",
    missing_param: "Something that the node needs is missing: {a}.",
    unknown_param: "The node has no setting “{a}”.",
    invalid_param: "A setting does not fit: {a}.",
    template_type: "The value gives another kind than is needed here.",
    template_not_allowed: "This text is taken as it stands: values are not filled in here.",
    duplicate_port: "Two outcomes are called “{b}”.",
    reserved_port: "An outcome can't be called “error”.",
    invalid_port: "“{a}” can't be the name of an outcome.",
    unexpected_body: "Only a loop can hold a body.",
    invalid_schema: "This form or schema is not well made.",
    unknown_flow: "There is no flow “{a}”.",
    credential_not_supported: "“{a}” uses no connection.",
    credential_required: "This needs a connection.",
    setting_without_effect: "This setting does nothing here.",
    invalid_compensation: "This can't undo a step: it waits, or changes nothing.",
    invalid_call: "This can't be called here, or not in this way.",
    nobody_assigned: "Nobody is asked: name a role, a group or a person.",
    unknown_column: "“{a}” is neither among the facts nor in the form.",
    unknown_answer: "“{a}” is not an answer of this step.",
    no_decision_there: "Nobody decides a step “{a}”.",
    prefill_type: "The field begins with a value of another kind than it takes.",
    reminder_after_timeout: "When this reminder is due, the wait is already over.",
    due_after_timeout: "When the task is due, the wait is already over.",
    escalation_after_timeout: "When this escalation comes, the wait is already over.",
    unknown_calendar: "There is no calendar “{a}”.",
    invalid_match_path: "“{a}” is not the path of a field.",
    secret_in_document: "A secret stands here. Use a connection instead.",
    tainted_payment: "“{a}”: “{b}” decides about a payment, and nothing checks it.",
    tainted_mail: "“{a}”: “{b}” decides who gets a mail, and nothing checks it.",
    tainted_rights: "“{a}”: “{b}” decides who may do what, and nothing checks it.",
    no_trigger: "Nothing starts this flow.",
    duplicate_trigger: "There already is such a trigger.",
    incomplete_mapping: "The mapping lacks “{a}”, which the input requires.",
    requester_missing: "Who asked may not decide, but no run knows who asked.",
    requester_uncertain: "Who asked may not decide, but not every run knows who asked.",
    unused_type: "No node is of the type “{a}”.",
    unknown_layout_node: "There is a place for “{a}”, which does not exist.",
    unknown_test_node: "A scenario names “{a}”, which does not exist.",
    unknown_test_port: "A scenario names the outcome “{b}”, which “{a}” does not have.",
    invalid_test_input: "A scenario's input does not fit the flow's input.",
    syntax_error: "The expression can't be read.",
    type_error: "The kinds of values in the expression do not go together.",
    unknown_root: "There is no “{a}” to read here.",
    unknown_function: "There is no function “{a}”.",
    node_never_completed: "“{a}” can't have been passed before this.",
    maybe_absent: "“{a}” is there on some ways only.",
    optional_field: "“{a}” may be absent.",
    no_such_field: "There is no field “{a}”.",
    never_equal: "This comparison can never hold.",
    not_a_condition: "This gives neither true nor false.",
    template_syntax: "A {opening} has no {closing}, or nothing stands between them.",
    too_complex: "The expression is too large. Set a value in a node before, and read that.",
    forbidden_name: "“{a}” can't be read.",
    unsupported: "Expressions here can't do this.",
    absent_value: "There is no such value.",
    invalid_pattern: "This is no pattern that can be used.",
    too_costly: "The expression would take too long.",
    input_too_large: "The value is too large for this.",
    result_too_large: "The result is too large.",
    evaluation_failed: "The expression can't be worked out.",
  },
  {
    not_json: "У документі є щось, що не є JSON.",
    document_too_large: "Документ більший за 4 МіБ.",
    too_deep: "Списки й об’єкти вкладено глибше за 128 рівнів.",
    too_many_nodes: "У потоці понад 2 000 вузлів.",
    forbidden_key: "`__proto__` не може бути назвою поля.",
    forbidden_character: "У тексті є символ, який не можна зберегти.",
    unsupported_dsl: "Формат цього документа ця версія не читає.",
    unknown_field: "Поля «{a}» тут немає.",
    missing_field: "Чогось бракує: {a}.",
    wrong_type: "Значення не того виду.",
    invalid_value: "Таке значення тут неможливе.",
    invalid_duration: "«{a}» не є тривалістю. Пишіть 30s, 15m, 2h або 7d.",
    unknown_time_zone: "Часового поясу «{a}» немає.",
    invalid_node_id: "«{a}» не може бути ідентифікатором. Почніть з малої латинської літери, далі літери, цифри та _.",
    reserved_node_id: "«{a}» є службовим словом і не може бути ідентифікатором.",
    duplicate_node_id: "Два вузли мають ідентифікатор «{a}».",
    unknown_node: "Вузла «{a}» немає.",
    edge_across_bodies: "Зв’язок не може вести в цикл чи з нього.",
    edge_into_start: "До початку не може вести жоден зв’язок.",
    edge_from_end: "З кінця не може вести жоден зв’язок.",
    duplicate_edge: "Два зв’язки ведуть з одного виходу до одного вузла.",
    unknown_port: "«{a}» не має виходу «{b}».",
    unconnected_port: "Вихід «{b}» вузла «{a}» нікуди не веде. З’єднайте його або завершіть запуск тут.",
    unconnected_only: "Після «{a}» нічого немає. З’єднайте його або завершіть запуск тут.",
    open_port: "Вихід «{b}» нікуди не веде. З’єднайте його або завершіть запуск тут.",
    open_end: "Далі нічого немає. Додайте, що далі, або завершіть запуск тут.",
    unreached: "Від початку сюди не веде жоден шлях.",
    nothing_to_join: "Сюди веде менше двох зв’язків, тож об’єднувати нічого.",
    no_start: "Після початку нічого немає. З’єднайте його з першим вузлом.",
    no_end: "Жоден шлях потоку не доходить до кінця.",
    unreachable_node: "Від початку до «{a}» не веде жоден шлях.",
    cycle: "Зв’язки ведуть по колу. Щоб щось повторити, візьміть вузол-цикл.",
    ambiguous_output: "За один запуск можна дійти до двох результатів.",
    join_without_choice: "До «{a}» веде менше двох зв’язків, тож об’єднувати нічого.",
    unknown_node_type: "Типу вузла «{a}» тут немає.",
    unknown_node_version: "Тип вузла «{a}» не встановлено в цій версії.",
    newer_node_version: "Встановлено новішу версію типу вузла «{a}».",
    missing_param: "Бракує того, що потрібно вузлу: {a}.",
    unknown_param: "Налаштування «{a}» вузол не має.",
    invalid_param: "Налаштування не підходить: {a}.",
    template_type: "Значення дає не той вид, який тут потрібен.",
    template_not_allowed: "Цей текст береться як є: значення тут не підставляються.",
    duplicate_port: "Два виходи мають назву «{b}».",
    reserved_port: "Вихід не може називатися «error».",
    invalid_port: "«{a}» не може бути назвою виходу.",
    unexpected_body: "Тіло може мати лише цикл.",
    invalid_schema: "Цю форму чи схему складено неправильно.",
    unknown_flow: "Потоку «{a}» немає.",
    credential_not_supported: "«{a}» не використовує підключень.",
    credential_required: "Тут потрібне підключення.",
    setting_without_effect: "Це налаштування тут нічого не робить.",
    invalid_compensation: "Це не може відмінити крок: воно чекає або нічого не змінює.",
    invalid_call: "Це не можна викликати тут або в такий спосіб.",
    nobody_assigned: "Нікого не питають: назвіть роль, групу або людину.",
    unknown_column: "«{a}» немає ні серед фактів, ні у формі.",
    unknown_answer: "«{a}» не є відповіддю цього кроку.",
    no_decision_there: "Кроку «{a}», який хтось вирішує, немає.",
    prefill_type: "Поле починається зі значення не того виду, який воно приймає.",
    reminder_after_timeout: "Коли настане це нагадування, очікування вже скінчиться.",
    due_after_timeout: "Коли настане термін завдання, очікування вже скінчиться.",
    escalation_after_timeout: "Коли настане ця ескалація, очікування вже скінчиться.",
    unknown_calendar: "Календаря «{a}» немає.",
    invalid_match_path: "«{a}» не є шляхом до поля.",
    secret_in_document: "Тут записано секрет. Натомість візьміть підключення.",
    tainted_payment: "«{a}»: про платіж вирішує «{b}», і цього ніхто не перевіряє.",
    tainted_mail: "«{a}»: про те, хто отримає лист, вирішує «{b}», і цього ніхто не перевіряє.",
    tainted_rights: "«{a}»: про те, хто що може, вирішує «{b}», і цього ніхто не перевіряє.",
    no_trigger: "Цей потік нічого не запускає.",
    duplicate_trigger: "Такий запускач уже є.",
    incomplete_mapping: "У відповідності бракує «{a}», а вхід цього вимагає.",
    requester_missing: "Автор запиту не може вирішувати, але жоден запуск не знає автора.",
    requester_uncertain: "Автор запиту не може вирішувати, але не кожен запуск знає автора.",
    unused_type: "Жоден вузол не має типу «{a}».",
    unknown_layout_node: "Є місце для «{a}», якого немає.",
    unknown_test_node: "Сценарій називає «{a}», якого немає.",
    unknown_test_port: "Сценарій називає вихід «{b}», якого «{a}» не має.",
    invalid_test_input: "Вхідні дані сценарію не відповідають входу потоку.",
    syntax_error: "Вираз не вдається прочитати.",
    type_error: "Види значень у виразі не поєднуються.",
    unknown_root: "Прочитати «{a}» тут не можна.",
    unknown_function: "Функції «{a}» немає.",
    node_never_completed: "«{a}» не може бути пройдено до цього місця.",
    maybe_absent: "«{a}» є лише на деяких шляхах.",
    optional_field: "«{a}» може не бути.",
    no_such_field: "Поля «{a}» немає.",
    never_equal: "Це порівняння ніколи не справджується.",
    not_a_condition: "Це не дає ні істини, ні хиби.",
    template_syntax: "Після {opening} бракує {closing}, або між ними нічого немає.",
    too_complex: "Вираз завеликий. Задайте значення у вузлі раніше й читайте його.",
    forbidden_name: "«{a}» прочитати не можна.",
    unsupported: "Вирази тут такого не вміють.",
    absent_value: "Такого значення немає.",
    invalid_pattern: "Цей шаблон використати не можна.",
    too_costly: "Вираз тривав би задовго.",
    input_too_large: "Значення для цього завелике.",
    result_too_large: "Результат завеликий.",
    evaluation_failed: "Вираз не вдається обчислити.",
  },
);

type Word = keyof (typeof issueWords)["en"];

const isWord = (code: string): code is Word => Object.hasOwn(issueWords.en, code);

/** Where our English says what to do and the problem's own sentence does not. */
const OURS: ReadonlySet<string> = new Set([
  "unconnected_port",
  "no_start",
  "cycle",
  "invalid_duration",
  "nobody_assigned",
]);

/** Whether the sentence itself says what to do, as a hint would. */
export function saysWhatToDo({ code }: Pick<Issue, "code">): boolean {
  return OURS.has(code);
}

/** What to do where a field has to be filled in, whatever it is called. */
const HERE = { en: "This is needed.", uk: "Це потрібно заповнити." } as const;

/**
 * A problem as a sentence in the reader's language.
 *
 * @param at the document, whose fields are called by their names, where the name of the card stands before; or the field
 * that the sentence stands at. Absent: places are told as the document writes them.
 */
export function issueText(
  issue: Pick<Issue, "code" | "message"> & Partial<Issue>,
  t: Translate<Word>,
  at?: IssueSource | "field",
): string {
  return (at === undefined ? undefined : placedText(issue, t, at)) ?? plainText(issue, t);
}

function plainText({ code, message }: Pick<Issue, "code" | "message">, t: Translate<Word>): string {
  const said = sentence(message);
  if (!isWord(code)) return said;
  if (t.language === "en" && !OURS.has(code)) return said;
  const names = namesIn(message);
  if (code === "unconnected_port" && names[1] === undefined) return t("unconnected_only", { a: names[0] ?? "" });
  const text = issueWords[t.language][code];
  const missing = (text.includes("{a}") && names[0] === undefined) || (text.includes("{b}") && names[1] === undefined);
  // A sentence with a hole says less than one in English.
  return missing ? said : t(code, { a: names[0] ?? "", b: names[1] ?? "", opening: "{{", closing: "}}" });
}

/** At its card, whose name stands before, a problem need not name it again. */
const AT_CARD: ReadonlyMap<string, Word> = new Map<string, Word>([
  ["unconnected_port", "open_port"],
  ["unreachable_node", "unreached"],
  ["join_without_choice", "nothing_to_join"],
]);

/** Undefined: the place has no better words. */
function placedText(
  issue: Pick<Issue, "code" | "message"> & Partial<Issue>,
  t: Translate<Word>,
  at: IssueSource | "field",
): string | undefined {
  const { code, message, pointer = "" } = issue;
  const card = AT_CARD.get(code);
  if (card !== undefined) {
    const [, port] = namesIn(message);
    if (port === undefined) return t(card === "open_port" ? "open_end" : card);
    return t(card, { b: portWord(port, t.language) });
  }
  // What has no name yet is not filled in.
  if (at === "field" && namesIn(message)[0] === "") return HERE[t.language];
  if (code === "credential_required") return t(code);
  if (code !== "invalid_param" && code !== "missing_param") return undefined;
  const [, reason = ""] = /^(?:“[^”]*”|This node) (.*?)\.?$/s.exec(message) ?? [];
  const lacking = missingName(issue);
  if (lacking !== undefined) {
    const label = at === "field" ? undefined : spokenParam(at, joinPointer(pointer, lacking), t.language);
    return label === undefined ? HERE[t.language] : t("missing_param", { a: label });
  }
  const why = fitReason(t.language, reason);
  if (why === undefined || reason === "") return undefined;
  if (at === "field") return sentence(why);
  const label = spokenParam(at, pointer, t.language);
  if (label === undefined) return undefined;
  return t.language === "en" ? `“${label}” ${why}.` : `«${label}»: ${why}.`;
}

/** The name of the field that is missing, where one is. */
export function missingName({ code, message }: Pick<Issue, "code" | "message">): string | undefined {
  return code === "missing_param" ? /lacks the field "(.*)"/s.exec(message)?.[1] : undefined;
}

function sentence(text: string): string {
  const whole = /[.!?]$/.test(text) ? text : `${text}.`;
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}
