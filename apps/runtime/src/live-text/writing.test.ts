import { Credential } from "@holdfast/nodes/executors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Hidden } from "./hold-back.ts";
import { type Piece, Writing } from "./writing.ts";

const OF = { run: "r", node: "n", attempt: 1, call: "ask" };
const NOTHING: Hidden = { secrets: () => [], redactText: (text) => text };

const hiding = (credential: Credential): Hidden => ({
  secrets: () => credential.secrets(),
  redactText: (text) => credential.redact(text),
});

/** The pieces of a text that is told after each of its parts. */
function told(parts: readonly string[], hidden = NOTHING): readonly Piece[] {
  const writing = new Writing(OF, hidden, () => undefined);
  const pieces = parts.flatMap((part) => {
    writing.write(part);
    return writing.cut();
  });
  writing.end("answered");
  return [...pieces, ...writing.cut()];
}

const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join("");

/** The text in parts that end anywhere. */
const inParts = (text: string): fc.Arbitrary<string[]> =>
  fc
    .array(fc.nat(text.length), { maxLength: 20 })
    .map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), text.length])
    .map((cuts) => cuts.slice(1).map((to, index) => text.slice(cuts[index], to)));

describe("a text, however it is cut", () => {
  test("is told whole and in order, each piece where the one before ends, and only the last says that it ended", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).chain((text) => fc.tuple(fc.constant(text), inParts(text))),
        ([text, parts]) => {
          const pieces = told(parts);
          expect(textOf(pieces)).toBe(text.replaceAll("\0", "\uFFFD").toWellFormed());
          let start = 0;
          for (const piece of pieces) {
            expect(piece.start).toBe(start);
            expect(piece.text.isWellFormed()).toBe(true);
            start += piece.text.length;
          }
          expect(pieces.map(({ ended }) => ended).filter((ended) => ended !== null)).toEqual(["answered"]);
          expect(pieces.at(-1)?.ended).toBe("answered");
        },
      ),
    );
  });

  test("never shows a secret, or a part of it that a cut left over", () => {
    const secret = "aXa-77-aXa-42";
    const hidden = hiding(new Credential({ type: "bearer", token: secret }));
    const text = `The key is ${secret}${secret}, in base64 ${btoa(`:${secret}`)}, and that is aXa-all.`;
    fc.assert(
      fc.property(inParts(text), (parts) => {
        const shown = textOf(told(parts, hidden));
        expect(shown).toBe(textOf(told([text], hidden)));
        expect(shown).toMatch(/^The key is \[secret\]\[secret\], in base64 .+, and that is aXa-all\.$/);
      }),
    );
  });
});

test("a long burst is told in pieces of bounded length", () => {
  const pieces = told(["😀".repeat(100_000)]);
  expect(pieces.length).toBeGreaterThan(5);
  expect(Math.max(...pieces.map(({ text }) => text.length))).toBeLessThanOrEqual(32 * 1024);
  expect(textOf(pieces)).toBe("😀".repeat(100_000));
});

test("what goes beyond all bounds is not told any more", () => {
  const pieces = told(Array.from({ length: 30 }, () => "x".repeat(100_000)));
  expect(textOf(pieces)).toBe(`${"x".repeat(2 * 1024 * 1024)}…`);
  expect(pieces.at(-1)?.ended).toBe("answered");
});

test("nothing follows an end", () => {
  const writing = new Writing(OF, NOTHING, () => undefined);
  writing.write("half");
  writing.end("failed");
  writing.end("answered");
  writing.write("more");
  expect(writing.cut()).toMatchObject([{ text: "half", ended: "failed" }]);
});
