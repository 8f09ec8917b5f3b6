import fc from "fast-check";
import { expect, test } from "vitest";
import { waysOf, type Ends } from "./edge-ways.ts";
import { lengthOf, simplified } from "./path.ts";
import type { Rect } from "./segment-grid.ts";

const place = fc.integer({ min: -400, max: 400 });
const cards = fc
  .tuple(place, place, fc.integer({ min: 60, max: 200 }))
  .map(([left, top, height]): Rect => ({ left, top, right: left + 288, bottom: top + height }));

/** Near one another as well, where a way may have nothing to climb. */
const ends = fc
  .tuple(cards, cards, fc.constantFrom("bottom", "right", "left" as const), fc.integer({ min: 0, max: 80 }))
  .map(([source, other, side, below]): Ends => {
    const target = { ...other, top: source.bottom + below, bottom: source.bottom + below + 72 };
    const middle = (source.top + source.bottom) / 2;
    const bySide = {
      bottom: { x: source.left + 28, y: source.bottom },
      right: { x: source.right, y: middle },
      left: { x: source.left, y: middle },
    };
    return { from: bySide[side], side, source, to: { x: target.left + 28, y: target.top }, target };
  });

test("only ways that are too long are left out", () => {
  fc.assert(
    fc.property(ends, fc.array(cards, { maxLength: 4 }), fc.integer({ min: 0, max: 1_500 }), (own, around, limit) => {
      const kept = new Set([...waysOf(own, around, (atLeast) => atLeast < limit)].map((way) => JSON.stringify(way)));
      const left = [...waysOf(own, around)].filter((way) => !kept.has(JSON.stringify(way)));
      expect(left.filter((way) => lengthOf(simplified(way)) < limit)).toEqual([]);
    }),
  );
});
