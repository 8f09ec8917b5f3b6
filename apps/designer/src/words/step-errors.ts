/**
 * Why a step failed, in the reader's language. In English a failure speaks for itself; in Ukrainian it is told by its
 * stable code. `{n}` is what a code such as `http_404` or `sql_42P01` ends with.
 */
import { pageLanguage } from "./language.ts";

const IN_UKRAINIAN: Readonly<Record<string, string>> = {
  // Calls over the network
  http: "Сервер відповів {n}.",
  url_invalid: "Це не адреса, яку можна викликати.",
  address_refused:
    "Ця адреса не публічна, і її не дозволено. Дозволяє її той, хто керує Holdfast, через HOLDFAST_ALLOW_PRIVATE.",
  name_not_found: "Ім’я сервера не вдалося знайти.",
  connect_failed: "Не вдалося з’єднатися із сервером.",
  tls_failed: "Не вдалося встановити захищене з’єднання.",
  connection_lost: "Сервер розірвав з’єднання.",
  aborted: "Виклик перервано.",
  too_many_redirects: "Сервер перенаправляє забагато разів.",
  response_too_large: "Відповідь завелика.",
  response_invalid: "Відповідь не така, якої чекали.",
  timeout: "Результату не було вчасно.",

  next_page_elsewhere: "Наступна сторінка на іншому сервері.",
  pages_repeat: "Наступна сторінка: та, яку вже прочитано.",
  list_too_long: "Список більший за 8 МіБ.",

  // Messages to channels
  webhook_moved: "Адреса вебхука перенаправляє деінде.",
  slack_answer_unknown: "Відповідь не така, яку дає Slack. Чи повідомлення надійшло, невідомо.",
  teams_refused: "Повідомлення в Teams не прийнято.",

  // Mail
  smtp: "Поштовий сервер відмовив ({n}).",
  smtp_unreachable: "Поштовий сервер недосяжний.",
  smtp_connection_lost: "З’єднання розірвалося, коли лист уже передали.",
  smtp_login_failed: "Поштовий сервер не прийняв вхід.",
  smtp_no_recipient: "Жодного одержувача не прийнято.",

  // Language models
  ai_rate_limited: "Постачальник моделі просить зачекати.",
  ai_unavailable: "Постачальник моделі не впорався.",
  ai_unreachable: "Постачальник моделі недосяжний.",
  ai_unauthorized: "Постачальник моделі не прийняв ключ.",
  ai_http: "Постачальник моделі відхилив запит ({n}).",
  ai_answer_broken: "Відповідь моделі не вдалося прочитати.",
  ai_answer_cut: "Відповідь обрізано на межі вихідних токенів.",
  ai_answer_empty: "Модель нічого не відповіла.",
  ai_answer_too_large: "Відповідь моделі завелика.",
  ai_refused: "Модель відмовилася відповідати.",
  ai_agent_turns_exhausted: "Ходи моделі скінчилися, а відповіді немає.",
  flow_not_found: "Потоку, який запускає інструмент, немає.",
  ai_object_invalid: "Відповідь моделі не підходить, також після повторного запитання.",
  ai_too_slow: "Модель відповідала задовго.",
  ai_provider_missing: "Цього постачальника моделей не налаштовано: бракує пакета або ключа.",
  ai_price_unknown: "Бюджет у грошах, а ціна моделі невідома.",
  ai_budget_refused: "Більше на моделі витрачати не дозволили.",
  ai_budget_used_up: "У бюджеті цього кроку для такого виклику моделі немає місця.",
  ai_agent_arguments_changed: "Аргументи інструмента змінилися після дозволу.",
  ai_agent_too_much_said: "Розмова агента стала завеликою.",
  ai_offline_unfit: "Офлайнова модель не може скласти відповідь такої форми.",

  // Databases, tables and files
  sql: "База даних відмовила ({n}).",
  login_failed: "База даних не прийняла вхід.",
  read_only: "Запит, який лише читає, хотів щось змінити.",
  commit_lost: "Невідомо, чи база даних зберегла зміни.",
  not_committed: "Зміни не збережено разом із кроком.",
  role_too_powerful: "Роль для запитів потоків може більше, ніж їй можна.",
  values_mismatch: "Кількість або вид значень не такі, яких чекає SQL.",
  row_invalid: "Один із рядків не підходить.",
  rows_invalid: "Рядки не вдалося записати.",
  file_invalid: "Файл не вдалося прочитати.",
  file_too_large: "Файл завеликий.",
  schema_invalid: "Схему складено неправильно.",
  not_a_number: "Додати можна лише числа.",

  // Connections
  credential_invalid: "Облікові дані складено неправильно.",
  credential_missing: "Облікових даних із такою назвою немає.",
  credential_not_granted: "Цьому потоку не дозволено користуватися цими обліковими даними.",
  credential_unreadable: "Облікові дані тут не прочитати: немає ключа, яким їх запечатано.",
  token_refused: "Сервер, що видає токени, не прийняв клієнта.",
  token_http: "Сервер, що видає токени, відповів {n}.",
  token_timeout: "Сервер, що видає токени, не відповів вчасно.",
  token_invalid: "Сервер входу не дав дійсного токена.",
  credential_wrong_type: "Облікові дані не того виду, який потрібен вузлу.",

  // The step itself
  params_invalid: "Налаштування кроку не підходять.",
  expression_failed: "Вираз не вдалося обчислити.",
  condition_not_boolean: "Умова не дала ні істини, ні хиби.",
  absent_value: "Такого значення немає.",
  value_too_large: "Значення завелике, щоб його зберегти.",
  invalid_text: "Текст містить знак, який не можна зберегти.",
  output_invalid: "Те, що дає вузол, не відповідає його власній схемі.",
  unknown_port: "Вузол назвав вихід, якого не має.",
  unknown_node: "Такого вузла в цій версії немає.",
  node_threw: "Вузол зламався.",
  executor_threw: "Вузол зламався.",
  step_threw: "Частина кроку зламалася.",
  step_not_json: "Те, що дала частина кроку, не можна зберегти.",
  step_name_invalid: "Частина кроку не може так називатися.",
  duplicate_step: "Дві частини кроку мають одну назву.",
  not_durable: "Вузол з кількох частин не позначено як такий, що переживає зупинку.",
  wait_invalid: "Вузол чекає на те, на що чекати не можна.",
  wait_in_undo: "Скасування кроку не може чекати.",
  wait_in_step: "Вузол не може чекати, поки триває його частина.",
  run_in_undo: "Скасування кроку не може запускати потік.",
  run_in_step: "Вузол не може запустити потік, поки триває його частина.",
  run_not_json: "Те, з чим вузол запускає потік, не можна зберегти.",
  run_not_here: "Звідси потік запустити не можна.",
  total_timeout: "Крок загалом тривав задовго.",
  interrupted: "Holdfast зупинили між надсиланням і відповіддю. Чи дійшло, невідомо.",
  key_expired: "Одержувач міг уже забути ключ попередньої спроби, тож повторення могло б зробити це двічі.",
  lost: "Що сталося, невідомо.",
  canceled: "Запуск скасовано раніше, ніж спроба скінчилася.",
  node_type_missing: "Типу вузла в цій версії ніде немає.",
  no_requester: "Завдання не для того, хто просив, а запуск не знає, хто це.",

  // Runs within runs
  unknown_flow: "Такого потоку немає.",
  invalid_input: "Вхідні дані не підходять цьому потоку.",
  child_missing: "Запуск не залишив результату.",
  child_failed: "Запущений потік завершився невдачею.",
  child_canceled: "Запущений потік скасовано.",
  children_timeout: "Те, що запустив крок, не встигло скінчитися.",
  item_failed: "Один з елементів не вдався.",
  iteration_failed: "Одне з повторень не вдалося.",
  max_iterations_reached: "Повторень було найбільше можливе число, а умова так і не справдилася.",
  outputs_too_large: "Те, що дали кроки запуску, разом завелике, щоб його зберегти.",
  state_too_large: "Запуск зробив більше кроків, ніж можна зберегти. Винесіть частини потоку в окремі потоки.",
  finish_timeout: "Запуск не встиг скінчитися за час, який дає потік.",
};

interface Failure {
  readonly code: string;
  readonly message: string;
}

/** @returns the failure's own sentence where its code has no words in that language */
export function failureText({ code, message }: Failure, language = pageLanguage()): string {
  if (language === "en") return message;
  const numbered = /^(.+)_([\dA-Z]{3,5})$/.exec(code);
  const [, stem = code, number = ""] = numbered ?? [];
  return IN_UKRAINIAN[stem]?.replace("{n}", number) ?? message;
}
