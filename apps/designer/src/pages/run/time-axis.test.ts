import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldedAxis, scaledAxis } from "./time-axis.ts";

const DAY = 86_400_000;

describe("scaledAxis", () => {
  it("gives every millisecond the same width", () => {
    const axis = scaledAxis({ from: 1_000, to: 3_000 });
    expect([1_000, 2_000, 3_000, 9_000].map((time) => axis.place(time))).toEqual([0, 0.5, 1, 1]);
  });

  it("shows a moment", () => {
    expect(scaledAxis({ from: 5, to: 5 }).place(5)).toBe(0);
  });
});

describe("foldedAxis", () => {
  it("folds a wait of days between seconds of work", () => {
    const axis = foldedAxis({ from: 0, to: 4 * DAY }, [
      { from: 0, to: 3_900 },
      { from: 4 * DAY - 1_000, to: 4 * DAY },
    ]);
    expect(axis.folds).toHaveLength(1);
    expect(axis.place(3_900)).toBeGreaterThan(0.5);
    expect(axis.place(4 * DAY)).toBeCloseTo(1);
  });

  it("folds nothing where all is work", () => {
    expect(foldedAxis({ from: 0, to: 5_000 }, [{ from: 0, to: 5_000 }]).folds).toEqual([]);
  });

  it("folds everything where nothing works", () => {
    const axis = foldedAxis({ from: 0, to: DAY }, []);
    expect([axis.folds.length, axis.place(0), axis.place(DAY)]).toEqual([1, 0, expect.any(Number)]);
  });

  it("never goes back, and stays on the axis", () => {
    const span = fc.tuple(fc.nat(7 * DAY), fc.nat(60_000)).map(([from, length]) => ({ from, to: from + length }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), fc.array(fc.nat(8 * DAY), { maxLength: 20 }), (work, times) => {
        const axis = foldedAxis({ from: 0, to: 7 * DAY }, work);
        const places = times.toSorted((a, b) => a - b).map((time) => axis.place(time));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(places.every((place) => place >= 0 && place <= 1)).toBe(true);
      }),
    );
  });
});
