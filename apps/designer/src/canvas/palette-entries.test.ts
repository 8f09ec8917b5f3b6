import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, it } from "vitest";
import { iconOf } from "./node-facts.ts";
import { fit, kindTitle, paletteEntries, ranked } from "./palette-entries.ts";

const entries = paletteEntries(builtinManifests, "en");

it("begins with what decides and waits, people first", () => {
  expect(entries.filter(({ group }) => group === "decide").map(({ title }) => title)).toEqual([
    "Ask a person",
    "Wait for an event",
    "Sleep",
    "Branch",
  ]);
});

it("has every type", () => {
  expect(new Set(entries.map(({ manifest }) => manifest.type)).size).toBe(builtinManifests.length);
});

it.each([
  { query: "mail", first: "E-mail" },
  { query: "ask", first: "Ask a person" },
  { query: "http", first: "HTTP request" },
  { query: "for e", first: "For each" },
])("finds $first by “$query”", ({ query, first }) => {
  expect(ranked(entries, query, (entry) => [entry.title, `${entry.id} ${entry.description}`])[0]?.title).toBe(first);
});

it("looks past accents and case", () => {
  expect(fit("ELEVE", "Élève", "")).toBe(6);
  expect(fit("zzz", "Branch", "logic")).toBe(0);
});

it.each([
  {
    type: "wait.event",
    params: { outcomes: [], inbox: { title: "?" } },
    en: "Ask a person",
    uk: "Запитати людину",
    icon: "user-check",
  },
  {
    type: "wait.event",
    params: { outcomes: [], timeout: "1d" },
    en: "Wait for an event",
    uk: "Чекати на подію",
    icon: "radio",
  },
  { type: "sleep", params: { for: "1d" }, en: "Sleep", uk: "Пауза", icon: "hourglass" },
])("calls and marks a $type as the palette does: $en", ({ type, params, en, uk, icon }) => {
  const manifest = builtinManifests.find((one) => one.type === type);
  if (manifest === undefined) throw new Error(type);
  expect(iconOf(manifest, { type, params })).toBe(icon);
  expect(kindTitle(manifest, { type, params }, "en")).toBe(en);
  expect(kindTitle(manifest, { type, params }, "uk")).toBe(uk);
});
