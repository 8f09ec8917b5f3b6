/**
 * What node types ask by themselves (more of a budget, the use of a tool), in the reader's language. They write it in
 * English, for it stands with the task; it is known again here by its sentences. What an analyst wrote stays as it is.
 */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import type { Language } from "../../words/language.ts";
import { translator } from "../../words/use-words.tsx";
import type { InboxTask, Task } from "./groups.ts";
import { words } from "./node-text-words.ts";

type Word = keyof (typeof words)["en"];

const BUDGET = /^Budget used up: (?<flow>[^,]+), (?<step>[^,]+)$/;
const TOOL = /^May the model use “(?<tool>.*)”\?$/s;
const CALL =
  /^A call of (?<model>\S+) can take up to (?<wanted>.+?)\. Of the (?<cap>.+?) for (?<of>one call|one run|all runs of the flow|all runs of the flow in a day), (?<used>.+?) are used or set aside\. The run waits until you allow more(?<day>, or the day is over)?; if you stop it, the step fails\.$/s;
const CAP = /^(?<amount>.+) for (?<of>one call|one run|all runs of the flow|all runs of the flow in a day)$/;
const UP_TO = /^up to (?<amount>.+)$/;
const TOKENS = /^(?<n>[\d,]+) tokens$/;
const DOLLARS = /^\$(?<n>[\d,.]+)$/;

const SCOPES: Readonly<Record<string, Word>> = {
  "one call": "oneCall",
  "one run": "oneRun",
  "all runs of the flow": "allRuns",
  "all runs of the flow in a day": "allRunsOfDay",
};

const NAMES: Readonly<Record<string, Word>> = {
  model: "model",
  budget: "budget",
  used: "used",
  wanted: "wanted",
  "the model asks for": "asksFor",
  tool: "tool",
  purpose: "purpose",
};

const TITLES: Readonly<Record<string, Word>> = {
  "Allow more": "allow",
  Stop: "stop",
  "Tokens to add": "tokensToAdd",
  "US dollars to add": "dollarsToAdd",
};

/** The question. */
export function titleText(title: string, language: Language): string {
  if (language === "en") return title;
  const t = translator(words, language);
  const budget = BUDGET.exec(title)?.groups;
  if (budget !== undefined) return t("budgetTitle", budget);
  const tool = TOOL.exec(title)?.groups;
  return tool === undefined ? title : t("toolTitle", tool);
}

/** A row of the list. */
export function readersRow(task: InboxTask, language: Language): InboxTask {
  if (!task.inStep || language === "en") return task;
  const budget = BUDGET.test(task.title);
  return {
    ...task,
    title: titleText(task.title, language),
    outcomeTitles: budget ? titlesText(task.outcomeTitles, language) : task.outcomeTitles,
    columns: budget ? valuesText(task.columns, language) : task.columns,
  };
}

/** With everything that its card shows. */
export function readersTask(task: Task, language: Language): Task {
  if (!task.inStep || language === "en") return task;
  const named = (name: string): string => nameText(name, language);
  if (BUDGET.test(task.title)) {
    return {
      ...task,
      title: titleText(task.title, language),
      description: task.description === null ? null : descriptionText(task.description, language),
      context: renamed(valuesText(task.context, language), named),
      columns: task.columns.map(named),
      outcomeTitles: titlesText(task.outcomeTitles, language),
      form: task.form === null ? null : formText(task.form, language),
    };
  }
  // Whether the question is an analyst's or not: the facts around it are the node's.
  const ofTool = task.aiFacts.includes("the model asks for");
  if (!ofTool) return task;
  return {
    ...task,
    title: titleText(task.title, language),
    context: renamed(task.context, (name) => (TOOL_NAMES.has(name) ? named(name) : name)),
    aiFacts: task.aiFacts.map(named),
  };
}

/** Others are settings of the tool, and called as its node calls them. */
const TOOL_NAMES: ReadonlySet<string> = new Set(["the model asks for", "tool", "purpose"]);

function nameText(name: string, language: Language): string {
  const word = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  return word === undefined ? name : translator(words, language)(word);
}

const renamed = (values: JsonObject, name: (name: string) => string): JsonObject =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [name(key), value]));

const valuesText = (values: JsonObject, language: Language): JsonObject =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueText(value, language)]));

function valueText(value: Json, language: Language): Json {
  if (typeof value !== "string") return value;
  const t = translator(words, language);
  const cap = CAP.exec(value)?.groups;
  if (cap !== undefined) {
    return t("amountFor", { amount: amountText(cap["amount"], language), of: scope(cap, language) });
  }
  const wanted = UP_TO.exec(value)?.groups;
  if (wanted !== undefined) return t("upTo", { amount: amountText(wanted["amount"], language) });
  return amountText(value, language);
}

function descriptionText(text: string, language: Language): string {
  const found = CALL.exec(text)?.groups;
  if (found === undefined) return text;
  const { model = "", wanted, cap, used, day } = found;
  return translator(words, language)("budgetText", {
    model,
    wanted: amountText(wanted, language),
    cap: amountText(cap, language),
    used: amountText(used, language),
    of: scope(found, language),
    day: String(day !== undefined),
  });
}

function scope({ of = "" }: Readonly<Record<string, string>>, language: Language): string {
  const word = SCOPES[of];
  return word === undefined ? of : translator(words, language)(word);
}

/** "12,000 tokens", "$1.50", as the node writes them. */
function amountText(amount = "", language: Language): string {
  const tokens = TOKENS.exec(amount)?.groups?.["n"];
  if (tokens !== undefined) return translator(words, language)("tokens", { n: Number(tokens.replaceAll(",", "")) });
  const dollars = DOLLARS.exec(amount)?.groups?.["n"]?.replaceAll(",", "");
  if (dollars === undefined) return amount;
  // As many digits as the node gave it: of a tenth of a cent there are more than two.
  const digits = Math.max(2, dollars.split(".")[1]?.length ?? 0);
  const format = { minimumFractionDigits: 2, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, { style: "currency", currency: "USD", ...format }).format(Number(dollars));
}

const titlesText = (titles: Readonly<Record<string, string>>, language: Language): Record<string, string> =>
  Object.fromEntries(Object.entries(titles).map(([name, title]) => [name, titleOf(title, language)]));

function titleOf(title: string, language: Language): string {
  const word = Object.hasOwn(TITLES, title) ? TITLES[title] : undefined;
  return word === undefined ? title : translator(words, language)(word);
}

function formText(form: JsonObject, language: Language): JsonObject {
  const { properties } = form;
  if (!isJsonObject(properties)) return form;
  const told = Object.entries(properties).map(([name, field]): [string, Json] => {
    if (!isJsonObject(field) || typeof field["title"] !== "string") return [name, field];
    return [name, { ...field, title: titleOf(field["title"], language) }];
  });
  return { ...form, properties: Object.fromEntries(told) };
}
