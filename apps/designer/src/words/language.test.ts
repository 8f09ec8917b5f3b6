import { expect, it } from "vitest";
import { preferredLanguage } from "./language.ts";

it.each([
  { wanted: ["uk-UA", "en"], language: "uk" },
  { wanted: ["de-DE", "uk"], language: "uk" },
  { wanted: ["en-GB"], language: "en" },
  { wanted: ["de"], language: "en" },
  { wanted: [], language: "en" },
])("chooses $language for $wanted", ({ wanted, language }) => {
  expect(preferredLanguage(wanted)).toBe(language);
});
