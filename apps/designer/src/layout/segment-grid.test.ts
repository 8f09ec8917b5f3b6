import fc from "fast-check";
import { expect, test } from "vitest";
import { Grid, type Rect } from "./segment-grid.ts";

const side = fc.integer({ min: -3_000, max: 3_000 });
const length = fc.integer({ min: 0, max: 900 });
const rects = fc
  .tuple(side, side, length, length)
  .map(([left, top, width, height]): Rect => ({ left, top, right: left + width, bottom: top + height }));

const touch = (a: Rect, b: Rect): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;

test("everything that touches a rectangle is found, and nothing that was taken out", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(rects, fc.boolean()), { maxLength: 40 }), rects, (things, asked) => {
      const grid = new Grid<number>();
      for (const [index, [rect]] of things.entries()) grid.add(rect, index);
      for (const [index, [rect, isGone]] of things.entries()) if (isGone) grid.remove(rect, index);
      const found = grid.near(asked);
      const left = things.flatMap(([rect, isGone], index) => (isGone ? [] : [{ rect, index }]));
      expect(left.filter(({ rect, index }) => touch(rect, asked) && !found.has(index))).toEqual([]);
      expect([...found].filter((index) => things[index]?.[1])).toEqual([]);
    }),
  );
});
