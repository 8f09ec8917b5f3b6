import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listText, readList, readScalar, scalarText } from "./value-text.ts";

const text = { kind: "text", values: [] } as const;
const any = { kind: "any", values: [] } as const;

describe("values as they are typed", () => {
  it("are lists with commas between", () => {
    expect(readList('shop,  web , "a, b"', text)).toEqual(["shop", "web", "a, b"]);
    expect(listText(["shop", "a, b", 3])).toBe('shop, "a, b", 3');
    expect(readList("1, 2.5", { kind: "number", values: [] })).toEqual([1, 2.5]);
    expect(readList("1, 2", text)).toEqual(["1", "2"]);
    expect(readList(" , ", text)).toEqual([]);
  });

  it("are numbers where nothing says otherwise, and texts in quotes", () => {
    expect(readScalar("12", any)).toBe(12);
    expect(readScalar('"12"', any)).toBe("12");
    expect(readScalar("12", text)).toBe("12");
    expect(readScalar("true", any)).toBe(true);
  });

  it("are shown as they are read", () => {
    const scalar = fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.oneof(scalar, fc.constantFrom("12", "-1.5", "true", "null", '"', '"a"')), (value) => {
        expect(readScalar(scalarText(value, any), any)).toBe(value);
      }),
    );
  });
});
