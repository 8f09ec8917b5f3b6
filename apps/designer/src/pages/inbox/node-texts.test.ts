import type { Json } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { cardTask } from "./card-task.fixture.ts";
import { inboxTask } from "./inbox-task.fixture.ts";
import { readersRow, readersTask, titleText } from "./node-texts.ts";

const plain = (text: Json | undefined): Json | undefined =>
  typeof text === "string" ? text.replaceAll(/\s/g, " ") : text;

const budget = cardTask({
  inStep: true,
  title: "Budget used up: process-refund, analyze",
  description:
    "A call of gpt-5 can take up to 12,000 tokens. Of the 50,000 tokens for one run, 41,021 tokens are used or set aside. The run waits until you allow more, or the day is over; if you stop it, the step fails.",
  context: { model: "gpt-5", budget: "$0.0021 for all runs of the flow in a day", wanted: "up to $1,250.50" },
  columns: ["wanted"],
  outcomes: ["allow", "stop"],
  outcomeTitles: { allow: "Allow more", stop: "Stop" },
  form: { type: "object", properties: { amount: { type: "integer", title: "Tokens to add" } }, required: ["amount"] },
});

describe("what a node asks by itself", () => {
  it("is in the reader's language where a budget is used up", () => {
    const { title, description, context, columns, outcomeTitles, form } = readersTask(budget, "uk");
    expect(title).toBe("Бюджет вичерпано: process-refund, analyze");
    expect(plain(description)).toBe(
      "Виклик gpt-5 може взяти до 12 000 токенів. Із 50 000 токенів на один запуск вже використано або відкладено 41 021 токен. Запуск чекає, доки ви не дозволите більше або доки не мине день; якщо зупините, крок завершиться помилкою.",
    );
    expect(context).toMatchObject({ Модель: "gpt-5" });
    expect(plain(context["Бюджет"])).toBe("0,0021 USD на усі запуски потоку за день");
    expect(plain(context["Потрібно"])).toBe("до 1 250,50 USD");
    expect(columns).toEqual(["Потрібно"]);
    expect(outcomeTitles).toEqual({ allow: "Дозволити більше", stop: "Зупинити" });
    expect(form).toMatchObject({ properties: { amount: { type: "integer", title: "Скільки токенів додати" } } });
    expect(readersTask(budget, "en")).toBe(budget);
  });

  it("is in the reader's language where a tool waits for a word; what an analyst wrote stays", () => {
    const tool = cardTask({
      inStep: true,
      title: "May the model use “refund”?",
      context: { "the model asks for": "amount: 5", tool: "refund", purpose: "Pays back", model: "fixed" },
      aiFacts: ["the model asks for"],
    });
    expect(readersTask(tool, "uk")).toMatchObject({
      title: "Чи може модель скористатися «refund»?",
      context: { "Чого просить модель": "amount: 5", Інструмент: "refund", Призначення: "Pays back", model: "fixed" },
      aiFacts: ["Чого просить модель"],
    });
    expect(readersTask({ ...tool, title: "Pay it?" }, "uk").title).toBe("Pay it?");
    expect(readersTask({ ...tool, inStep: false }, "uk").title).toBe(tool.title);
    expect(titleText("Pay it?", "uk")).toBe("Pay it?");
  });

  it("is in the reader's language in the list, too", () => {
    const row = inboxTask({
      id: "1",
      inStep: true,
      title: budget.title,
      columns: { wanted: "up to 1 tokens" },
      outcomeTitles: budget.outcomeTitles,
    });
    expect(readersRow(row, "uk")).toMatchObject({
      title: "Бюджет вичерпано: process-refund, analyze",
      columns: { wanted: "до 1 токен" },
      outcomeTitles: { stop: "Зупинити" },
    });
  });
});
