/** Every text of the interface: complete in both languages, with the same placeholders and the plurals of each. */
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { LANGUAGES, type Language } from "./language.ts";
import type { Words } from "./words.ts";

type Element = ReturnType<IntlMessageFormat["getAst"]>[number];

const files = import.meta.glob<{ readonly words: Words }>("../**/words.ts", { eager: true });

/** `words/words.ts` is the tool, not an area. */
const areas = Object.entries(files).filter(([, file]) => typeof file.words === "object");

const texts = areas.flatMap(([path, { words }]) =>
  Object.keys(words.en).map((key) => ({
    name: `${path.replace("../", "")} ${key}`,
    en: words.en[key] ?? "",
    uk: words.uk[key] ?? "",
  })),
);

function parse(text: string, language: Language): readonly Element[] {
  return new IntlMessageFormat(text, language, undefined, { ignoreTag: false }).getAst();
}

/** Every element, those inside of plurals and tags too. */
function* elements(ast: readonly Element[]): Generator<Element> {
  for (const element of ast) {
    yield element;
    if ("options" in element) for (const option of Object.values(element.options)) yield* elements(option.value);
    if ("children" in element) yield* elements(element.children);
  }
}

/** Kinds of elements, as the parser numbers them. */
const LITERAL = 0;
const PLURAL = 6;
const POUND = 7;
const TAG = 8;

const kind = ({ type }: Element): number => type;

function placeholders(text: string, language: Language): readonly string[] {
  const names = [...elements(parse(text, language))]
    .filter((element) => kind(element) !== LITERAL && kind(element) !== POUND)
    .map((element) => `${kind(element) === TAG ? "tag" : "value"} ${"value" in element ? element.value : ""}`);
  return [...new Set(names)].toSorted();
}

const forms = (text: string, language: Language): readonly (readonly string[])[] =>
  [...elements(parse(text, language))].flatMap((element) =>
    kind(element) === PLURAL && "options" in element
      ? [
          Object.keys(element.options)
            .filter((form) => !form.startsWith("="))
            .toSorted(),
        ]
      : [],
  );

describe("the texts", () => {
  it("are found", () => {
    expect(areas.length).toBeGreaterThan(4);
    expect(texts.length).toBeGreaterThan(100);
  });

  it.each(texts)("$name says something in both languages", ({ en, uk }) => {
    expect(en.trim()).not.toBe("");
    expect(uk.trim()).not.toBe("");
  });

  it.each(texts)("$name has the same placeholders in both languages", ({ en, uk }) => {
    expect(placeholders(uk, "uk")).toEqual(placeholders(en, "en"));
  });

  it.each(texts)("$name has every plural form of its language", ({ en, uk }) => {
    for (const found of forms(en, "en")) expect(found).toEqual(["one", "other"]);
    for (const found of forms(uk, "uk")) expect(found).toEqual(["few", "many", "one", "other"]);
  });

  it("speak without please, oops, successfully and exclamation marks", () => {
    const loud = texts.filter(({ en }) => /\b(?:please|oops|successfully)\b|!/i.test(en)).map(({ name }) => name);
    expect(loud).toEqual([]);
  });
});

it("has a name for each language", () => {
  expect(Object.keys(LANGUAGES)).toEqual(["en", "uk"]);
});
