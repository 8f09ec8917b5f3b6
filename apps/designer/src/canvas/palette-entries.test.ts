import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, it } from "vitest";
import { fit, paletteEntries, ranked } from "./palette-entries.ts";

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
