import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LivePiece, type LiveTexts, NO_TEXTS, tailOf, textsOf, withPieces } from "./live-texts.ts";

const piece = (start: number, text: string, more: Partial<LivePiece> = {}): LivePiece => ({
  node: "write",
  attempt: 1,
  call: "ask",
  writing: "w1",
  start,
  text,
  ended: null,
  ...more,
});

const read = (texts: LiveTexts): readonly string[] => texts.map(({ blocks }) => blocks.join(""));

/** A text in pieces, each of which may be told again, alone or together with those around it. */
function inPieces(text: string, size: number): readonly LivePiece[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    piece(index * size, text.slice(index * size, (index + 1) * size)),
  );
}

describe("a text", () => {
  test("is whole, whatever of it is told twice and however the connection is cut", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.nat(20), { maxLength: 5 }),
        (text, size, cuts) => {
          const pieces = inPieces(text, size);
          let texts = NO_TEXTS;
          // After each cut it goes on from an earlier place.
          for (const cut of cuts) texts = withPieces(texts, pieces.slice(0, cut));
          texts = withPieces(texts, pieces);
          expect(read(texts)).toEqual(text === "" ? [] : [text]);
        },
      ),
    );
  });

  test("is kept in blocks that stay as they are, so that a long one is not drawn anew for each word", () => {
    const text = `${"A line of some words. ".repeat(8)}\n`.repeat(200);
    let texts = NO_TEXTS;
    const seen: (readonly string[])[] = [];
    for (const each of inPieces(text, 100)) {
      texts = withPieces(texts, [each]);
      seen.push(texts[0]?.blocks ?? []);
    }
    expect(read(texts)).toEqual([text]);
    const last = seen.at(-1) ?? [];
    expect(last.length).toBeGreaterThan(5);
    for (const blocks of seen) expect(last.slice(0, blocks.length - 1)).toEqual(blocks.slice(0, -1));
    expect(last.slice(0, -1).every((block) => block.endsWith("\n"))).toBe(true);
  });

  test("of one endless line is in blocks too", () => {
    const text = "x".repeat(100_000);
    const texts = withPieces(NO_TEXTS, [piece(0, text)]);
    expect(read(texts)).toEqual([text]);
    expect(Math.max(...(texts[0]?.blocks ?? []).map(({ length }) => length))).toBeLessThanOrEqual(16_384);
  });

  test("whose beginning nobody knows any more says so", () => {
    const texts = withPieces(NO_TEXTS, [piece(100, "the end"), piece(107, ".", { ended: "answered" })]);
    expect(read(texts)).toEqual(["…the end."]);
    expect(texts[0]).toMatchObject({ ended: "answered", length: 108 });
  });
});

describe("what is void", () => {
  test("is replaced when its call is made anew", () => {
    const texts = withPieces(NO_TEXTS, [piece(0, "Half of"), piece(0, "All of it.", { writing: "w2" })]);
    expect(read(texts)).toEqual(["All of it."]);
  });

  test("stays, marked, until something else is written", () => {
    const failed = withPieces(NO_TEXTS, [piece(0, "Half of", { ended: "failed" })]);
    expect(failed).toMatchObject([{ ended: "failed" }]);
    const next = withPieces(failed, [piece(0, "Another", { writing: "w2", call: "ask.m2" })]);
    expect(read(next)).toEqual(["Another"]);
  });

  test("is what an earlier attempt wrote", () => {
    const texts = withPieces(NO_TEXTS, [
      piece(0, "First try", { ended: "answered" }),
      piece(0, "Second try", { writing: "w2", attempt: 2, call: "turn-1" }),
    ]);
    expect(read(texts)).toEqual(["Second try"]);
  });
});

test("texts side by side and of several nodes are told apart", () => {
  const texts = withPieces(NO_TEXTS, [
    piece(0, "a", { call: "one" }),
    piece(0, "b", { call: "two", writing: "w2" }),
    piece(0, "c", { node: "other", writing: "w3" }),
    piece(1, "a", { call: "one" }),
  ]);
  expect(read(textsOf(texts, "write"))).toEqual(["aa", "b"]);
  expect(read(textsOf(texts, "other"))).toEqual(["c"]);
  expect(tailOf(textsOf(texts, "nobody"))).toBe("");
});

test("a card shows the end of it, from a word on", () => {
  expect(tailOf(withPieces(NO_TEXTS, [piece(0, "Dear\n\nAnn, ")]))).toBe("Dear Ann,");
  const tail = tailOf(withPieces(NO_TEXTS, [piece(0, "words ".repeat(10_000))]));
  expect(tail).toMatch(/^…words (words )+words$/);
  expect(tail.length).toBeLessThanOrEqual(201);
  const endless = tailOf(withPieces(NO_TEXTS, [piece(0, "x".repeat(10_000))]));
  expect(endless).toMatch(/^…x+$/);
  expect(endless.length).toBeLessThanOrEqual(201);
});
