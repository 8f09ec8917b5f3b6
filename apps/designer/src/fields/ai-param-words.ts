/** What every node that asks a language model has, in Ukrainian. */
/** By place. */
export type ParamWords = Readonly<Record<string, { readonly label: string; readonly help?: string }>>;

const SHARED: ParamWords = {
  instructions: {
    label: "Настанови",
    help: "Хто така модель і яких правил тримається, однаково в кожному запуску.",
  },
  model: {
    label: "Модель",
    help: "Якщо порожньо: модель, налаштована для цієї установки. Модель із назвою на кшталт anthropic/claude-sonnet-5 чи google/gemini-3-flash питають у того постачальника.",
  },
  fallbacks: { label: "Якщо вона не відповість", help: "Моделі, яких питають замість неї, одну за одною." },
  temperature: {
    label: "Температура",
    help: "0 щоразу дає найімовірніші слова, більші числа дають більше розмаїття.",
  },
  maxOutputTokens: {
    label: "Найдовша відповідь, у токенах",
    help: "Токен: це приблизно чотири літери. Якщо порожньо: скільки дозволяє модель, а коли є бюджет, 8192.",
  },
  limits: {
    label: "Скільки це може тривати",
    help: "Від моделі, яка відповідає довше, відмовляються й питають наступну, якщо вона є. Якщо порожньо: скільки дозволено кроку, а коли є наступна, до хвилини мовчання.",
  },
  "limits/total": { label: "Уся відповідь" },
  "limits/first": { label: "Перше слово" },
  "limits/between": { label: "Пауза посередині" },
  cache: {
    label: "Використати відповідь повторно",
    help: "Те саме запитання, у будь-якому запуску, тоді ставиться раз, а далі відповідь безкоштовна.",
  },
  "cache/for": { label: "Протягом" },
  budget: {
    label: "Бюджет",
    help: "Відкладається перед кожним викликом. Те, що виходить за межі, чекає на людину, яка може дозволити більше.",
  },
  ...cap("call", "Один виклик"),
  ...cap("run", "Один запуск"),
  ...cap("flow", "Усі запуски потоку"),
  ...cap("day", "Усі запуски потоку за день"),
};

function cap(scope: string, label: string): ParamWords {
  return {
    [`budget/${scope}`]: { label },
    [`budget/${scope}/tokens`]: { label: "Токени" },
    [`budget/${scope}/money`]: { label: "Долари США" },
  };
}

/** With the type's own words beside them. */
export function aiParamWords(type: string, own: ParamWords): ParamWords {
  return Object.fromEntries(Object.entries({ ...SHARED, ...own }).map(([place, words]) => [`${type}/${place}`, words]));
}
