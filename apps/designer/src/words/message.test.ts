import { createElement, isValidElement } from "react";
import { expect, it } from "vitest";
import { formatNodes, formatText } from "./message.ts";

it("counts as each language does", () => {
  const text = "{n, plural, one {# запуск} few {# запуски} many {# запусків} other {# запуску}}";
  expect([1, 3, 5, 21].map((n) => formatText(text, "uk", { n }))).toEqual([
    "1 запуск",
    "3 запуски",
    "5 запусків",
    "21 запуск",
  ]);
});

it("gives each part a key", () => {
  const parts = formatNodes("<b>{name}</b> approved <b>{what}</b>", "en", {
    name: "Ana",
    what: "it",
    b: (inner) => createElement("b", {}, inner),
  });
  const elements = Array.isArray(parts) ? parts.filter(isValidElement) : [];
  expect(elements.map(({ key }) => key)).toEqual([...new Set(elements.map(({ key }) => key))]);
  expect(elements).toHaveLength(2);
});
